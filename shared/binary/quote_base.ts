/**
 * What the receiver of an update surely has, and what follows from it: both ends predict each value, and the wire carries how
 * far the prediction is out. Most are exact, and an exact one costs a byte or nothing.
 */
import { type Candle, type Quote, QUOTE_FIELDS, type QuoteField } from "../market.ts";
import type { QuoteSnapshot } from "../messages.ts";
import { type DepthValues, depthValues } from "./depth_values.ts";
import { at, inRange } from "./values.ts";
import { PHASE_ORDER } from "./wire.ts";

// Places of some fields in `QUOTE_FIELDS`, which are their bits in a field mask.
export const LAST_PRICE = 0;
export const PREV_CLOSE = 4;
export const LIMIT_DOWN = 6;
export const VOLUME = 7;
export const TURNOVER = 8;
export const EXCHANGE_TIME = 9;
export const TRADING_DATE = 10;
export const PHASE = 11;

/** A quote's values in the order of `QUOTE_FIELDS`. */
export type QuoteValues = readonly number[];

/** One version of a symbol's state, as every receiver at that version has it: what an update leads to, or builds on. */
export interface QuoteVersion {
  readonly seq: number;
  readonly values: QuoteValues;
  /** An index has a level, which says nothing of the money its shares cost. */
  readonly isIndex: boolean;
  /** The minute that was open at this version, where one was. */
  readonly candle: CandleValues | undefined;
  /** The book, where the receiver has it. It may change while `seq` does not. */
  readonly depth: DepthValues | undefined;
}

/** A candle as slot, open, high, low, close, volume, turnover. */
export type CandleValues = readonly number[];
export const CANDLE_FIELDS: readonly (keyof Candle)[] = ["slot", "open", "high", "low", "close", "volume", "turnover"];

/** What a receiver has that has nothing. */
export const NOTHING: QuoteVersion = {
  seq: 0,
  values: QUOTE_FIELDS.map(() => 0),
  isIndex: false,
  candle: undefined,
  depth: undefined,
};

/** The version that a snapshot is, in the form in which updates are made from it. */
export function quoteVersion(snapshot: QuoteSnapshot): QuoteVersion {
  const { seq, kind, candle, depth } = snapshot;
  return {
    seq,
    values: quoteValues(snapshot, NOTHING.values),
    isIndex: kind === "index",
    candle: candle && candleValues(candle),
    depth: depth && depthValues(depth),
  };
}

/** The values of `changes`, and those of `before` where it has none. */
export function quoteValues(
  changes: { readonly [F in QuoteField]?: Quote[F] | undefined },
  before: QuoteValues,
): number[] {
  const values = before.slice();
  for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
    const value = changes[QUOTE_FIELDS[bit] ?? "phase"];
    if (value !== undefined) values[bit] = typeof value === "string" ? PHASE_ORDER.indexOf(value) : value;
  }
  return values;
}

/** The fields that `changes` has, as a mask. */
export function maskOf(changes: { readonly [F in QuoteField]?: Quote[F] | undefined }): number {
  let mask = 0;
  for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
    if (changes[QUOTE_FIELDS[bit] ?? "phase"] !== undefined) mask |= 1 << bit;
  }
  return mask;
}

/** The fields that differ between two versions, as a mask. */
export function changedMask(from: QuoteVersion, to: QuoteVersion): number {
  let mask = 0;
  for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
    if (from.values[bit] !== to.values[bit]) mask |= 1 << bit;
  }
  return mask;
}

export function candleValues(candle: Candle): number[] {
  return CANDLE_FIELDS.map((field) => candle[field]);
}

export function candleOf(values: CandleValues): Candle {
  const candle: Record<string, number> = {};
  CANDLE_FIELDS.forEach((field, i) => candle[field] = at(values, i));
  return candle as Candle;
}

/** What field `bit` should be, given the fields before it in `now` and all of `base`. */
export function predictField(bit: number, now: QuoteValues, base: QuoteVersion): number {
  if (bit > LAST_PRICE && bit <= PREV_CLOSE) return at(now, LAST_PRICE);
  if (bit > PREV_CLOSE && bit <= LIMIT_DOWN) return at(now, PREV_CLOSE);
  if (bit === TURNOVER) return predictTurnover(now, base);
  return at(base.values, bit);
}

/** All shares since were traded at the last price; those of an index at the day's mean price. */
function predictTurnover(now: QuoteValues, { values, isIndex }: QuoteVersion): number {
  const volume = at(values, VOLUME);
  const turnover = at(values, TURNOVER);
  const price = isIndex ? volume > 0 ? Math.floor(turnover / volume) : 0 : at(now, LAST_PRICE);
  return inRange(turnover + price * (at(now, VOLUME) - volume));
}

/**
 * What the open candle should be, where `now` follows `base`: the candle of `base` with what was traded since, or, when
 * a minute has begun, a new one. The slot is not predicted.
 */
export function predictCandle(continues: boolean, now: QuoteValues, base: QuoteVersion): number[] {
  const last = at(now, LAST_PRICE);
  const volume = at(now, VOLUME) - at(base.values, VOLUME);
  const turnover = at(now, TURNOVER) - at(base.values, TURNOVER);
  const { candle } = base;
  if (!continues || !candle) return [0, last, last, last, last, inRange(volume), inRange(turnover)];
  return [
    at(candle, 0),
    at(candle, 1),
    Math.max(at(candle, 2), last),
    Math.min(at(candle, 3), last),
    last,
    inRange(at(candle, 5) + volume),
    inRange(at(candle, 6) + turnover),
  ];
}

/** Whether field `bit` often moves by hundreds: shares come in lots of 100, and an exchange publishes at whole seconds. */
export function isScaled(bit: number): boolean {
  return bit >= VOLUME && bit <= EXCHANGE_TIME;
}
