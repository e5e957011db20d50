import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { auditBook } from "./audit_book.ts";
import { NaiveBook, type NaiveOrder, type NaiveTrade } from "./naive_book.ts";
import { OrderBook } from "./order_book.ts";
import { BUY, type OrderRules, SELL, type Side } from "./order_rules.ts";

const RULES: OrderRules = { tickSize: 1, lot: 100, sizeStep: 100, sizeMax: 1_000_000, limitUp: 1_100, limitDown: 900 };

function tracedBook(rules: OrderRules = RULES) {
  const trades: NaiveTrade[] = [];
  const parties: [number, number][] = [];
  const book = new OrderBook(rules, (price, size, takerSide, buyId, sellId) => {
    trades.push({ price, size, takerSide });
    parties.push([buyId, sellId]);
  });
  return { book, trades, parties };
}

Deno.test("a new order takes the best price first, then the older order, at the resting order's price", () => {
  const { book, trades, parties } = tracedBook();
  const late = book.submit(SELL, 1_002, 300);
  const first = book.submit(SELL, 1_001, 200);
  const second = book.submit(SELL, 1_001, 400);
  const buyer = book.submit(BUY, 1_002, 1_000);
  assertEquals(trades, [
    { price: 1_001, size: 200, takerSide: BUY },
    { price: 1_001, size: 400, takerSide: BUY },
    { price: 1_002, size: 300, takerSide: BUY },
  ]);
  assertEquals(parties.map(([, sellId]) => sellId), [first, second, late]);
  assertEquals([book.bids.bestPrice, book.bids.bestSize, book.asks.bestPrice], [1_002, 100, 0]);
  assertEquals(book.cancel(buyer), 100);
  assertEquals(book.cancel(buyer), 0);
  auditBook(book);
});

Deno.test("a partly matched order keeps its place in the queue", () => {
  const { book, parties } = tracedBook();
  const first = book.submit(BUY, 1_000, 500);
  const second = book.submit(BUY, 1_000, 500);
  book.submit(SELL, 1_000, 300);
  book.submit(SELL, 1_000, 300);
  assertEquals(parties.map(([buyId]) => buyId), [first, first, second]);
  assertEquals(book.bids.bestSize, 400);
});

Deno.test("a market order takes five levels at most and cancels the rest", () => {
  const { book, trades } = tracedBook();
  for (let i = 0; i < 7; i++) book.submit(SELL, 1_000 + i, 100);
  assertEquals(book.submitMarket(BUY, 1_000), 500);
  assertEquals(trades.at(-1)?.price, 1_004);
  assertEquals([book.bids.count, book.asks.count, book.asks.bestPrice], [0, 2, 1_005]);
  assertEquals(book.submitMarket(SELL, 100), 0);
  auditBook(book);
});

Deno.test("a market order stops at the price that its owner agreed to", () => {
  const { book, trades } = tracedBook();
  for (const price of [1_000, 1_002, 1_004]) book.submit(SELL, price, 100);
  assertEquals(book.submitMarket(BUY, 1_000, 1_003), 200);
  assertEquals(book.submitMarket(BUY, 1_000, 1_003), 0);
  for (const price of [990, 988]) book.submit(BUY, price, 100);
  assertEquals(book.submitMarket(SELL, 1_000, 989), 100);
  assertEquals(trades.map(({ price }) => price), [1_000, 1_002, 990]);
  auditBook(book);
});

Deno.test("an order that breaks the day's rules is refused and changes nothing", () => {
  const { book } = tracedBook();
  const star = tracedBook({ ...RULES, lot: 200, sizeStep: 1 }).book;
  const cases: readonly (readonly [OrderBook, Side, number, number, string])[] = [
    [book, BUY, 1_101, 100, "the price 1101"],
    [book, SELL, 899, 100, "the price 899"],
    [book, BUY, 1_000.5, 100, "the price 1000.5"],
    [book, BUY, NaN, 100, "the price NaN"],
    [book, BUY, 1_000, 150, "150 shares; a buyer may order 100 to 1000000 by 100"],
    [book, BUY, 1_000, 0, "0 shares"],
    [book, BUY, 1_000, 1_000_100, "1000100 shares"],
    [book, SELL, 1_000, -100, "-100 shares"],
    [star, BUY, 1_000, 199, "200 to 1000000 by 1"],
  ];
  for (const [target, side, price, size, message] of cases) {
    assertThrows(() => target.submit(side, price, size), RangeError, message);
    assertThrows(() => target.collect(side, price, size), RangeError, message);
  }
  assertEquals([book.pool.liveCount, book.ledger.submittedBuy, star.pool.liveCount], [0, 0, 0]);
  star.submit(BUY, 1_000, 201);
  assertEquals(star.bids.bestSize, 201);
});

Deno.test("an odd rest may be sold, never bought", () => {
  const { book, trades } = tracedBook();
  book.submit(BUY, 1_000, 100);
  book.submit(SELL, 1_000, 37);
  assertEquals(trades, [{ price: 1_000, size: 37, takerSide: SELL }]);
  assertThrows(() => book.submit(BUY, 1_000, 37), RangeError, "a buyer may order");
  auditBook(book);
});

Deno.test("at the limit only one side stands, and its queue is served in order of time", () => {
  const { book, parties } = tracedBook();
  const queue = [book.submit(BUY, 1_100, 1_000), book.submit(BUY, 1_100, 2_000)];
  assertThrows(() => book.submit(BUY, 1_101, 100), RangeError);
  book.submit(SELL, 1_100, 1_100);
  assertEquals(parties.map(([buyId]) => buyId), queue);
  assertEquals([book.asks.count, book.bids.bestPrice, book.bids.bestSize], [0, 1_100, 1_900]);
});

