import { type Candle, QUOTE_FIELDS } from "../market.ts";
import type { QuoteSnapshot } from "../messages.ts";
import type { ByteWriter } from "./byte_writer.ts";
import {
  at,
  type CandleValues,
  FIELD,
  inRange,
  isScaled,
  NOTHING,
  predictCandle,
  predictField,
  type QuoteValues,
  type QuoteVersion,
  quoteVersion,
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
  const { values, candle } = quoteVersion(quote);
  writeFields(writer, ALL_FIELDS, values, NOTHING);
  if (candle) writeOpenCandle(writer, candle, values, NOTHING);
}

/** What one update says: which fields lead from version `prev` to `to`. */
export interface UpdateStep {
  readonly prev: number;
  readonly to: QuoteVersion;
  /** Bit i is set where `QUOTE_FIELDS[i]` is part of the update: at the least all that changed. */
  readonly mask: number;
  /** Whether the open minute of `to`, where there is one, is part of the update. */
  readonly withCandle: boolean;
  /** The state at `prev`. Without it the values are written whole, which a receiver understands whatever it has. */
  readonly from: QuoteVersion | undefined;
}

/** An update's part, behind its symbol. It is the same for every client at `prev`, so it is made once for all. */
export function writeUpdate(writer: ByteWriter, { prev, to, mask, withCandle, from }: UpdateStep): void {
  const hasTrade = (mask & TRADE_MASK) === TRADE_MASK;
  const rest = mask & ~(1 << FIELD.lastPrice) & (hasTrade ? ~TRADE_MASK : -1);
  const merged = to.seq - prev;
  const shortMerged = merged >= 1 && merged <= 3 ? merged : 0;
  const candle = withCandle ? to.candle : undefined;
  writer.count(
    (mask & 1 ? PART.lastPrice : 0) | (hasTrade ? PART.trade : 0) | (candle ? PART.candle : 0) |
      (rest ? PART.mask : 0) | (from ? 0 : PART.whole) | shortMerged * PART.merged,
  );
  if (from) writer.byte(prev % 256);
  else writer.count(prev);
  if (!shortMerged) writer.count(merged);
  if (rest) writer.count(rest);
  // Where nothing is built on, the receiver knows no field but those written here, and neither may the predictions.
  const now = from ? to.values : to.values.map((value, bit) => mask & 1 << bit ? value : 0);
  writeFields(writer, mask, now, from ?? NOTHING);
  if (candle) writeOpenCandle(writer, candle, now, from ?? NOTHING);
}

function writeFields(writer: ByteWriter, mask: number, now: QuoteValues, base: QuoteVersion): void {
  for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
    if (!(mask & 1 << bit)) continue;
    const error = at(now, bit) - predictField(bit, now, base);
    if (isScaled(bit)) writer.scaled(error);
    else writer.signed(error);
  }
}

/** The minute that is open, as far as it is not what the quote foretells. */
function writeOpenCandle(writer: ByteWriter, values: CandleValues, now: QuoteValues, base: QuoteVersion): void {
  const continues = base.candle !== undefined && base.candle[0] === values[0];
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
