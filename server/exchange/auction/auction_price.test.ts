import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { auditBook } from "../book/audit_book.ts";
import { OrderBook } from "../book/order_book.ts";
import { BUY, SELL, type Side } from "../book/order_rules.ts";
import { type AuctionPrice, auctionPrice, type AuctionTerms } from "./auction_price.ts";

type Order = readonly [side: Side, price: number, lots: number];

function bookOf(orders: readonly Order[], tickSize = 1): OrderBook {
  const rules = { tickSize, lot: 100, sizeStep: 100, sizeMax: 1_000_000, limitUp: 0, limitDown: 0 };
  const book = new OrderBook(rules, () => {});
  for (const [side, price, lots] of orders) book.collect(side, price, lots * 100);
  return book;
}

const SHANGHAI: AuctionTerms = { tieBreak: "middle", referencePrice: 1_000, tickSize: 1 };
const SHENZHEN: AuctionTerms = { tieBreak: "nearest", referencePrice: 1_000, tickSize: 1 };

function priceOf(orders: readonly Order[], terms: AuctionTerms): AuctionPrice {
  const book = bookOf(orders, terms.tickSize);
  return auctionPrice(book.bids, book.asks, terms);
}

Deno.test("no price when no bid reaches an ask", () => {
  const none = { price: 0, matched: 0, unmatched: 0 };
  assertEquals(priceOf([], SHANGHAI), none);
  assertEquals(priceOf([[BUY, 1_000, 5]], SHENZHEN), none);
  assertEquals(priceOf([[BUY, 999, 5], [SELL, 1_000, 5]], SHANGHAI), none);
});

Deno.test("the price with the largest volume wins", () => {
  const orders: Order[] = [[BUY, 1_003, 2], [BUY, 1_002, 6], [BUY, 1_001, 4], [SELL, 1_000, 3], [SELL, 1_002, 4]];
  for (const terms of [SHANGHAI, SHENZHEN]) {
    assertEquals(priceOf(orders, terms), { price: 1_002, matched: 700, unmatched: 100 });
  }
});

Deno.test("a price that leaves a better bid unfilled is no candidate, though as much would trade there", () => {
  // At 1 000 as at 1 001 one lot of two trades, but at 1 000 the bid above it would wait.
  const orders: Order[] = [[BUY, 1_001, 2], [SELL, 1_000, 1]];
  assertEquals(priceOf(orders, SHANGHAI), { price: 1_001, matched: 100, unmatched: 100 });
  assertEquals(priceOf(orders, SHENZHEN), { price: 1_001, matched: 100, unmatched: 100 });
});

Deno.test("of equally good prices Shanghai takes the middle, Shenzhen the nearest to its reference", () => {
  const orders: Order[] = [[BUY, 1_010, 5], [SELL, 1_003, 5]];
  const at = (terms: AuctionTerms) => priceOf(orders, terms).price;
  // 1 006.5 is rounded half up.
  assertEquals(at(SHANGHAI), 1_007);
  assertEquals(at(SHENZHEN), 1_003);
  assertEquals(at({ ...SHENZHEN, referencePrice: 1_005 }), 1_005);
  assertEquals(at({ ...SHENZHEN, referencePrice: 1_200 }), 1_010);
});

Deno.test("buyers left over weigh as much as sellers left over: the middle lies between, and fills both", () => {
  const orders: Order[] = [[BUY, 1_000, 3], [BUY, 1_006, 5], [SELL, 1_000, 5], [SELL, 1_006, 3]];
  assertEquals(priceOf(orders, SHANGHAI), { price: 1_003, matched: 500, unmatched: 0 });
  assertEquals(priceOf(orders, { ...SHENZHEN, referencePrice: 1_005 }), { price: 1_005, matched: 500, unmatched: 0 });
});

const orders: fc.Arbitrary<Order[]> = fc.array(
  fc.tuple(fc.constantFrom<Side>(BUY, SELL), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 6 })),
  { maxLength: 14, size: "max" },
);

Deno.test("the price is the one that the rule's own words give, tried on every price", () => {
  let crossed = 0;
  fc.assert(
    fc.property(
      orders,
      fc.constantFrom<AuctionTerms["tieBreak"]>("middle", "nearest"),
      fc.integer({ min: 0, max: 9 }),
      fc.constantFrom(1, 5),
      (raw, tieBreak, reference, tickSize) => {
        const terms = { tieBreak, referencePrice: (200 + reference) * tickSize, tickSize };
        const placed = raw.map(([side, step, lots]): Order => [side, (200 + step) * tickSize, lots]);
        const result = priceOf(placed, terms);
        assertEquals(result, byTheWordsOfTheRule(placed, terms));
        if (result.price === 0) return;
        crossed++;
        const book = bookOf(placed, tickSize);
        assertEquals(book.uncross(result.price), result.matched);
        // What was announced as left over now stands first in the queue, at the auction's price.
        if (result.unmatched !== 0) {
          const left = result.unmatched > 0 ? book.bids : book.asks;
          assertEquals([left.bestPrice, left.bestSize], [result.price, Math.abs(result.unmatched)]);
        }
        auditBook(book);
      },
    ),
    { numRuns: 3_000 },
  );
  assert(crossed > 1_500, `only ${crossed} cases crossed`);
});

/** Tries every price with a loop over every order. */
function byTheWordsOfTheRule(orders: readonly Order[], { tieBreak, referencePrice, tickSize }: AuctionTerms) {
  const shares = (side: Side, allowed: (price: number) => boolean) =>
    orders.reduce((sum, [own, price, lots]) => sum + (own === side && allowed(price) ? lots * 100 : 0), 0);
  const at = (price: number) => {
    const bid = shares(BUY, (own) => own >= price);
    const offered = shares(SELL, (own) => own <= price);
    const matched = Math.min(bid, offered);
    const betterFilled = shares(BUY, (own) => own > price) <= matched && shares(SELL, (own) => own < price) <= matched;
    const oneSideFilled = bid === matched || offered === matched;
    return { price, matched, unmatched: bid - offered, holds: betterFilled && oneSideFilled };
  };
  const every = Array.from({ length: 12 }, (_, step) => at((199 + step) * tickSize));
  const most = Math.max(...every.map(({ matched }) => matched));
  if (most === 0) return { price: 0, matched: 0, unmatched: 0 };
  const isOrderPrice = (price: number) => orders.some((order) => order[1] === price);
  const candidates = every.filter(({ price, matched, holds }) =>
    matched === most && holds && (tieBreak === "nearest" || isOrderPrice(price))
  );
  const least = Math.min(...candidates.map(({ unmatched }) => Math.abs(unmatched)));
  const best = candidates.filter(({ unmatched }) => Math.abs(unmatched) === least).map(({ price }) => price);
  const middle = Math.round(((best.at(0) ?? 0) + (best.at(-1) ?? 0)) / (2 * tickSize)) * tickSize;
  const nearest = best.toSorted((a, b) => Math.abs(a - referencePrice) - Math.abs(b - referencePrice) || b - a)[0] ?? 0;
  const { price, matched, unmatched } = at(tieBreak === "middle" ? middle : nearest);
  return { price, matched, unmatched };
}
