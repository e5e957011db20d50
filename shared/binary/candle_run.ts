/** Finished candles, each as its difference from the one before; the first from a candle of slot −1 and of no price. */
import { type Candle, PRICE_MAX } from "../market.ts";
import { SLOTS_PER_DAY } from "../trading_session.ts";
import type { ByteReader } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";
import { CANDLE_NAMES, candleOf } from "./quote_base.ts";
import { at, inRange } from "./values.ts";

/** A list of candles. */
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
    reader.check("slot", slot, 0, SLOTS_PER_DAY - 1);
    const values = [slot, open, high, low, close, volume, turnover];
    for (let i = 1; i < values.length; i++) {
      reader.check(CANDLE_NAMES[i] ?? "", at(values, i), 0, i > 4 ? Number.MAX_SAFE_INTEGER : PRICE_MAX);
    }
    return candleOf(values);
  });
}
