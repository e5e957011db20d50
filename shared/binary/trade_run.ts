/** Trades, each as its difference from the one before. */
import type { Price, Trade } from "../market.ts";
import type { TradeRun } from "../messages.ts";
import { dateOfTime } from "../trading_session.ts";
import { type ByteReader, DAY_MAX, DAY_MIN } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";
import type { KnownSymbol } from "./line.ts";
import { SIDE_ORDER } from "./wire.ts";

type Before = Pick<Trade, "no" | "exchangeTimeMs"> & { readonly price: number };

// Flags of a run.
const IS_RESET = 1;
const HAS_MISSED = 2;
const HAS_DATE = 4;
// Flags of a trade, whose lowest two bits are its side.
const SIDE = 3;
const HAS_NO = 4;
const HAS_PRICE = 8;
const UNKNOWN = 16;

/** A run, behind its symbol. @param timeMs The server's clock on the frame, from which the first trade's time is not far. */
export function writeTrades(writer: ByteWriter, run: TradeRun, timeMs: number): void {
  const { tradingDate, reset, missed, trades } = run;
  const hasDate = tradingDate !== dateOf(trades);
  writer.count((reset ? IS_RESET : 0) | (missed > 0 ? HAS_MISSED : 0) | (hasDate ? HAS_DATE : 0));
  if (missed > 0) writer.count(missed);
  if (hasDate) writer.day(tradingDate);
  writer.count(trades.length);
  let before = beforeAll(timeMs);
  for (const trade of trades) {
    const follows = trade.no === before.no + 1;
    const moved = trade.price !== before.price;
    writer.count(SIDE_ORDER.indexOf(trade.side) | (follows ? 0 : HAS_NO) | (moved ? HAS_PRICE : 0));
    if (!follows) writer.signed(trade.no - before.no);
    if (moved) writer.signed(trade.price - before.price);
    writer.scaled(trade.size);
    writer.scaled(trade.exchangeTimeMs - before.exchangeTimeMs);
    before = trade;
  }
}

/** See {@link writeTrades}. */
export function readTrades(reader: ByteReader, { symbol }: KnownSymbol, timeMs: number): TradeRun {
  const flags = reader.count("flags");
  const missed = flags & HAS_MISSED ? reader.count("missed") : 0;
  const date = flags & HAS_DATE ? reader.day("tradingDate") : undefined;
  let before = beforeAll(timeMs);
  const trades = reader.list("trades", () => {
    const trade = readTrade(reader, before);
    before = trade;
    return trade;
  });
  const tradingDate = date ?? reader.within("tradingDate", dateOf(trades), DAY_MAX, DAY_MIN);
  return { symbol, tradingDate, reset: (flags & IS_RESET) !== 0, missed, trades };
}

/** What the first trade of a run is written from. */
function beforeAll(timeMs: number): Before {
  return { no: 0, price: 0, exchangeTimeMs: timeMs };
}

/** The day of the first trade, yyyymmdd; no day where there is none. */
function dateOf([first]: readonly Trade[]): number {
  return first ? dateOfTime(first.exchangeTimeMs) : 0;
}

function readTrade(reader: ByteReader, before: Before): Trade {
  const flags = reader.count("side");
  const side = SIDE_ORDER[flags & SIDE];
  if (!side) reader.unknown("side");
  const no = before.no + (flags & HAS_NO ? reader.signed("no") : 1);
  reader.within("no", no, Number.MAX_SAFE_INTEGER, 1);
  const price = (flags & HAS_PRICE ? reader.price("price", before.price) : before.price) as Price;
  const size = reader.amount("size", 0);
  const exchangeTimeMs = reader.amount("exchangeTimeMs", before.exchangeTimeMs);
  reader.skip(Math.floor(flags / UNKNOWN));
  return { no, price, size, side: side ?? "auction", exchangeTimeMs };
}
