import { PRICE_MAX, QUOTE_FIELDS, type SymbolCode } from "../market.ts";
import type { QuoteSnapshot, QuoteUpdate } from "../messages.ts";
import { SLOTS_PER_DAY } from "../trading_session.ts";
import type { ByteReader } from "./byte_reader.ts";
import { predictDepth } from "./depth_base.ts";
import { depthMax, depthOf, isDepthPrice, NO_DEPTH } from "./depth_values.ts";
import {
  CANDLE_NAMES,
  candleOf,
  FIELD,
  FIELD_MAX,
  FIELD_MIN,
  isScaled,
  NOTHING,
  predictCandle,
  predictField,
  type QuoteVersion,
} from "./quote_base.ts";
import { at } from "./values.ts";
import { KIND_ORDER, MORE, PART, PHASE_ORDER, TRADE, TRADE_MASK, WHOLE } from "./wire.ts";

/** A quote as it was read, and the state that the receiver has from now on. */
export interface ReadQuote<T> {
  readonly quote: T;
  readonly state: QuoteVersion | undefined;
}

const KNOWN_FIELDS = 2 ** QUOTE_FIELDS.length;
const KNOWN_PLACES = 2 ** NO_DEPTH.length;
const TURNOVER_BIT = 1 << FIELD.turnover;
/** Bits of an open candle's flags that are understood: it continues, and six fields. */
const CANDLE_FLAGS = 128;

/** A snapshot's part, behind its symbol. */
export function readSnapshot(reader: ByteReader, symbol: SymbolCode): ReadQuote<QuoteSnapshot> {
  const flags = reader.count("kind");
  const kind = KIND_ORDER[Math.floor(flags / WHOLE.kind)];
  if (!kind) reader.fail("kind", "it is no kind of instrument that is known here");
  const name = reader.text("name");
  const nameEn = reader.text("nameEn");
  const seq = reader.count("seq");
  const mask = reader.count("fields");
  if (mask % KNOWN_FIELDS !== KNOWN_FIELDS - 1) reader.fail("fields", "a snapshot must have every field");
  const values = readFields(reader, mask, 0, NOTHING, true);
  const candle = flags & WHOLE.candle ? readOpenCandle(reader, values, NOTHING, true) : undefined;
  const depth = flags & WHOLE.depth ? readDepth(reader, values, NOTHING, true) : undefined;
  const quote: Record<string, unknown> = { symbol, name, nameEn, kind, seq };
  addFields(quote, mask, values);
  if (candle) quote.candle = candleOf(candle);
  if (depth) quote.depth = depthOf(depth);
  if (flags & WHOLE.crc) quote.crc = reader.word("crc");
  return { quote: quote as QuoteSnapshot, state: { seq, values, isIndex: kind === "index", candle, depth } };
}

/**
 * An update's part, behind its symbol. Where `known` is not the version that the part builds on, its values mean nothing
 * here: the update comes back without them, with a `prev` that the receiver does not have either, and so asks for a snapshot.
 */
export function readUpdate(
  reader: ByteReader,
  symbol: SymbolCode,
  known: QuoteVersion | undefined,
): ReadQuote<QuoteUpdate> {
  const head = reader.byte("fields");
  const short = head >> PART.merged & 3;
  const more = short ? 0 : reader.count("flags");
  const whole = (more & MORE.whole) !== 0;
  if (!whole && !known) reader.fail("prev", "it builds on a version of the symbol, and no snapshot came before it");
  const prev = whole ? reader.count("prev") : nearestVersion(head >> PART.prev, known?.seq ?? 0);
  const rest = more & MORE.mask ? reader.count("fields") : 0;
  const trade = head >> PART.trade & 3;
  if (trade > TRADE.written) reader.fail("fields", "it has a form of trade that is not known here");
  const mask = rest % KNOWN_FIELDS | head & PART.lastPrice | (trade ? TRADE_MASK : 0);
  const unknown = rest - rest % KNOWN_FIELDS;
  const merged = short || (more & MORE.merged ? reader.count("merged") : mask + unknown ? 1 : 0);
  const seq = prev + merged;
  if (seq > Number.MAX_SAFE_INTEGER) reader.fail("seq", "it is beyond 2^53 - 1");

  const inStep = known !== undefined && known.seq === prev;
  const readable = whole || inStep;
  const base = whole || !known ? NOTHING : known;
  const values = readFields(reader, mask + unknown, trade === TRADE.foretold ? TURNOVER_BIT : 0, base, readable);
  const candle = more & MORE.candle
    ? readOpenCandle(reader, values, base, readable)
    : head & PART.candle
    ? foretoldCandle(reader, values, base, readable)
    : undefined;
  const depth = more & MORE.depth ? readDepth(reader, values, base, readable, more) : undefined;
  const crc = more & MORE.crc ? reader.word("crc") : undefined;
  reader.skip(Math.floor(more / MORE.unknown));

  const update: Record<string, unknown> = { symbol, seq, prev, merged };
  if (!readable) return { quote: update as QuoteUpdate, state: known };
  addFields(update, mask, values);
  if (candle) update.candle = candleOf(candle);
  if (depth) update.depth = depthOf(depth);
  if (crc !== undefined) update.crc = crc;
  if (!inStep) return { quote: update as QuoteUpdate, state: known };
  const state = {
    seq,
    values: whole ? merge(known.values, mask, values) : values,
    isIndex: known.isIndex,
    candle: candle ?? known.candle,
    depth: depth ?? known.depth,
  };
  return { quote: update as QuoteUpdate, state };
}

