/** Trades, each as its difference from the one before. */
import type { Price, Trade } from "../market.ts";
import type { TradeRun } from "../messages.ts";
import type { ByteReader } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";
import type { KnownSymbol } from "./line.ts";
import { SIDE_ORDER } from "./wire.ts";

/** The last trade that a connection brought of a symbol, which its next run may build on. */
export interface LastTrade {
  readonly tradingDate: number;
  readonly trade: Trade;
}

type Before = Pick<Trade, "no" | "exchangeTimeMs"> & { readonly price: number };

/** Flags of a run, and of a trade, whose lowest two bits are its side. */
const IS_RESET = 1;
const HAS_MISSED = 2;
const CONTINUES = 4;
const SIDE = 3;
const HAS_NO = 4;
const HAS_PRICE = 8;
const UNKNOWN = 16;
const NO_TRADE: Before = { no: 0, price: 0, exchangeTimeMs: 0 };

/** A run, behind its symbol. @param last What the receiver surely has; undefined where that is not known. */
export function writeTrades(writer: ByteWriter, run: TradeRun, last: LastTrade | undefined): void {
  const { tradingDate, reset, missed, trades } = run;
  const base = last && last.tradingDate === tradingDate ? last.trade : undefined;
  writer.count((reset ? IS_RESET : 0) | (missed > 0 ? HAS_MISSED : 0) | (base ? CONTINUES : 0));
  if (!base) writer.day(tradingDate);
  if (missed > 0) writer.count(missed);
  writer.count(trades.length);
  let before: Before = base ?? NO_TRADE;
  for (const trade of trades) {
    const follows = trade.no === before.no + 1;
    const moved = trade.price !== before.price;
    writer.count(
      SIDE_ORDER.indexOf(trade.side) | (follows ? 0 : HAS_NO) | (moved ? HAS_PRICE : 0),
    );
    if (!follows) writer.signed(trade.no - before.no);
    if (moved) writer.signed(trade.price - before.price);
    writer.scaled(trade.size);
    writer.scaled(trade.exchangeTimeMs - before.exchangeTimeMs);
    before = trade;
  }
}

/** See {@link writeTrades}. What `known` has is what its next run may build on. */
export function readTrades(reader: ByteReader, known: KnownSymbol): TradeRun {
  const flags = reader.count("flags");
  const reset = (flags & IS_RESET) !== 0;
  if (flags & CONTINUES && !known.lastTrade) reader.missing("trades");
  const last = flags & CONTINUES ? known.lastTrade : undefined;
  const tradingDate = last ? last.tradingDate : reader.day("tradingDate");
  const missed = flags & HAS_MISSED ? reader.count("missed") : 0;
  let trade: Trade | undefined;
  const trades = reader.list("trades", () => trade = readTrade(reader, trade ?? (last ? last.trade : NO_TRADE)));
  if (trade) known.lastTrade = { tradingDate, trade };
  else if (reset) known.lastTrade = undefined;
  return { symbol: known.symbol, tradingDate, reset, missed, trades };
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
