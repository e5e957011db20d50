import { DEPTH_LEVELS, QUOTE_FIELDS } from "../market.ts";
import type { QuoteSnapshot, QuoteUpdate } from "../messages.ts";
import { SLOTS_PER_DAY } from "../trading_session.ts";
import { type ByteReader, DAY_MAX, DAY_MIN } from "./byte_reader.ts";
import { predictDepth } from "./depth_base.ts";
import { BID, depthOf, isDepthPrice, NO_DEPTH, SIDES } from "./depth_values.ts";
import type { KnownSymbol } from "./line.ts";
import {
  CANDLE_FIELDS,
  candleOf,
  isScaled,
  NOTHING,
  PHASE,
  predictCandle,
  predictField,
  type QuoteValues,
  type QuoteVersion,
  TRADING_DATE,
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
  MORE_UNKNOWN,
  MORE_WHOLE,
  PHASE_ORDER,
  PREV_PLACE,
  SNAPSHOT_CANDLE,
  SNAPSHOT_CRC,
  SNAPSHOT_DEPTH,
  SNAPSHOT_KIND,
  TRADE_FORETOLD,
  TRADE_MASK,
  TRADE_PLACE,
  TRADE_WRITTEN,
} from "./wire.ts";

const KNOWN_FIELDS = 2 ** QUOTE_FIELDS.length;
const KNOWN_PLACES = 2 ** NO_DEPTH.length;
const TURNOVER_BIT = 1 << TURNOVER;
/** As many bids and asks as there may be. */
const SIDES_MAX = DEPTH_LEVELS * BID + DEPTH_LEVELS;
/** Bits of an open candle's flags that are understood: it continues, and six fields. */
const CANDLE_FLAGS = 128;

/** A snapshot's part, behind its symbol: from here on `known` has it. */
export function readSnapshot(reader: ByteReader, known: KnownSymbol): QuoteSnapshot {
  const flags = reader.count("kind");
  const kind = KIND_ORDER[Math.floor(flags / SNAPSHOT_KIND)];
  if (!kind) reader.unknown("kind");
  const name = reader.text("name");
  const nameEn = reader.text("nameEn");
  const seq = reader.count("seq");
  const mask = reader.count("fields");
  if (mask % KNOWN_FIELDS !== KNOWN_FIELDS - 1) reader.fail("fields", "a snapshot must have every field");
  const values = readFields(reader, mask, 0, NOTHING);
  const candle = flags & SNAPSHOT_CANDLE ? readOpenCandle(reader, values, NOTHING) : undefined;
  const depth = flags & SNAPSHOT_DEPTH ? readDepth(reader, MORE_DEPTH_WHOLE, values, NOTHING) : undefined;
  const quote: Record<string, unknown> = { symbol: known.symbol, name, nameEn, kind, seq };
  addFields(quote, mask, values);
  if (candle) quote.candle = candleOf(candle);
  if (depth) quote.depth = depthOf(depth);
  if (flags & SNAPSHOT_CRC) quote.crc = reader.word("crc");
  known.state = { seq, values, isIndex: kind === "index", candle, depth };
  return quote as QuoteSnapshot;
}

/**
 * An update's part, behind its symbol. Where `state` is not the version that the part builds on, its values mean nothing
 * here: the update comes back without them, with a `prev` that the receiver does not have either, and so asks for a snapshot.
 */
export function readUpdate(reader: ByteReader, known: KnownSymbol): QuoteUpdate {
  const { symbol, state } = known;
  const head = reader.byte("fields");
  const few = head >> MERGED_PLACE & 3;
  const more = few ? 0 : reader.count("flags");
  const isWhole = (more & MORE_WHOLE) !== 0;
  if (!isWhole && !state) reader.missing("prev");
  const prev = isWhole || !state ? reader.count("prev") : nearestVersion(head >> PREV_PLACE, state.seq);
  const others = more & MORE_FIELDS ? reader.count("fields") : 0;
  const trade = head >> TRADE_PLACE & 3;
  if (trade > TRADE_WRITTEN) reader.unknown("fields");
  const mask = others % KNOWN_FIELDS | head & HAS_LAST_PRICE | (trade ? TRADE_MASK : 0);
  const newer = others - others % KNOWN_FIELDS;
  const merged = few || (more & MORE_MERGED ? reader.count("merged") : mask + newer ? 1 : 0);
  const seq = reader.within("seq", prev + merged, Number.MAX_SAFE_INTEGER);

  const inStep = state && state.seq === prev ? state : undefined;
  const base = isWhole || !state ? NOTHING : state;
  reader.isBlind = !isWhole && !inStep;
  const values = readFields(reader, mask + newer, trade === TRADE_FORETOLD ? TURNOVER_BIT : 0, base);
  const candle = more & MORE_CANDLE
    ? readOpenCandle(reader, values, base)
    : head & CANDLE_AS_FORETOLD
    ? predictCandle(checkOpen(reader, base), values, base)
    : undefined;
  const depth = more & MORE_DEPTH ? readDepth(reader, more, values, base) : undefined;
  const crc = more & MORE_CRC ? reader.word("crc") : undefined;
  reader.skip(Math.floor(more / MORE_UNKNOWN));

  const update: Record<string, unknown> = { symbol, seq, prev, merged };
  if (!reader.isBlind) {
    addFields(update, mask, values);
    if (candle) update.candle = candleOf(candle);
    if (depth) update.depth = depthOf(depth);
    if (crc !== undefined) update.crc = crc;
  }
  reader.isBlind = false;
  if (inStep) {
    known.state = {
      seq,
      values: isWhole ? merge(inStep.values, mask, values) : values,
      isIndex: inStep.isIndex,
      candle: candle ?? inStep.candle,
      depth: depth ?? inStep.depth,
    };
  }
  return update as QuoteUpdate;
}

