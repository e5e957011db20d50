import { QUOTE_FIELDS } from "../market.ts";
import type { QuoteSnapshot } from "../messages.ts";
import { predictDepth } from "./depth_base.ts";
import { type DepthValues, isDepthPrice } from "./depth_values.ts";
import type { FrameWriter } from "./frame_writer.ts";
import {
  type CandleValues,
  isScaled,
  NOTHING,
  predictCandle,
  predictField,
  type QuoteValues,
  type QuoteVersion,
  quoteVersion,
  TURNOVER,
} from "./quote_base.ts";
import { at } from "./values.ts";
import {
  CANDLE_AS_FORETOLD,
  HAS_LAST_PRICE,
  KIND_ORDER,
  MERGED_PLACE,
  MORE_CANDLE,
  MORE_CRC,
  MORE_DEPTH,
  MORE_DEPTH_WHOLE,
  MORE_FIELDS,
  MORE_MERGED,
  MORE_WHOLE,
  PREV_PLACE,
  SNAPSHOT_CANDLE,
  SNAPSHOT_CRC,
  SNAPSHOT_DEPTH,
  SNAPSHOT_KIND,
  TRADE_FORETOLD,
  TRADE_MASK,
  TRADE_NONE,
  TRADE_PLACE,
  TRADE_WRITTEN,
} from "./wire.ts";

/** All fields of a quote, as a mask. */
const ALL_FIELDS = 2 ** QUOTE_FIELDS.length - 1;
const TURNOVER_BIT = 1 << TURNOVER;

/** A snapshot's part, behind its symbol. */
export function writeSnapshot(writer: FrameWriter, quote: QuoteSnapshot): void {
  const { values, candle, depth } = quoteVersion(quote);
  const { kind, crc } = quote;
  writer.count(
    KIND_ORDER.indexOf(kind) * SNAPSHOT_KIND + (candle ? SNAPSHOT_CANDLE : 0) + (depth ? SNAPSHOT_DEPTH : 0) +
      (crc === undefined ? 0 : SNAPSHOT_CRC),
  );
  writer.text(quote.name);
  writer.text(quote.nameEn);
  writer.count(quote.seq);
  writer.count(ALL_FIELDS);
  writeFields(writer, ALL_FIELDS, values, NOTHING);
  if (candle) writeOpenCandle(writer, candle, values, NOTHING);
  if (depth) writeDepth(writer, depth, values, NOTHING);
  if (crc !== undefined) writer.word(crc);
}

/** What one update says: which fields lead from version `prev` to `to`. */
export interface UpdateStep {
  readonly prev: number;
  readonly to: QuoteVersion;
  /** Bit i is set where `QUOTE_FIELDS[i]` is part of the update: at the least all that changed. */
  readonly mask: number;
  /** Whether the open minute of `to`, where there is one, is part of the update. */
  readonly withCandle: boolean;
  /** Whether the book of `to`, where there is one, is part of the update. */
  readonly withDepth: boolean;
  /** Checksum of what the receiver then has. @default none is sent */
  readonly crc: number | undefined;
  /** The state at `prev`. Without it the values are written whole, which a receiver understands whatever it has. */
  readonly from: QuoteVersion | undefined;
}