/** The version with these two lowest bits: the one the receiver has, if that fits, or else the next after it that does. */
function nearestVersion(lowBits: number, seq: number): number {
  return seq + (lowBits - seq % 4 + 4) % 4;
}

/**
 * @param foretold Fields of the mask that are not written, being as foretold.
 * @param readable False where the base is not the sender's: then the values are passed over, whatever they are.
 */
function readFields(
  reader: ByteReader,
  mask: number,
  foretold: number,
  base: QuoteVersion,
  readable: boolean,
): number[] {
  const values = base.values.slice();
  for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
    if (!(mask & 1 << bit)) continue;
    const field = QUOTE_FIELDS[bit] ?? "";
    const error = foretold & 1 << bit ? 0 : isScaled(bit) ? reader.scaled(field) : reader.signed(field);
    const value = predictField(bit, values, base) + error;
    values[bit] = value;
    if (readable) reader.check(field, value, at(FIELD_MIN, bit), at(FIELD_MAX, bit));
  }
  reader.skip(Math.floor(mask / KNOWN_FIELDS));
  return values;
}

function readOpenCandle(reader: ByteReader, now: readonly number[], base: QuoteVersion, readable: boolean): number[] {
  const flags = reader.count("candle");
  const continues = flags % 2 === 1;
  if (continues && readable) checkOpen(reader, base);
  const slot = continues ? 0 : reader.count("slot", SLOTS_PER_DAY - 1);
  const values = predictCandle(continues, now, base);
  if (!continues) values[0] = slot;
  for (let i = 1; i < values.length; i++) {
    const field = CANDLE_NAMES[i] ?? "";
    if (flags & 1 << i) values[i] = at(values, i) + (i > 4 ? reader.scaled(field) : reader.signed(field));
    if (readable) reader.check(field, at(values, i), 0, i > 4 ? Number.MAX_SAFE_INTEGER : PRICE_MAX);
  }
  reader.skip(Math.floor(flags / CANDLE_FLAGS));
  return values;
}

/** The minute goes on, exactly as the quote says. */
function foretoldCandle(reader: ByteReader, now: readonly number[], base: QuoteVersion, readable: boolean): number[] {
  if (readable) checkOpen(reader, base);
  return predictCandle(true, now, base);
}

function checkOpen(reader: ByteReader, base: QuoteVersion): void {
  if (!base.candle) reader.fail("candle", "it continues a minute that was not open");
}

/** See {@link writeDepth}. @param flags Those of an update, which say whether it builds on the book before. */
function readDepth(
  reader: ByteReader,
  now: readonly number[],
  base: QuoteVersion,
  readable: boolean,
  flags: number = MORE.depthWhole,
): number[] {
  const whole = (flags & MORE.depthWhole) !== 0;
  if (!whole && readable && !base.depth) reader.fail("depth", "it builds on a book that did not come");
  const from = whole ? { ...base, depth: undefined } : base;
  const mask = reader.count("depth");
  const values = NO_DEPTH.slice();
  for (let place = 0; place < values.length; place++) {
    const error = mask & 1 << place ? isDepthPrice(place) ? reader.signed("depth") : reader.scaled("depth") : 0;
    const value = predictDepth(place, values, now, from) + error;
    values[place] = value;
    if (readable) reader.check("depth", value, 0, depthMax(place));
  }
  reader.skip(Math.floor(mask / KNOWN_PLACES));
  return values;
}

function addFields(quote: Record<string, unknown>, mask: number, values: readonly number[]): void {
  for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
    if (!(mask & 1 << bit)) continue;
    quote[QUOTE_FIELDS[bit] ?? ""] = bit === FIELD.phase ? PHASE_ORDER[at(values, bit)] : values[bit];
  }
}

function merge(before: readonly number[], mask: number, changed: readonly number[]): number[] {
  return before.map((value, bit) => mask & 1 << bit ? at(changed, bit) : value);
}
