/** What the exchange knows of books and trades, in the words of the messages. */
import type { Depth, DepthLevel, Price, Trade } from "../../shared/mod.ts";
import type { Levels, Market } from "../exchange/market/market.ts";
import type { Trade as ExchangeTrade } from "../exchange/market/trade_ring.ts";

/** A stock's book as it is now. */
export function bookOf(market: Market, symbol: string): Depth {
  const { bids, asks, indicative } = market.depth(symbol);
  const { outsideVolume, insideVolume } = market.tape(symbol);
  return {
    bids: bids.map(levelOf),
    asks: asks.map(levelOf),
    outsideVolume,
    insideVolume,
    indicativePrice: indicative.price as Price,
    indicativeVolume: indicative.matched,
  };
}

function levelOf({ price, size }: Levels[number]): DepthLevel {
  return [price as Price, size];
}

/** @param midnightMs Midnight in Shanghai, in milliseconds since 1970-01-01 UTC. */
export function tradeOf({ number, msOfDay, price, size, takerSide }: ExchangeTrade, midnightMs: number): Trade {
  const side = takerSide === 0 ? "auction" : takerSide > 0 ? "buy" : "sell";
  return { no: number, price: price as Price, size, side, exchangeTimeMs: midnightMs + msOfDay };
}
