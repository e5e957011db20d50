import type { Palette } from "../format/palettes";
import { formatMonthDay } from "../format/time";
import type { Language } from "../i18n/language";
import { fill, type Texts } from "../i18n/texts";
import type { QuoteClient } from "../net/quote_client";
import type { ConnectionView } from "./connection_view";
import { INDEX_SYMBOLS } from "./default_watchlist";
import { CANDLE_STYLES, type CandleStyle, type Motion, MOTIONS, type Settings } from "./settings";
import { VERSION } from "./version";

/** One of several things to choose from. */
export interface Choice<Value extends string> {
  readonly key: Value;
  readonly label: string;
  readonly isChosen: boolean;
}

/** One line of the section "about". */
export interface AboutLine {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/** Everything the settings page shows. */
export interface SettingsView {
  readonly rootClass: string;
  readonly t: Texts["settings"];
  readonly app: Texts["app"];
  readonly connection: ConnectionView;
  /** The text in the address field. */
  readonly address: string;
  /** What is wrong with that text; "" when nothing is. */
  readonly addressError: string;
  readonly palettes: readonly Choice<Palette>[];
  readonly languages: readonly Choice<Language>[];
  readonly candleStyles: readonly Choice<CandleStyle>[];
  readonly motions: readonly Choice<Motion>[];
  readonly about: readonly AboutLine[];
}

const NOTHING = "--";

/** The palettes to choose from. */
export function palettesOf({ palette }: Settings, texts: Texts["settings"]): Choice<Palette>[] {
  return [
    { key: "red-up", label: texts.paletteRedUp, isChosen: palette === "red-up" },
    { key: "green-up", label: texts.paletteGreenUp, isChosen: palette === "green-up" },
    { key: "color-blind", label: texts.paletteColorBlind, isChosen: palette === "color-blind" },
  ];
}

/** How rising candles are drawn. */
export function candleStylesOf({ candleStyle }: Settings, texts: Texts["settings"]): Choice<CandleStyle>[] {
  return CANDLE_STYLES.map((key) => ({ key, label: texts[key], isChosen: key === candleStyle }));
}

/** How much of what happens moves. */
export function motionsOf({ motion }: Settings, texts: Texts["settings"]): Choice<Motion>[] {
  return MOTIONS.map((key) => ({ key, label: texts[key], isChosen: key === motion }));
}

/** The languages to choose from, each in its own name. */
export function languagesOf({ language }: Settings, texts: Texts["settings"]): Choice<Language>[] {
  return [
    { key: "zh", label: texts.chinese, isChosen: language === "zh" },
    { key: "en", label: texts.english, isChosen: language === "en" },
  ];
}

/** Where the prices come from and over what. */
export function aboutLines(client: QuoteClient, texts: Texts): AboutLine[] {
  const { settings, connection } = texts;
  const { market, rttMs, protocol } = client;
  // The server states the date once, at the beginning of the line; a quote's date goes on with the days.
  const tradingDate = client.quote(INDEX_SYMBOLS[0] as string)?.tradingDate ?? market?.tradingDate;
  return [
    { key: "source", label: settings.dataSource, value: sourceText(market?.simulated, settings) },
    {
      key: "date",
      label: settings.exchangeDate,
      value: tradingDate === undefined ? NOTHING : formatMonthDay(tradingDate),
    },
    { key: "protocol", label: settings.protocol, value: protocol ?? NOTHING },
    {
      key: "rtt",
      label: settings.rtt,
      value: rttMs === undefined ? NOTHING : fill(connection.rtt, { ms: Math.round(rttMs) }),
    },
    { key: "version", label: settings.version, value: VERSION },
  ];
}

function sourceText(isSimulated: boolean | undefined, texts: Texts["settings"]): string {
  if (isSimulated === undefined) return texts.dataSourceUnknown;
  return isSimulated ? texts.dataSourceSimulated : texts.dataSourceReal;
}
