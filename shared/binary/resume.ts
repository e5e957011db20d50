/**
 * What a client has from a former connection, in about a dozen bytes a symbol, so that all that a connection may have fit into
 * one `hello`.
 */
import type { Resume, ResumePosition } from "../messages.ts";
import type { ByteReader } from "./byte_reader.ts";
import { type ByteWriter, flag } from "./byte_writer.ts";
import { readChannels, readRate, readTier, SYMBOLS_MAX, writeChannels, writeTier } from "./client_fields.ts";
import { FIELD, FIELD_MAX, FIELD_MIN } from "./quote_base.ts";
import { readSymbolCode, SYMBOL_CODE_MAX, symbolToCode } from "./symbol_code.ts";
import { at } from "./values.ts";

/** As the schemas allow. */
const GROUPS_MAX = 64;
const EPOCH_LENGTH_MAX = 200;
/** The flags of a position share a number with its symbol. */
const FLAGS = 8;

export function writeResume(writer: ByteWriter, { id, epoch, rate, groups }: Resume): void {
  writer.count(id);
  writer.text(epoch);
  writer.count(flag(rate, 1));
  if (rate !== undefined) writer.number(rate);
  writer.count(groups.length);
  let lastDate = 0;
  const day = (tradingDate: number) => {
    writer.signed(tradingDate - lastDate);
    lastDate = tradingDate;
  };
  for (const { channels, tier, symbols } of groups) {
    writeChannels(writer, channels);
    writer.count(flag(tier, 1));
    if (tier !== undefined) writeTier(writer, tier);
    writer.count(symbols.length);
    for (const position of symbols) writePosition(writer, position, day);
  }
}

function writePosition(writer: ByteWriter, position: ResumePosition, day: (tradingDate: number) => void): void {
  const { symbol, seq, candles, trades } = position;
  writer.count(symbolToCode(symbol) * FLAGS + (flag(seq, 1) | flag(candles, 2) | flag(trades, 4)));
  if (seq !== undefined) writer.count(seq);
  if (candles) {
    day(candles.tradingDate);
    writer.count(candles.nextSlot);
  }
  if (trades) {
    day(trades.tradingDate);
    writer.count(trades.nextNo);
  }
}

export function readResume(reader: ByteReader): Resume {
  const id = reader.id = reader.count("id");
  const epoch = reader.text("epoch", 0, EPOCH_LENGTH_MAX);
  const rate = reader.count("flags") & 1 ? { rate: readRate(reader) } : {};
  let lastDate = 0;
  const day = () => {
    lastDate += reader.signed("tradingDate");
    reader.check("tradingDate", lastDate, at(FIELD_MIN, FIELD.tradingDate), at(FIELD_MAX, FIELD.tradingDate));
    return lastDate;
  };
  const group = () => ({
    channels: readChannels(reader, 1),
    ...reader.count("flags") & 1 ? { tier: readTier(reader) } : {},
    symbols: reader.list("symbols", () => readPosition(reader, day), 1, SYMBOLS_MAX),
  });
  return { id, epoch, ...rate, groups: reader.list("groups", group, 1, GROUPS_MAX) };
}

function readPosition(reader: ByteReader, day: () => number): ResumePosition {
  const code = reader.count("symbols", SYMBOL_CODE_MAX * FLAGS + FLAGS - 1);
  return {
    symbol: readSymbolCode(reader, "symbols", Math.floor(code / FLAGS)),
    ...code & 1 ? { seq: reader.count("seq") } : {},
    ...code & 2 ? { candles: { tradingDate: day(), nextSlot: reader.count("nextSlot") } } : {},
    ...code & 4 ? { trades: { tradingDate: day(), nextNo: reader.count("nextNo") } } : {},
  };
}
