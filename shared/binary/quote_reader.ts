import { type Candle, type Price, PRICE_MAX, QUOTE_FIELDS, type SymbolCode } from "../market.ts";
import type { QuoteSnapshot, QuoteUpdate } from "../messages.ts";
import { SLOTS_PER_DAY } from "../trading_session.ts";
import type { ByteReader } from "./byte_reader.ts";
import {
  at,
  FIELD,
  FIELD_MAX,
  FIELD_MIN,
  inRange,
  isScaled,
  NOTHING,
  predictCandle,
  predictField,
  type QuoteVersion,
} from "./quote_base.ts";
import { KIND_ORDER, PART, PHASE_ORDER, TRADE_MASK } from "./wire.ts";

/** A quote as it was read, and the state that the receiver has from now on. */
export interface ReadQuote<T> {
  readonly quote: T;
  readonly state: QuoteVersion | undefined;
}

const KNOWN_FIELDS = 2 ** QUOTE_FIELDS.length;
/** Bits of an open candle's flags that are understood: it continues, and six fields. */
const CANDLE_FLAGS = 128;
const CANDLE_NAMES = ["slot", "open", "high", "low", "close", "volume", "turnover"];

/** A snapshot's part, behind its symbol. */
export function readSnapshot(reader: ByteReader, symbol: SymbolCode): ReadQuote<QuoteSnapshot> {
  const flags = reader.count("kind");
  const kind = KIND_ORDER[Math.floor(flags / 2)];
  if (!kind) reader.fail("kind", "it is no kind of instrument that is known here");
  const name = reader.text("name");
  const nameEn = reader.text("nameEn");
  const seq = reader.count("seq");
  const mask = reader.count("fields");
  if (mask % KNOWN_FIELDS !== KNOWN_FIELDS - 1) reader.fail("fields", "a snapshot must have every field");
  const values = readFields(reader, mask, NOTHING, true);
  const candle = flags & 1 ? readOpenCandle(reader, values, NOTHING, true) : undefined;
  const quote: Record<string, unknown> = { symbol, name, nameEn, kind, seq };
  addFields(quote, mask, values);
  if (candle) quote.candle = candleOf(candle);
  return { quote: quote as QuoteSnapshot, state: { seq, values, isIndex: kind === "index", candle } };
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
  const head = reader.count("fields");
  const whole = (head & PART.whole) !== 0;
  if (!whole && !known) reader.fail("prev", "it builds on a version of the symbol, and no snapshot came before it");
  const prev = whole ? reader.count("prev") : nearestVersion(reader.byte("prev"), known?.seq ?? 0);
  const merged = (head >> 5 & 3) || reader.count("merged");
  const seq = prev + merged;
  if (seq > Number.MAX_SAFE_INTEGER) reader.fail("seq", "it is beyond 2^53 - 1");
  const rest = head & PART.mask ? reader.count("fields") : 0;
  const mask = rest % KNOWN_FIELDS | (head & PART.lastPrice ? 1 : 0) | (head & PART.trade ? TRADE_MASK : 0);

  const inStep = known !== undefined && known.seq === prev;
  const readable = whole || inStep;
  const base = whole || !known ? NOTHING : known;
  const values = readFields(reader, mask + (rest - rest % KNOWN_FIELDS), base, readable);
  const candle = head & PART.candle ? readOpenCandle(reader, values, base, readable) : undefined;
  reader.skip(Math.floor(head / PART.unknown));

  const update: Record<string, unknown> = { symbol, seq, prev, merged };
  if (!readable) return { quote: update as QuoteUpdate, state: known };
  addFields(update, mask, values);
  if (candle) update.candle = candleOf(candle);
  if (!inStep) return { quote: update as QuoteUpdate, state: known };
  const now = whole ? merge(known.values, mask, values) : values;
  const state = { seq, values: now, isIndex: known.isIndex, candle: candle ?? known.candle };
  return { quote: update as QuoteUpdate, state };
}

/** The version with this low byte: the one the receiver has, if that fits, or else the next after it that does. */
function nearestVersion(lowByte: number, seq: number): number {
  return seq + (lowByte - seq % 256 + 256) % 256;
}

/** @param readable False where the base is not the sender's: then the values are passed over, whatever they are. */
function readFields(reader: ByteReader, mask: number, base: QuoteVersion, readable: boolean): number[] {
  const values = base.values.slice();
  for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
    if (!(mask & 1 << bit)) continue;
    const field = QUOTE_FIELDS[bit] ?? "";
    const error = isScaled(bit) ? reader.scaled(field) : reader.signed(field);
    const value = predictField(bit, values, base) + error;
    values[bit] = value;
    if (readable) check(reader, field, value, at(FIELD_MIN, bit), at(FIELD_MAX, bit));
  }
  reader.skip(Math.floor(mask / KNOWN_FIELDS));
  return values;
}

function check(reader: ByteReader, field: string, value: number, min: number, max: number): void {
  if (value < min || value > max) reader.fail(field, `it must be from ${min} to ${max}, and is ${value}`);
}

function readOpenCandle(reader: ByteReader, now: readonly number[], base: QuoteVersion, readable: boolean): number[] {
  const flags = reader.count("candle");
  const continues = flags % 2 === 1;
  if (continues && readable && !base.candle) reader.fail("candle", "it continues a minute that was not open");
  const slot = continues ? 0 : reader.count("slot", SLOTS_PER_DAY - 1);
  const values = predictCandle(continues, now, base);
  if (!continues) values[0] = slot;
  for (let i = 1; i < values.length; i++) {
    const field = CANDLE_NAMES[i] ?? "";
    if (flags & 1 << i) values[i] = at(values, i) + (i > 4 ? reader.scaled(field) : reader.signed(field));
    if (readable) check(reader, field, at(values, i), 0, i > 4 ? Number.MAX_SAFE_INTEGER : PRICE_MAX);
  }
  reader.skip(Math.floor(flags / CANDLE_FLAGS));
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

function candleOf(values: readonly number[]): Candle {
  return {
    slot: at(values, 0),
    open: at(values, 1) as Price,
    high: at(values, 2) as Price,
    low: at(values, 3) as Price,
    close: at(values, 4) as Price,
    volume: at(values, 5),
    turnover: at(values, 6),
  };
}

/** See {@link writeRun}. */
export function readRun(reader: ByteReader): Candle[] {
  let slot = -1, close = 0;
  return reader.list("candles", () => {
    const flags = reader.count("slot");
    slot += flags & 1 ? reader.signed("slot") : 1;
    const open = close + reader.signed("open");
    close = open + reader.signed("close");
    const high = Math.max(open, close) + reader.signed("high");
    const low = Math.min(open, close) + reader.signed("low");
    const volume = reader.scaled("volume");
    const turnover = inRange(close * volume) + reader.scaled("turnover");
    reader.skip(Math.floor(flags / 2));
    check(reader, "slot", slot, 0, SLOTS_PER_DAY - 1);
    const values = [slot, open, high, low, close, volume, turnover];
    for (let i = 1; i < values.length; i++) {
      check(reader, CANDLE_NAMES[i] ?? "", at(values, i), 0, i > 4 ? Number.MAX_SAFE_INTEGER : PRICE_MAX);
    }
    return candleOf(values);
  });
}
