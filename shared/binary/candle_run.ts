/** Finished candles, each as its difference from the one before; the first from a candle of slot −1 and of no price. */
import type { CandleRun } from "../messages.ts";
import { SLOTS_PER_DAY } from "../trading_session.ts";
import type { ByteReader } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";
import type { KnownSymbol } from "./line.ts";
import { candleOf } from "./quote_base.ts";
import { inRange } from "./values.ts";

/** A run, behind its symbol. */
export function writeCandles(writer: ByteWriter, { tradingDate, reset, candles }: CandleRun): void {
  writer.count(reset ? 1 : 0);
  writer.day(tradingDate);
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

/** See {@link writeCandles}. */
export function readCandles(reader: ByteReader, { symbol }: KnownSymbol): CandleRun {
  const reset = reader.count("flags") % 2 === 1;
  const tradingDate = reader.day("tradingDate");
  let slot = -1, close = 0;
  const candles = reader.list("candles", () => {
    const flags = reader.count("slot");
    slot += flags & 1 ? reader.signed("slot") : 1;
    reader.within("slot", slot, SLOTS_PER_DAY - 1);
    const open = reader.price("open", close);
    close = reader.price("close", open);
    const high = reader.price("high", Math.max(open, close));
    const low = reader.price("low", Math.min(open, close));
    const volume = reader.amount("volume", 0);
    const turnover = reader.amount("turnover", inRange(close * volume));
    reader.skip(Math.floor(flags / 2));
    return candleOf([slot, open, high, low, close, volume, turnover]);
  });
  return { symbol, tradingDate, reset, candles };
}
