/** The whole truth about a book, looked up order by order: too slow for every event of a day, right for tests and for doubts. */
import type { BookSide } from "./book_side.ts";
import { NO_SLOT } from "./order_pool.ts";
import type { OrderBook } from "./order_book.ts";
import { BUY, isPriceAllowed } from "./order_rules.ts";

/**
 * @param crossed True while an auction collects orders: bids may then stand above asks.
 * @throws Error naming the rule that the book breaks.
 */
export function auditBook(book: OrderBook, crossed = false): void {
  const bids = auditSide(book, book.bids);
  const asks = auditSide(book, book.asks);
  must(bids.orders + asks.orders === book.pool.liveCount, "every live order stands in exactly one queue");
  const { submittedBuy, submittedSell, cancelledBuy, cancelledSell, traded } = book.ledger;
  must(
    submittedBuy === traded + cancelledBuy + bids.shares,
    "every share bid for was bought, cancelled or still waits",
  );
  must(
    submittedSell === traded + cancelledSell + asks.shares,
    "every share offered was sold, cancelled or still waits",
  );
  if (!crossed && book.bids.count > 0 && book.asks.count > 0) {
    must(book.bids.bestPrice < book.asks.bestPrice, "the best bid is below the best ask");
  }
}

function auditSide(book: OrderBook, side: BookSide): { orders: number; shares: number } {
  const { pool } = book;
  let orders = 0;
  let shares = 0;
  for (let level = 0; level < side.count; level++) {
    const key = side.keys[level]!;
    must(level === 0 || side.keys[level - 1]! < key, "levels are sorted and no price has two");
    must(
      isPriceAllowed(side.side * key, book.rules),
      "a level's price is a multiple of the step and within the limits",
    );
    let size = 0;
    let before = NO_SLOT;
    for (let slot = side.heads[level]!; slot !== NO_SLOT; slot = pool.behind[slot]!) {
      must(pool.keys[slot] === key, "an order stands at its own price");
      must(pool.sizes[slot]! > 0, "an order that waits has shares left");
      must(pool.ahead[slot] === before, "a queue reads the same from both ends");
      must(before === NO_SLOT || pool.ids[before]! < pool.ids[slot]!, "the older order stands ahead");
      must(pool.slotOf(pool.ids[slot]!) === slot, "an order is found by its id");
      must(pool.live[pool.places[slot]!] === slot, "an order is listed as live");
      size += pool.sizes[slot]!;
      orders++;
      before = slot;
    }
    must(side.tails[level] === before, "a level knows its last order");
    must(size > 0 && side.sizes[level] === size, "a level's size is the sum of its orders");
    shares += size;
  }
  return { orders, shares };

  function must(truth: boolean, rule: string): void {
    if (!truth) throw new Error(`Order book, ${side.side === BUY ? "bids" : "asks"}: ${rule}, and here it is not so`);
  }
}

function must(truth: boolean, rule: string): void {
  if (!truth) throw new Error(`Order book: ${rule}, and here it is not so`);
}
