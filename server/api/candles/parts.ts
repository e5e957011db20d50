/** The minutes or days that candles are made of: from the store, and from the live market where the store ends. */
import type { CandlePeriod, Price } from "../../../shared/mod.ts";
import { type ExDay, forwardAdjusted } from "../../exchange/listing/price_adjustment.ts";
import type { CandlePlace } from "../../store/candle_store.ts";
import type { ApiSources, LiveState } from "../sources.ts";
import { type Bounds, isWithin } from "./cursor.ts";
import { keyOf, minutesOf } from "./period.ts";

/** One minute or day. */
export interface Part extends CandlePlace {
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly volume: number;
  readonly turnover: number;
  /** Whether it may still change. */
  readonly isOpen: boolean;
}

export interface PartRequest extends Bounds {
  readonly symbol: string;
  readonly period: CandlePeriod;
  readonly limit: number;
  readonly from: "oldest" | "newest";
  /** Adjusts prices before these days. */
  readonly exDays: readonly ExDay[];
}

/** Parts within the bounds, oldest first, `limit` of them from the wanted end. */
export function readParts(request: PartRequest, sources: ApiSources): Part[] {
  const { limit, from, exDays } = request;
  const stored = minutesOf(request.period) === undefined
    ? storedDays(request, sources)
    : storedMinutes(request, sources);
  const parts = [...stored, ...liveParts(request, sources)];
  const wanted = from === "oldest" ? parts.slice(0, limit) : parts.slice(-limit);
  if (exDays.length === 0) return wanted;
  const dated = wanted.map((part) => ({ ...part, date: part.tradingDate }));
  return forwardAdjusted(dated, exDays).map(({ date: _, ...part }) => part);
}

function storedMinutes({ symbol, before, after, limit, from }: PartRequest, { store }: ApiSources): Part[] {
  return store.minutes(symbol, { before, after, limit, from }).map((minute) => ({ ...minute, isOpen: false }));
}

function storedDays({ symbol, before, after, limit, from }: PartRequest, { store }: ApiSources): Part[] {
  const range = { before: before?.tradingDate, after: after?.tradingDate, limit, from };
  return store.daily(symbol, range).map((day) => ({ ...day, slot: 0, isOpen: false }));
}

/** What the market knows and the store does not yet. */
function liveParts(request: PartRequest, { store, stateOf }: ApiSources): Part[] {
  const { symbol, period } = request;
  const state = stateOf(symbol);
  if (!state) return [];
  const isDaily = minutesOf(period) === undefined;
  const [last] = isDaily
    ? store.daily(symbol, { limit: 1, from: "newest" }).map((day) => ({ ...day, slot: 0 }))
    : store.minutes(symbol, { limit: 1, from: "newest" });
  const known = last ? keyOf(last) : 0;
  const parts = isDaily ? today(state) : minutesOfToday(state);
  return parts.filter((part) => keyOf(part) > known && isWithin(part, request));
}

function today({ quote }: LiveState): Part[] {
  if (!quote || quote.open === 0) return [];
  const { tradingDate, open, high, low, lastPrice, volume, turnover } = quote;
  return [{ tradingDate, slot: 0, open, high, low, close: lastPrice, volume, turnover, isOpen: true }];
}

function minutesOfToday({ candles: { tradingDate, finished, open } }: LiveState): Part[] {
  const parts = finished.map((candle) => ({ ...candle, tradingDate, isOpen: false }));
  return open ? [...parts, { ...open, tradingDate, isOpen: true }] : parts;
}
