/** What the exchange knows of books and trades, in the words of the messages. */
import type { Depth, DepthLevel, Price, Trade } from "../../shared/mod.ts";
import type { AuctionPrice } from "../exchange/auction/auction_price.ts";
import type { Levels, Market } from "../exchange/market/market.ts";
import type { Trade as ExchangeTrade } from "../exchange/market/trade_ring.ts";

/** A stock's book as it is now, as far as it is published. */
export function bookOf(market: Pick<Market, "depth" | "tape">, symbol: string): Depth {
  const { bids, asks, indicative } = market.depth(symbol);
  const { outsideVolume, insideVolume } = market.tape(symbol);
  const isCrossed = (bids[0]?.price ?? 0) >= (asks[0]?.price ?? Infinity);
  return {
    ...isCrossed ? auctionLevels(indicative) : { bids: bids.map(levelOf), asks: asks.map(levelOf) },
    outsideVolume,
    insideVolume,
    indicativePrice: indicative.price as Price,
    indicativeVolume: indicative.matched,
  };
}

/**
 * The orders that an auction gathers are nobody's to see: both sides stand at its price with what would trade, and behind it,
 * without a price, what is left over. Before the first price is shown there is nothing.
 */
function auctionLevels({ price, matched, unmatched }: Readonly<AuctionPrice>): Pick<Depth, "bids" | "asks"> {
  if (price === 0) return { bids: [], asks: [] };
  const side = (left: number) =>
    [{ price, size: matched }, { price: 0, size: left }].filter(({ size }) => size > 0).map(levelOf);
  return { bids: side(unmatched), asks: side(-unmatched) };
}

function levelOf({ price, size }: Levels[number]): DepthLevel {
  return [price as Price, size];
}

/** @param midnightMs Midnight in Shanghai, in milliseconds since 1970-01-01 UTC. */
export function tradeOf({ number, msOfDay, price, size, takerSide }: ExchangeTrade, midnightMs: number): Trade {
  const side = takerSide === 0 ? "auction" : takerSide > 0 ? "buy" : "sell";
  return { no: number, price: price as Price, size, side, exchangeTimeMs: midnightMs + msOfDay };
}
