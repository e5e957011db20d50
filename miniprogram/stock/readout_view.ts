import type { CandleReadout } from "./chart/candle/candle_readout";
import { type MinuteReadout, timeOfReadout } from "./chart/minute/minute_readout";
import { type Direction, directionOf } from "../format/direction";
import { formatTurnover, formatVolume } from "../format/magnitude";
import { formatPercent, formatPrice } from "../format/price";
import { formatDate, formatMonthDay, formatSlot } from "../format/time";
import type { Language } from "../i18n/language";
import { textsOf } from "../i18n/texts";
import type { CandlePeriod } from "../lib/shared";
import { minutesOf } from "./store/candles/candle_place";

/** One figure that the crosshair reads. */
export interface ReadoutItem {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly direction: Direction;
}

export function minuteReadoutItems(readout: MinuteReadout, language: Language): ReadoutItem[] {
  const { slot, price, average, prevClose, volume } = readout;
  const texts = textsOf(language).chartTools;
  const direction = directionOf(prevClose, price);
  return [
    item("time", texts.time, timeOfReadout(readout)),
    item("price", texts.price, formatPrice(price), direction),
    item("change", texts.change, formatPercent(price, prevClose), direction),
    ...(average === undefined
      ? []
      : [item("average", texts.average, formatPrice(average), directionOf(prevClose, average))]),
    // Before the first minute nothing is traded, but an auction says what it could match.
    item("volume", slot < 0 ? texts.matched : texts.volume, formatVolume(volume, language)),
  ];
}

export function candleReadoutItems(readout: CandleReadout, period: CandlePeriod, language: Language): ReadoutItem[] {
  const { open, high, low, close, prevClose, volume, turnover } = readout;
  const texts = textsOf(language).chartTools;
  // The first of all has none before it, and is measured against its own beginning.
  const base = prevClose || open;
  const priced = (key: "open" | "high" | "low" | "close", price: number) =>
    item(key, texts[key], formatPrice(price), directionOf(base, price));
  return [
    item("time", texts.time, placeText(readout, period)),
    priced("open", open),
    priced("high", high),
    item("volume", texts.volume, formatVolume(volume, language)),
    item("change", texts.change, formatPercent(close, base), directionOf(base, close)),
    priced("close", close),
    priced("low", low),
    item("turnover", texts.turnover, formatTurnover(turnover, language)),
  ];
}

function placeText({ tradingDate, slot = 0 }: CandleReadout, period: CandlePeriod): string {
  if (minutesOf(period) === undefined) return formatDate(tradingDate);
  return `${formatMonthDay(tradingDate)} ${formatSlot(slot)}`;
}

function item(key: string, label: string, value: string, direction: Direction = "flat"): ReadoutItem {
  return { key, label, value, direction };
}
