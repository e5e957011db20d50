import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { auditBook } from "../book/audit_book.ts";
import { OrderBook } from "../book/order_book.ts";
import type { OrderRules } from "../book/order_rules.ts";
import { EfficientPrice } from "../price/efficient_price.ts";
import { DayFactors } from "../price/factor_path.ts";
import { Random } from "../random.ts";
import { OrderFlow } from "./order_flow.ts";
import { QuantileTable } from "./quantile_table.ts";

const RULES: OrderRules = {
  tickSize: 1,
  lot: 100,
  sizeStep: 100,
  sizeMax: 1_000_000,
  limitUp: 4_400,
  limitDown: 3_600,
};

/** A flow around a price that stands still near `price`, in units of 0.01 CNY. */
function flowAround(price: number, rules = RULES) {
  const trades = { count: 0, volume: 0, bought: 0 };
  const book = new OrderBook(rules, (_price, size, side) => {
    trades.count++;
    trades.volume += size;
    if (side === 1) trades.bought += size;
  });
  const still = { basePrice: price, volatility: 1e-9, sector: "none" };
  const state = { logPrice: Math.log(price), slow: { day: 0, month: 0 } };
  const efficient = new EfficientPrice(still, state, new DayFactors(1, 1), Random.stream(1, "price"));
  const traits = { eventsPerDay: 10_000, averageDailyVolume: 20_000_000, volatility: 0.02 };
  const flow = new OrderFlow(traits, book, efficient, Random.stream(1, "flow"));
  flow.enterSlot(60);
  return { book, flow, trades };
}

Deno.test("orders gather around the efficient price, and the book neither runs dry nor overflows", () => {
  const { book, flow, trades } = flowAround(4_000.4);
  let middle = 0;
  for (let i = 0; i < 10_000; i++) {
    flow.act();
    if (i < 500) continue;
    assert(book.bids.count >= 1 && book.asks.count >= 1, `event ${i}`);
    assert(book.pool.liveCount < 1_000);
    middle += (book.bids.bestPrice + book.asks.bestPrice) / 2 / 9_500;
  }
  auditBook(book);
  assertAlmostEquals(middle, 4_000.4, 0.6);
  assert(book.bids.count > 8 && book.asks.count > 8);
  assertAlmostEquals(trades.bought / trades.volume, 0.5, 0.1);
});

Deno.test("an efficient price above the upper limit leaves buyers alone, one below the lower limit sellers", () => {
  const up = flowAround(4_700);
  const down = flowAround(3_300);
  for (let i = 0; i < 2_000; i++) {
    up.flow.act();
    down.flow.act();
    assertEquals([up.book.asks.count, down.book.bids.count], [0, 0]);
  }
  assertEquals([up.book.bids.bestPrice, down.book.asks.bestPrice], [4_400, 3_600]);
  assert(up.trades.count > 0 && down.trades.count > 0);
});

Deno.test("what the price has left behind is taken", () => {
  const { book, flow } = flowAround(4_010);
  for (let price = 3_990; price < 4_000; price++) book.submit(-1, price, 500);
  for (let i = 0; i < 20; i++) flow.act();
  assert(book.asks.count === 0 || book.asks.bestPrice > 4_000);
  assert(book.bids.count > 0);
});

Deno.test("every order has a size that the board allows", () => {
  for (const [lot, sizeStep] of [[100, 100], [200, 1], [100, 1]] as const) {
    const { book, flow } = flowAround(4_000, { ...RULES, lot, sizeStep });
    // The book itself refuses any other size.
    for (let i = 0; i < 2_000; i++) flow.act();
    for (let i = 0; i < 300; i++) flow.actInAuction(i % 2 === 0 ? i / 300 : undefined, i % 3 === 0);
    auditBook(book, true);
  }
});

Deno.test("more of the day's orders come at the open than at noon", () => {
  const { flow } = flowAround(4_000);
  const meanWait = (slot: number) => {
    flow.enterSlot(slot);
    let sum = 0;
    for (let i = 0; i < 3_000; i++) sum += flow.wait() / 3_000;
    return sum;
  };
  assert(meanWait(0) < meanWait(100) / 2);
});

Deno.test("a quantile table draws from its distribution", () => {
  const table = new QuantileTable((share) => -Math.log(1 - share));
  const random = Random.stream(2, "table");
  let sum = 0;
  for (let i = 0; i < 50_000; i++) sum += table.draw(random) / 50_000;
  assertAlmostEquals(sum, 1, 0.02);
  assertAlmostEquals(table.mean, 1, 0.001);
});
