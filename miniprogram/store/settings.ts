import { type Palette, PALETTES } from "../chart/theme";
import { type Language, LANGUAGES } from "../i18n/language";
import { checkServerAddress } from "./server_address";

/** What the last column of the watchlist shows. */
export const COLUMNS = ["percent", "change", "turnover"] as const;
export type Column = (typeof COLUMNS)[number];

/** What a person chose, kept between launches. */
export interface Settings {
  /** A checked address, or "" for "not chosen": then the launch query or the default decides. @default "" */
  readonly serverUrl: string;
  /** @default "red-up" */
  readonly palette: Palette;
  /** @default "zh" */
  readonly language: Language;
  /** @default "percent" */
  readonly column: Column;
}

export const DEFAULT_SETTINGS: Settings = { serverUrl: "", palette: "red-up", language: "zh", column: "percent" };

/** Reads settings that some version once saved: a field that is missing or no longer valid gets its default. */
export function parseSettings(saved: unknown): Settings {
  const fields = typeof saved === "object" && saved !== null ? saved as Readonly<Record<string, unknown>> : {};
  const address = checkServerAddress(typeof fields["serverUrl"] === "string" ? fields["serverUrl"] : "");
  return {
    serverUrl: address.ok ? address.url : DEFAULT_SETTINGS.serverUrl,
    palette: oneOf(PALETTES, fields["palette"], DEFAULT_SETTINGS.palette),
    language: oneOf(LANGUAGES, fields["language"], DEFAULT_SETTINGS.language),
    column: oneOf(COLUMNS, fields["column"], DEFAULT_SETTINGS.column),
  };
}

/** The column after this one, around the circle. */
export function nextColumn(column: Column): Column {
  return COLUMNS[(COLUMNS.indexOf(column) + 1) % COLUMNS.length] as Column;
}

function oneOf<T>(allowed: readonly T[], value: unknown, otherwise: T): T {
  return allowed.find((one) => one === value) ?? otherwise;
}
