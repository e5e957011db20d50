import { changedMask, encodeUpdateBody } from "../../shared/binary/mod.ts";
import { type Quote, QUOTE_FIELDS, type QuoteField } from "../../shared/mod.ts";
import { quoteOf, type StateVersion } from "../market/state_version.ts";
import type { Known } from "./position.ts";
import { FOLLOWS, type Form, type ViewItem } from "./view.ts";

/** One symbol's update or snapshot in either form: JSON text, or bytes without the symbol. */
export type PartBody = string | ArrayLike<number>;

/** What of a view's item its updates and snapshots depend on. */
export const FOLLOWS_MASK = FOLLOWS.candle | FOLLOWS.depth;
const WITH_CRC = 4;
const AS_JSON = 8;

/**
 * The update that leads from `known` to the present version. It is made once for all clients that have the same, whatever else
 * they look at.
 *
 * @param withCrc Whether the checksum comes along.
 */
export function updateBody(item: ViewItem, known: Exclude<Known, undefined>, withCrc: boolean, form: Form): PartBody {
  const to = item.state.version!;
  const key = item.follows & FOLLOWS_MASK | (withCrc ? WITH_CRC : 0) | formKey(form);
  const bodies = to.bodiesFrom(known);
  return bodies[key] ??= form === "json" ? jsonBody(item, known, to, withCrc) : binaryBody(item, known, to, withCrc);
}

/** Which of the forms of a part is kept where. */
export function formKey(form: Form): number {
  return form === "json" ? AS_JSON : 0;
}

/** Ticks that lead from `known` to the present version. */
export function mergedSince({ state }: ViewItem, known: Exclude<Known, undefined>): number {
  return state.seq - (typeof known === "number" ? known : known.seq);
}

function binaryBody(item: ViewItem, known: Exclude<Known, undefined>, to: StateVersion, withCrc: boolean): PartBody {
  const from = typeof known === "number" ? undefined : known;
  return encodeUpdateBody({
    prev: typeof known === "number" ? known : known.seq,
    to,
    mask: from ? changedMask(from, to) : item.state.changedSince(known as number),
    withCandle: candleToTell(item, known, to),
    withDepth: bookToTell(item, known, to),
    crc: withCrc ? crcOf(item, to) : undefined,
    from,
  });
}

function jsonBody(item: ViewItem, known: Exclude<Known, undefined>, to: StateVersion, withCrc: boolean): PartBody {
  const { state } = item;
  const prev = typeof known === "number" ? known : known.seq;
  const mask = typeof known === "number" ? state.changedSince(known) : changedMask(known, to);
  return JSON.stringify({
    symbol: state.instrument.symbol,
    seq: to.seq,
    prev,
    merged: to.seq - prev,
    ...maskedFields(quoteOf(to.values), mask),
    candle: candleToTell(item, known, to) ? state.candles.open : undefined,
    depth: bookToTell(item, known, to) ? to.book : undefined,
    crc: withCrc ? crcOf(item, to) : undefined,
  });
}

function maskedFields(quote: Quote, mask: number): Partial<Record<QuoteField, unknown>> {
  const fields: Partial<Record<QuoteField, unknown>> = {};
  QUOTE_FIELDS.forEach((field, bit) => {
    if (mask & 1 << bit) fields[field] = quote[field];
  });
  return fields;
}

function candleToTell({ follows }: ViewItem, known: Known, to: StateVersion): boolean {
  if (!(follows & FOLLOWS.candle) || !to.candle) return false;
  return typeof known !== "object" || known.candle !== to.candle;
}

function bookToTell({ follows }: ViewItem, known: Known, to: StateVersion): boolean {
  if (!(follows & FOLLOWS.depth) || !to.book) return false;
  return typeof known !== "object" || known.book !== to.book;
}

/** The checksum of what a client of this item has at a version. */
export function crcOf({ state, follows }: ViewItem, version: StateVersion): number {
  return version.crc(state.instrument.symbol, (follows & FOLLOWS.depth) !== 0);
}
