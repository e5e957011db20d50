/** Trades, each as its difference from the one before. */
import { type Price, PRICE_MAX, type SymbolCode, type Trade } from "../market.ts";
import type { TradeRun } from "../messages.ts";
import type { ByteReader } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";
import { FIELD, FIELD_MAX, FIELD_MIN } from "./quote_base.ts";
import { SIDE_ORDER } from "./wire.ts";

/** The last trade that a connection brought of a symbol, which its next run may build on. */
export interface LastTrade {
  readonly tradingDate: number;
  readonly trade: Trade;
}

type Before = Pick<Trade, "no" | "exchangeTimeMs"> & { readonly price: number };

/** Flags of a run, and of a trade, whose lowest two bits are its side. */
const RUN = { reset: 1, missed: 2, continues: 4 } as const;
const TRADE_FLAG = { side: 3, no: 4, price: 8, unknown: 16 } as const;
const NO_TRADE: Before = { no: 0, price: 0, exchangeTimeMs: 0 };

/** A run, behind its symbol. @param last What the receiver surely has; undefined where that is not known. */
export function writeTrades(writer: ByteWriter, run: TradeRun, last: LastTrade | undefined): void {
  const { tradingDate, reset, missed, trades } = run;
  const base = last && last.tradingDate === tradingDate ? last.trade : undefined;
  writer.count((reset ? RUN.reset : 0) | (missed > 0 ? RUN.missed : 0) | (base ? RUN.continues : 0));
  if (!base) writer.count(tradingDate);
  if (missed > 0) writer.count(missed);
  writer.count(trades.length);
  let before: Before = base ?? NO_TRADE;
  for (const trade of trades) {
    const follows = trade.no === before.no + 1;
    const moved = trade.price !== before.price;
    writer.count(
      SIDE_ORDER.indexOf(trade.side) | (follows ? 0 : TRADE_FLAG.no) | (moved ? TRADE_FLAG.price : 0),
    );
    if (!follows) writer.signed(trade.no - before.no);
    if (moved) writer.signed(trade.price - before.price);
    writer.scaled(trade.size);
    writer.scaled(trade.exchangeTimeMs - before.exchangeTimeMs);
    before = trade;
  }
}

/** See {@link writeTrades}. */
export function readTrades(reader: ByteReader, symbol: SymbolCode, last: LastTrade | undefined): TradeRun {
  const flags = reader.count("flags");
  const continues = (flags & RUN.continues) !== 0;
  if (continues && !last) reader.fail("flags", "it builds on a trade, and none came before it");
  const tradingDate = continues && last ? last.tradingDate : reader.count("tradingDate");
  const missed = flags & RUN.missed ? reader.count("missed") : 0;
  reader.check("tradingDate", tradingDate, FIELD_MIN[FIELD.tradingDate] ?? 0, FIELD_MAX[FIELD.tradingDate] ?? 0);
  let before: Before = continues && last ? last.trade : NO_TRADE;
  const trades = reader.list("trades", () => {
    const trade = readTrade(reader, before);
    before = trade;
    return trade;
  });
  return { symbol, tradingDate, reset: (flags & RUN.reset) !== 0, missed, trades };
}

function readTrade(reader: ByteReader, before: Before): Trade {
  const flags = reader.count("side");
  const side = SIDE_ORDER[flags & TRADE_FLAG.side];
  if (!side) reader.fail("side", "it is no side that is known here");
  const no = before.no + (flags & TRADE_FLAG.no ? reader.signed("no") : 1);
  const price = before.price + (flags & TRADE_FLAG.price ? reader.signed("price") : 0);
  const size = reader.scaled("size");
  const exchangeTimeMs = before.exchangeTimeMs + reader.scaled("exchangeTimeMs");
  reader.skip(Math.floor(flags / TRADE_FLAG.unknown));
  reader.check("no", no, 1, Number.MAX_SAFE_INTEGER);
  reader.check("price", price, 0, PRICE_MAX);
  reader.check("size", size, 0, Number.MAX_SAFE_INTEGER);
  reader.check("exchangeTimeMs", exchangeTimeMs, 0, Number.MAX_SAFE_INTEGER);
  return { no, price: price as Price, size, side: side ?? "auction", exchangeTimeMs };
}

/** What the next run may build on, after `run`. */
export function lastTradeOf({ tradingDate, trades }: TradeRun): LastTrade | undefined {
  const trade = trades[trades.length - 1];
  return trade && { tradingDate, trade };
}
