/**
 * The price of a call auction.
 *
 * All exchanges ask for a price (1) at which most shares trade, (2) at which every bid above it and every ask below it is
 * filled, and (3) at which at least one side is filled whole. Where several prices remain, they differ:
 *
 * - `middle`, Shanghai (上海证券交易所交易规则, 集合竞价成交价的确定): of the order prices, those that leave the fewest shares unmatched;
 *   of several such, the price in their middle, here (lowest + highest) ÷ 2, rounded half up to the price step.
 * - `nearest`, Shenzhen and Beijing (深圳证券交易所交易规则 and 北京证券交易所交易规则, same heading): of all prices, those with the
 *   smallest difference between the shares bid at or above and those offered at or below; of several such, the one nearest to a
 *   reference: prevClose in the opening auction, the latest trade in the closing one. Two equally near ones are not ruled on; the
 *   higher is taken here.
 */
import type { BookSide } from "../book/book_side.ts";

export type TieBreak = "middle" | "nearest";

export interface AuctionTerms {
  readonly tieBreak: TieBreak;
  /** Price that `nearest` goes towards, in units of 0.01 CNY. */
  readonly referencePrice: number;
  /** In units of 0.01 CNY. */
  readonly tickSize: number;
}

export interface AuctionPrice {
  /** In units of 0.01 CNY; 0 when no bid reaches an ask. */
  price: number;
  /** Shares that trade at this price. */
  matched: number;
  /** Shares that do not although their price allows it: above 0 for buyers left over, below 0 for sellers. */
  unmatched: number;
}

export const NO_AUCTION_PRICE: Readonly<AuctionPrice> = { price: 0, matched: 0, unmatched: 0 };

/** The price at which the auction would end now. One pass over the levels that cross. */
export function auctionPrice(bids: BookSide, asks: BookSide, terms: AuctionTerms): AuctionPrice {
  const lowest = asks.bestPrice;
  const highest = bids.bestPrice;
  if (lowest === 0 || highest < lowest) return { ...NO_AUCTION_PRICE };

  const search = new Search(terms);
  // Walks upwards from the lowest ask to the highest bid, over the prices at which either side has orders.
  let bid = lowestCrossing(bids, lowest);
  let ask = asks.count - 1;
  let bidShares = 0;
  for (let level = bid; level < bids.count; level++) bidShares += bids.sizes[level]!;
  let askShares = 0;
  let price = lowest;
  while (price <= highest) {
    const bidHere = bid < bids.count && bids.keys[bid]! === price ? bids.sizes[bid++]! : 0;
    const askHere = ask >= 0 && -asks.keys[ask]! === price ? asks.sizes[ask--]! : 0;
    askShares += askHere;
    search.consider(price, price, bidShares, askShares, bidHere, askHere);
    bidShares -= bidHere;
    const next = Math.min(bid < bids.count ? bids.keys[bid]! : Infinity, ask >= 0 ? -asks.keys[ask]! : Infinity);
    if (terms.tieBreak === "nearest" && next <= highest && next - price > terms.tickSize) {
      search.consider(price + terms.tickSize, next - terms.tickSize, bidShares, askShares, 0, 0);
    }
    price = next;
  }
  return search.result();
}

/** Keeps the best prices seen so far, as a range: those that tie lie side by side. */
class Search {
  readonly #terms: AuctionTerms;
  #matched = 0;
  #imbalance = Infinity;
  #unmatched = 0;
  #low = 0;
  #high = 0;
  #nearest = 0;
  #nearestUnmatched = 0;

  constructor(terms: AuctionTerms) {
    this.#terms = terms;
  }

  /**
   * Prices from `low` to `high`, between which nothing changes.
   *
   * @param bidShares Shares bid at or above these prices, of which `bidHere` exactly there.
   * @param askShares Shares offered at or below these prices, of which `askHere` exactly there.
   */
  consider(low: number, high: number, bidShares: number, askShares: number, bidHere: number, askHere: number): void {
    const matched = Math.min(bidShares, askShares);
    if (bidShares - bidHere > matched || askShares - askHere > matched) return;
    const unmatched = bidShares - askShares;
    const imbalance = Math.abs(unmatched);
    if (matched < this.#matched || (matched === this.#matched && imbalance > this.#imbalance)) return;
    if (matched > this.#matched || imbalance < this.#imbalance) {
      this.#matched = matched;
      this.#imbalance = imbalance;
      this.#low = low;
      this.#nearest = 0;
    }
    this.#high = high;
    this.#unmatched = unmatched;
    const { referencePrice } = this.#terms;
    const nearest = Math.min(high, Math.max(low, referencePrice));
    if (this.#nearest === 0 || Math.abs(nearest - referencePrice) <= Math.abs(this.#nearest - referencePrice)) {
      this.#nearest = nearest;
      this.#nearestUnmatched = unmatched;
    }
  }

  result(): AuctionPrice {
    const { tieBreak, tickSize } = this.#terms;
    if (tieBreak === "nearest") {
      return { price: this.#nearest, matched: this.#matched, unmatched: this.#nearestUnmatched };
    }
    const price = Math.floor((this.#low + this.#high) / (2 * tickSize) + 0.5) * tickSize;
    // Of two prices that leave as much over on either side, the one in between leaves nothing, unless they are neighbours.
    return { price, matched: this.#matched, unmatched: price === this.#high ? this.#unmatched : 0 };
  }
}

/** The lowest level at or above `price`. */
function lowestCrossing(bids: BookSide, price: number): number {
  let level = bids.count;
  while (level > 0 && bids.keys[level - 1]! >= price) level--;
  return level;
}