/** The version with these two lowest bits: the one the receiver has, if that fits, or else the next after it that does. */
function nearestVersion(lowBits: number, seq: number): number {
  return seq + (lowBits - seq % 4 + 4) % 4;
}

/** @param foretold Fields of the mask that are not written, being as foretold. */
function readFields(reader: ByteReader, mask: number, foretold: number, base: QuoteVersion): number[] {
  const values = base.values.slice();
  for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
    if (mask & 1 << bit) values[bit] = readField(reader, bit, predictField(bit, values, base), foretold);
  }
  reader.skip(Math.floor(mask / KNOWN_FIELDS));
  return values;
}

function readField(reader: ByteReader, bit: number, predicted: number, foretold: number): number {
  const field = QUOTE_FIELDS[bit] ?? "";
  if (foretold & 1 << bit) return predicted;
  if (isScaled(bit)) return reader.amount(field, predicted);
  if (bit < TRADING_DATE) return reader.price(field, predicted);
  const value = predicted + reader.signed(field);
  return bit === PHASE
    ? reader.within(field, value, PHASE_ORDER.length - 1)
    : reader.within(field, value, DAY_MAX, DAY_MIN);
}

function readOpenCandle(reader: ByteReader, now: QuoteValues, base: QuoteVersion): number[] {
  const flags = reader.count("candle");
  const continues = flags % 2 === 1 && checkOpen(reader, base);
  const slot = continues ? 0 : reader.count("slot", SLOTS_PER_DAY - 1);
  const values = predictCandle(continues, now, base);
  if (!continues) values[0] = slot;
  for (let i = 1; i < values.length; i++) {
    const field = CANDLE_FIELDS[i] ?? "";
    if (flags & 1 << i) values[i] = i > 4 ? reader.amount(field, at(values, i)) : reader.price(field, at(values, i));
  }
  reader.skip(Math.floor(flags / CANDLE_FLAGS));
  return values;
}

/** A minute goes on only where one was open. */
function checkOpen(reader: ByteReader, base: QuoteVersion): true {
  if (!base.candle) reader.missing("candle");
  return true;
}

/** @param flags Those of the update, which say whether its book builds on the one before. */
function readDepth(reader: ByteReader, flags: number, now: QuoteValues, base: QuoteVersion): number[] {
  const isWhole = (flags & MORE_DEPTH_WHOLE) !== 0;
  if (!isWhole && !base.depth) reader.missing("depth");
  const before = isWhole ? undefined : base.depth;
  const mask = reader.count("depth");
  const values = NO_DEPTH.slice();
  for (let place = 0; place < values.length; place++) {
    const predicted = predictDepth(place, values, before, now, base.values);
    values[place] = !(mask & 1 << place)
      ? predicted
      : isDepthPrice(place)
      ? reader.price("depth", predicted)
      : reader.amount("depth", predicted);
  }
  reader.within("depth", at(values, SIDES), SIDES_MAX);
  reader.skip(Math.floor(mask / KNOWN_PLACES));
  return values;
}

function addFields(quote: Record<string, unknown>, mask: number, values: QuoteValues): void {
  for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
    if (!(mask & 1 << bit)) continue;
    quote[QUOTE_FIELDS[bit] ?? ""] = bit === PHASE ? PHASE_ORDER[at(values, bit)] : values[bit];
  }
}

function merge(before: QuoteValues, mask: number, changed: QuoteValues): number[] {
  return before.map((value, bit) => mask & 1 << bit ? at(changed, bit) : value);
}