/** An update's part, behind its symbol. It is the same for every client that has `from`, so it is made once for all. */
export function writeUpdate(
  writer: FrameWriter,
  { prev, to, mask, withCandle, withDepth, crc, from }: UpdateStep,
): void {
  const base = from ?? NOTHING;
  // Where nothing is built on, the receiver knows no field but those written here, and neither may the predictions.
  const now = from ? to.values : to.values.map((value, bit) => mask & 1 << bit ? value : 0);
  const candle = withCandle ? to.candle : undefined;
  const depth = withDepth ? to.depth : undefined;
  const candleForetold = candle !== undefined && isForetold(candle, now, base);
  const trade = tradeForm(mask, now, base);
  const rest = mask & ~1 & (trade === TRADE_NONE ? -1 : ~TRADE_MASK);
  const merged = to.seq - prev;
  const usual = merged === (mask ? 1 : 0);
  const more = (rest ? MORE_FIELDS : 0) | (candle && !candleForetold ? MORE_CANDLE : 0) |
    (depth ? base.depth ? MORE_DEPTH : MORE_DEPTH | MORE_DEPTH_WHOLE : 0) | (crc === undefined ? 0 : MORE_CRC) |
    (from ? 0 : MORE_WHOLE) | (usual ? 0 : MORE_MERGED);
  const short = merged >= 1 && merged <= 3 && (more & ~MORE_MERGED) === 0 ? merged : 0;

  writer.byte(
    mask & HAS_LAST_PRICE | trade << TRADE_PLACE | (candleForetold ? CANDLE_AS_FORETOLD : 0) | short << MERGED_PLACE |
      (from ? prev % 4 << PREV_PLACE : 0),
  );
  if (!short) writer.count(more);
  if (!from) writer.count(prev);
  if (rest) writer.count(rest);
  if (!short && !usual) writer.count(merged);
  writeFields(writer, trade === TRADE_FORETOLD ? mask & ~TURNOVER_BIT : mask, now, base);
  if (candle && !candleForetold) writeOpenCandle(writer, candle, now, base);
  if (depth) writeDepth(writer, depth, now, base);
  if (crc !== undefined) writer.word(crc);
}

function tradeForm(mask: number, now: QuoteValues, base: QuoteVersion): number {
  if ((mask & TRADE_MASK) !== TRADE_MASK) return TRADE_NONE;
  return at(now, TURNOVER) === predictField(TURNOVER, now, base) ? TRADE_FORETOLD : TRADE_WRITTEN;
}

function writeFields(writer: FrameWriter, mask: number, now: QuoteValues, base: QuoteVersion): void {
  for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
    if (!(mask & 1 << bit)) continue;
    const error = at(now, bit) - predictField(bit, now, base);
    if (isScaled(bit)) writer.scaled(error);
    else writer.signed(error);
  }
}

function continuesFrom({ candle }: QuoteVersion, values: CandleValues): boolean {
  return candle !== undefined && candle[0] === values[0];
}

/** Whether the minute goes on as the quote says it must. */
function isForetold(values: CandleValues, now: QuoteValues, base: QuoteVersion): boolean {
  if (!continuesFrom(base, values)) return false;
  const foretold = predictCandle(true, now, base);
  for (let i = 1; i < values.length; i++) if (values[i] !== foretold[i]) return false;
  return true;
}

/** The minute that is open, as far as it is not what the quote foretells. */
function writeOpenCandle(writer: FrameWriter, values: CandleValues, now: QuoteValues, base: QuoteVersion): void {
  const continues = continuesFrom(base, values);
  const foretold = predictCandle(continues, now, base);
  let flags = continues ? 1 : 0;
  for (let i = 1; i < values.length; i++) if (values[i] !== foretold[i]) flags |= 1 << i;
  writer.count(flags);
  if (!continues) writer.count(at(values, 0));
  for (let i = 1; i < values.length; i++) {
    if (!(flags & 1 << i)) continue;
    const error = at(values, i) - at(foretold, i);
    if (i > 4) writer.scaled(error);
    else writer.signed(error);
  }
}

/** The book, as far as it is not what the one before and the quote foretell: their mask, then how far each is out. */
function writeDepth(writer: FrameWriter, values: DepthValues, now: QuoteValues, base: QuoteVersion): void {
  let mask = 0;
  for (let place = 0; place < values.length; place++) {
    const error = at(values, place) - predictDepth(place, values, base.depth, now, base.values);
    errors[place] = error;
    if (error !== 0) mask |= 1 << place;
  }
  writer.count(mask);
  for (let place = 0; place < values.length; place++) {
    if (!(mask & 1 << place)) continue;
    const error = at(errors, place);
    if (isDepthPrice(place)) writer.signed(error);
    else writer.scaled(error);
  }
}

/** Used again for every book. */
const errors: number[] = [];