Deno.test("an id is never used twice in a day, even when its slot is", () => {
  const { book } = tracedBook();
  const seen = new Set<number>();
  let last = 0;
  for (let i = 0; i < 1_000; i++) {
    const id = book.submit(BUY, 950 + (i % 7), 100);
    assert(id > last && !seen.has(id));
    seen.add(last = id);
    if (i % 3 !== 0) book.cancel(id);
    assertEquals(book.cancel(id - 1), 0);
  }
  auditBook(book);
});

Deno.test("what happens behind the fifth level changes no picture", () => {
  const { book } = tracedBook();
  for (let i = 0; i < 6; i++) book.submit(BUY, 1_000 - i, 100);
  const { changes } = book;
  const deep = book.submit(BUY, 950, 100);
  book.submit(BUY, 995, 100);
  book.cancel(deep);
  assertEquals(book.changes, changes);
  book.submit(BUY, 996, 100);
  assert(book.changes > changes);
});

Deno.test("rules that no order could keep are refused", () => {
  const refuse = (change: Partial<OrderRules>, message: string) =>
    assertThrows(() => new OrderBook({ ...RULES, ...change }, () => {}), RangeError, message);
  refuse({ tickSize: 0 }, "tickSize must be a whole number above 0");
  refuse({ lot: 0.5 }, "lot must be a whole number");
  refuse({ sizeMax: 50 }, "less than one lot");
  refuse({ limitUp: 10.5 }, "limitUp must be 0 or a multiple");
  refuse({ tickSize: 3 }, "limitUp must be 0 or a multiple of the price step 3");
  refuse({ limitDown: 1_101 }, "lies above limitUp");
});

type Step = readonly [
  kind: "submit" | "market" | "cancel" | "collect" | "uncross",
  side: Side,
  offset: number,
  n: number,
];

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.tuple(
    fc.constantFrom("submit", "submit", "submit", "market", "cancel", "collect", "uncross"),
    fc.constantFrom<Side>(BUY, SELL),
    fc.integer({ min: -6, max: 6 }),
    fc.integer({ min: 1, max: 40 }),
  ) as fc.Arbitrary<Step>,
  { maxLength: 120, size: "max" },
);

Deno.test("the book does what a book on paper does, whatever happens, and no share appears or is lost", () => {
  fc.assert(
    fc.property(steps, (steps) => {
      const { book, trades } = tracedBook();
      const paper = new NaiveBook();
      const ids: [number, NaiveOrder][] = [];
      let crossed = false;
      let picture = "";
      let changes = -1;
      for (const [kind, side, offset, n] of steps) {
        const price = 1_000 + offset;
        if (kind === "collect") {
          ids.push([book.collect(side, price, n * 100), paper.collect(side, price, n * 100)]);
          crossed = true;
        } else if (kind === "cancel") {
          const pair = ids[n % Math.max(1, ids.length)];
          if (pair) assertEquals(book.cancel(pair[0]), paper.cancel(pair[1]));
        } else if (kind === "uncross" || crossed) {
          // At the middle of what crosses, some orders stay crossed elsewhere: only an auction's own price leaves none.
          if (!isClean(paper, price)) continue;
          book.uncross(price);
          paper.uncross(price);
          crossed = false;
        } else if (kind === "market") {
          book.submitMarket(side, n * 100, 0, 1 + (n % 5));
          paper.submitMarket(side, n * 100, 1 + (n % 5));
        } else {
          const id = book.submit(side, price, n * 100);
          const order = paper.submit(side, price, n * 100);
          assertEquals(id !== 0, order !== undefined);
          if (order) ids.push([id, order]);
        }
        auditBook(book, crossed);
        const now = JSON.stringify([BUY, SELL].map((side) => levels(book, side).slice(0, 5)));
        if (book.changes === changes) assertEquals(now, picture);
        picture = now;
        changes = book.changes;
        assertEquals(trades, paper.trades);
        assertEquals(levels(book, BUY), paperLevels(paper, BUY));
        assertEquals(levels(book, SELL), paperLevels(paper, SELL));
      }
    }),
    { numRuns: 150 },
  );
});

/** True when matching at `price` leaves no bid at or above an ask. */
function isClean(paper: NaiveBook, price: number): boolean {
  const bought = paper.side(BUY).filter((order) => order.price >= price);
  const sold = paper.side(SELL).filter((order) => order.price <= price);
  const sum = (orders: NaiveOrder[]) => orders.reduce((total, { size }) => total + size, 0);
  const matched = Math.min(sum(bought), sum(sold));
  return sum(bought.filter((order) => order.price > price)) <= matched &&
    sum(sold.filter((order) => order.price < price)) <= matched;
}

function levels(book: OrderBook, side: Side): [number, number][] {
  const { [side === BUY ? "bids" : "asks"]: queue } = book;
  return Array.from({ length: queue.count }, (_, depth) => [queue.priceAt(depth), queue.sizeAt(depth)]);
}

function paperLevels(paper: NaiveBook, side: Side): [number, number][] {
  const sizes = new Map<number, number>();
  for (const { price, size } of paper.side(side)) sizes.set(price, (sizes.get(price) ?? 0) + size);
  return [...sizes];
}
