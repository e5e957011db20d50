import { formatPercent, formatPrice } from "../../../format/price";
import type { Language } from "../../../i18n/language";
import { fill, type Texts, textsOf } from "../../../i18n/texts";
import type { CandleAdjustment } from "../../../lib/shared";
import type { KnownQuote } from "../../../net/quote_client";
import { nameOf } from "../../../store/quote_views";
import type { ChartPeriod, MainChoice, Settings } from "../../../store/settings";

/** Periods that share one tab, which offers them when it is touched. */
export const MINUTE_PERIODS = ["1m", "5m", "15m", "30m", "60m"] as const;
type MinutePeriod = (typeof MINUTE_PERIODS)[number];

/** "minutes" stands for all of {@link MINUTE_PERIODS}. */
export type ChartTabKey = Exclude<ChartPeriod, MinutePeriod> | "minutes";

const TABS: readonly ChartTabKey[] = ["minute", "fiveDay", "day", "week", "month", "minutes"];

export interface ChartTab {
  readonly key: ChartTabKey;
  readonly label: string;
  readonly isChosen: boolean;
}

/** What the chart shows, and the words of what changes it. */
export interface ChartView {
  readonly tabs: readonly ChartTab[];
  readonly period: ChartPeriod;
  readonly adjust: CandleAdjustment;
  readonly adjustText: string;
  readonly mainIndicator: MainChoice;
  readonly mainText: string;
  readonly lowerIndicators: readonly string[];
  readonly candleStyle: Settings["candleStyle"];
  /** Whether the dot of the last price breathes. */
  readonly breathes: boolean;
  /** Whether it is made of candles, which have indicators and can be panned. */
  readonly isCandles: boolean;
}

export function isMinutePeriod(period: ChartPeriod): period is MinutePeriod {
  return MINUTE_PERIODS.some((minutes) => minutes === period);
}

/** @param wantsLessMotion What the phone is set to, for readers who leave it at that. @default false */
export function chartView(settings: Settings, texts: Texts, wantsLessMotion = false): ChartView {
  const { period, adjust, mainIndicator, lowerIndicators, candleStyle, motion } = settings;
  return {
    tabs: TABS.map((key) => chartTab(key, period, texts.periods)),
    period,
    adjust,
    adjustText: texts.chartTools[adjust],
    mainIndicator,
    mainText: mainIndicator === "none" ? texts.chartTools.plain : mainIndicator,
    lowerIndicators,
    candleStyle,
    breathes: motion === "full" || motion === "system" && !wantsLessMotion,
    isCandles: period !== "minute" && period !== "fiveDay",
  };
}

function chartTab(key: ChartTabKey, period: ChartPeriod, texts: Texts["periods"]): ChartTab {
  if (key !== "minutes") return { key, label: texts[key], isChosen: key === period };
  // Once one of them is shown the tab names it.
  return isMinutePeriod(period)
    ? { key, label: texts[period], isChosen: true }
    : { key, label: texts.minutes, isChosen: false };
}

/** The chart in one sentence. */
export function chartSummary(quote: KnownQuote, period: ChartPeriod, language: Language): string {
  const texts = textsOf(language);
  return fill(texts.chartTools.summary, {
    name: nameOf(quote, language),
    period: texts.periods[period],
    price: formatPrice(quote.lastPrice),
    percent: formatPercent(quote.lastPrice, quote.prevClose),
    high: formatPrice(quote.high),
    low: formatPrice(quote.low),
  });
}
