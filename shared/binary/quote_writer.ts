import { type Candle, QUOTE_FIELDS } from "../market.ts";
import type { QuoteSnapshot, QuoteUpdate } from "../messages.ts";
import type { ByteWriter } from "./byte_writer.ts";
import {
  at,
  candleValues,
  FIELD,
  inRange,
  isScaled,
  NO_BASE,
  predictCandle,
  predictField,
  type QuoteBase,
  quoteValues,
} from "./quote_base.ts";
import { KIND_ORDER, PART, TRADE_MASK } from "./wire.ts";

/** All fields of a quote, as a mask. */
const ALL_FIELDS = 2 ** QUOTE_FIELDS.length - 1;

/** A snapshot's part, behind its symbol. */
export function writeSnapshot(writer: ByteWriter, quote: QuoteSnapshot): void {
  writer.count(KIND_ORDER.indexOf(quote.kind) * 2 + (quote.candle ? 1 : 0));
  writer.text(quote.name);
  writer.text(quote.nameEn);
  writer.count(quote.seq);
  writer.count(ALL_FIELDS);
  const now = quoteValues(quote, NO_BASE.values);
  writeFields(writer, ALL_FIELDS, now, NO_BASE);
  if (quote.candle) writeOpenCandle(writer, quote.candle, now, NO_BASE);
}

/**
 * An update's part, behind its symbol. It is the same for every client at `update.prev`, so it is made once for all.
 *
 * @param base The state at version `update.prev`; without it the values are written whole.
 */
export function writeUpdate(writer: ByteWriter, update: QuoteUpdate, base: QuoteBase | undefined): void {
  let mask = 0;
  for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
    if (update[QUOTE_FIELDS[bit] ?? "phase"] !== undefined) mask |= 1 << bit;
  }
  const hasTrade = (mask & TRADE_MASK) === TRADE_MASK;
  const rest = mask & ~(1 << FIELD.lastPrice) & (hasTrade ? ~TRADE_MASK : -1);
  const merged = update.seq - update.prev;
  const shortMerged = merged >= 1 && merged <= 3 ? merged : 0;
  writer.count(
    (mask & 1 ? PART.lastPrice : 0) | (hasTrade ? PART.trade : 0) | (update.candle ? PART.candle : 0) |
      (rest ? PART.mask : 0) | (base ? 0 : PART.whole) | shortMerged * PART.merged,
  );
  if (base) writer.byte(update.prev % 256);
  else writer.count(update.prev);
  if (!shortMerged) writer.count(merged);
  if (rest) writer.count(rest);
  const from = base ?? NO_BASE;
  const now = quoteValues(update, from.values);
  writeFields(writer, mask, now, from);
  if (update.candle) writeOpenCandle(writer, update.candle, now, from);
}

function writeFields(writer: ByteWriter, mask: number, now: readonly number[], base: QuoteBase): void {
  for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
    if (!(mask & 1 << bit)) continue;
    const error = at(now, bit) - predictField(bit, now, base);
    if (isScaled(bit)) writer.scaled(error);
    else writer.signed(error);
  }
}

/** The minute that is open, as far as it is not what the quote foretells. */
function writeOpenCandle(writer: ByteWriter, candle: Candle, now: readonly number[], base: QuoteBase): void {
  const values = candleValues(candle);
  const continues = base.candle !== undefined && base.candle[0] === candle.slot;
  const foretold = predictCandle(continues, now, base);
  let flags = continues ? 1 : 0;
  for (let i = 1; i < values.length; i++) if (values[i] !== foretold[i]) flags |= 1 << i;
  writer.count(flags);
  if (!continues) writer.count(candle.slot);
  for (let i = 1; i < values.length; i++) {
    if (!(flags & 1 << i)) continue;
    const error = at(values, i) - at(foretold, i);
    if (i > 4) writer.scaled(error);
    else writer.signed(error);
  }
}

/** Finished candles, each as its difference from the one before; the first from a candle of slot −1 and of no price. */
export function writeRun(writer: ByteWriter, candles: readonly Candle[]): void {
  writer.count(candles.length);
  let slot = -1, close = 0;
  for (const candle of candles) {
    const follows = candle.slot === slot + 1;
    writer.count(follows ? 0 : 1);
    if (!follows) writer.signed(candle.slot - slot);
    writer.signed(candle.open - close);
    writer.signed(candle.close - candle.open);
    writer.signed(candle.high - Math.max(candle.open, candle.close));
    writer.signed(candle.low - Math.min(candle.open, candle.close));
    writer.scaled(candle.volume);
    writer.scaled(candle.turnover - inRange(candle.close * candle.volume));
    slot = candle.slot;
    close = candle.close;
  }
}
