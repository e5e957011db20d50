import { type Palette, PALETTES } from "../format/palettes";
import { type Language, LANGUAGES } from "../i18n/language";
import { type CandleAdjustment, CandlePeriod } from "../lib/shared";
import { checkServerAddress } from "./server_address";

/** What the last column of the watchlist shows. */
export const COLUMNS = ["percent", "change", "turnover"] as const;
export type Column = (typeof COLUMNS)[number];

/** What the chart of a stock shows: the minutes of one day or of five, or candles of a period. */
export const CHART_PERIODS = ["minute", "fiveDay", ...CandlePeriod.options] as const;
export type ChartPeriod = (typeof CHART_PERIODS)[number];

/** What lies over the candles. */
export const MAIN_INDICATORS = ["MA", "BOLL", "none"] as const;
export type MainChoice = (typeof MAIN_INDICATORS)[number];

/** What stands below them. */
export const LOWER_INDICATORS = ["VOL", "MACD", "KDJ", "RSI"] as const;
export type LowerChoice = (typeof LOWER_INDICATORS)[number];

export const CANDLE_STYLES = ["hollow", "solid"] as const;
export type CandleStyle = (typeof CANDLE_STYLES)[number];

/** Whether what happens also moves: a price that flashes, a dot that breathes. The first is what the phone's owner set. */
export const MOTIONS = ["system", "full", "reduced"] as const;
export type Motion = (typeof MOTIONS)[number];

export const ADJUSTMENTS: readonly CandleAdjustment[] = ["forward", "none"];

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
  /** @default "minute" */
  readonly period: ChartPeriod;
  /** @default "forward" */
  readonly adjust: CandleAdjustment;
  /** @default "MA" */
  readonly mainIndicator: MainChoice;
  /** The panes below the candles, from the top. @default VOL and MACD */
  readonly lowerIndicators: readonly LowerChoice[];
  /** @default "hollow" */
  readonly candleStyle: CandleStyle;
  /** @default "system" */
  readonly motion: Motion;
}

export const DEFAULT_SETTINGS: Settings = {
  serverUrl: "",
  palette: "red-up",
  language: "zh",
  column: "percent",
  period: "minute",
  adjust: "forward",
  mainIndicator: "MA",
  lowerIndicators: ["VOL", "MACD"],
  candleStyle: "hollow",
  motion: "system",
};

/** Whether the launch query says that the phone's owner wants less motion, by `motion=reduced`. */
export function wantsLessMotion(query: Readonly<Record<string, unknown>>): boolean {
  return query["motion"] === "reduced";
}

/** Reads settings that some version once saved: a field that is missing or no longer valid gets its default. */
export function parseSettings(saved: unknown): Settings {
  const defaults = DEFAULT_SETTINGS;
  const fields = typeof saved === "object" && saved !== null ? saved as Readonly<Record<string, unknown>> : {};
  const address = checkServerAddress(typeof fields["serverUrl"] === "string" ? fields["serverUrl"] : "");
  return {
    serverUrl: address.ok ? address.url : defaults.serverUrl,
    palette: oneOf(PALETTES, fields["palette"], defaults.palette),
    language: oneOf(LANGUAGES, fields["language"], defaults.language),
    column: oneOf(COLUMNS, fields["column"], defaults.column),
    period: oneOf(CHART_PERIODS, fields["period"], defaults.period),
    adjust: oneOf(ADJUSTMENTS, fields["adjust"], defaults.adjust),
    mainIndicator: oneOf(MAIN_INDICATORS, fields["mainIndicator"], defaults.mainIndicator),
    lowerIndicators: lowerIndicators(fields["lowerIndicators"], defaults.lowerIndicators),
    candleStyle: oneOf(CANDLE_STYLES, fields["candleStyle"], defaults.candleStyle),
    motion: oneOf(MOTIONS, fields["motion"], defaults.motion),
  };
}

/** As many panes as by default, each with an indicator that exists. */
function lowerIndicators(saved: unknown, defaults: readonly LowerChoice[]): readonly LowerChoice[] {
  const list: readonly unknown[] = Array.isArray(saved) ? saved : [];
  return defaults.map((otherwise, i) => oneOf(LOWER_INDICATORS, list[i], otherwise));
}

/** The column after this one, around the circle. */
export function nextColumn(column: Column): Column {
  return after(COLUMNS, column);
}

/** The one after this one in a list, around the circle. */
export function after<T>(list: readonly T[], one: T): T {
  return list[(list.indexOf(one) + 1) % list.length] as T;
}

function oneOf<T>(allowed: readonly T[], value: unknown, otherwise: T): T {
  return allowed.find((one) => one === value) ?? otherwise;
}
