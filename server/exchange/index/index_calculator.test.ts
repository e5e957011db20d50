import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { price, type SymbolCode } from "../../../shared/mod.ts";
import { SHANGHAI_CALENDAR as CALENDAR } from "../calendar/trading_calendar.ts";
import { type DatedStock, dateStock } from "../listing/dated_listing.ts";
import { loadListing } from "../listing/load_listing.ts";
import { loadIndices } from "./definition.ts";
import { IndexBoard } from "./index_board.ts";
import { checkedSum, IndexCalculator } from "./index_calculator.ts";
import { selectMembers } from "./membership.ts";

const member = (lastPrice: number, weight: number) => ({ lastPrice, weight });

Deno.test("an index moves by the value of its members", () => {
  const index = new IndexCalculator(price(100_000), [member(100, 3), member(100, 1)]);
  assertEquals(index.level, price(100_000));
  index.tick(0, 110);
  assertEquals(index.level, price(107_500));
  index.tick(1, 70);
  assertEquals(index.level, price(100_000));
});

const MEMBER = fc.record({
  weight: fc.integer({ min: 1, max: 50_000_000 }),
  lastPrice: fc.integer({ min: 1, max: 200_000 }),
});
const MEMBERS = fc.array(MEMBER, { minLength: 1, maxLength: 40 });
const TICKS = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 200_000 })), { maxLength: 200 });

Deno.test("kept up tick by tick, an index is what the formula gives on its members", () => {
  fc.assert(fc.property(MEMBERS, TICKS, fc.integer({ min: 100, max: 1_000_000 }), (members, ticks, level) => {
    const index = new IndexCalculator(price(level), members);
    const now = members.map((each) => ({ ...each }));
    const divisor = checkedSum(now) / level;
    for (const [draw, lastPrice] of ticks) {
      const target = now[draw % now.length];
      if (!target) continue;
      target.lastPrice = lastPrice;
      index.tick(draw % now.length, lastPrice);
      const formula = Math.min(1_000_000_000, Math.max(1, Math.round(checkedSum(now) / divisor)));
      assertEquals(index.level, price(formula));
    }
  }));
});

Deno.test("other members, weights or bonus shares do not move a level, whatever went before", () => {
  const level = fc.integer({ min: 1_000, max: 1_000_000 });
  fc.assert(fc.property(MEMBERS, TICKS, MEMBERS, level, (members, ticks, others, start) => {
    const index = new IndexCalculator(price(start), members);
    for (const [draw, lastPrice] of ticks) index.tick(draw % members.length, lastPrice);
    const before = index.level;
    index.rebase(others);
    assert(Math.abs(index.level - before) <= 1, `${before} became ${index.level}`);
    assertEquals(index.memberCount, others.length);
    index.rebase(others);
    assert(Math.abs(index.level - before) <= 1);
  }));
});

Deno.test("a bonus issue leaves the level where it was, and a dividend lets it fall with the price", () => {
  const index = new IndexCalculator(price(300_000), [member(2_000, 10), member(1_000, 20)]);
  // 10送10: twice the shares at half the close.
  index.reweigh(0, member(1_000, 20));
  assertEquals(index.level, price(300_000));
  // 10派10元 on 10.00: the divisor stays, and the first trade at 9.00 takes the level down.
  index.tick(1, 900);
  assertEquals(index.level, price(285_000));
});

Deno.test("reweighing one member does what replacing all of them with it changed does", () => {
  fc.assert(fc.property(MEMBERS, fc.nat(), MEMBER, TICKS, (members, draw, changed, ticks) => {
    const at = draw % members.length;
    const [one, other] = [new IndexCalculator(price(300_000), members), new IndexCalculator(price(300_000), members)];
    one.reweigh(at, changed);
    other.rebase(members.with(at, changed));
    for (const [i, lastPrice] of ticks) {
      for (const index of [one, other]) index.tick(i % members.length, lastPrice);
      assert(Math.abs(one.level - other.level) <= 1);
    }
  }));
});

Deno.test("an index goes on after a restart with its divisor", () => {
  const members = [member(2_000, 10), member(1_000, 20)];
  const index = new IndexCalculator(price(123_456), members);
  index.tick(0, 2_345);
  const again = new IndexCalculator(price(1), [member(2_345, 10), member(1_000, 20)]);
  again.resume(index.divisor);
  assertEquals(again.level, index.level);
});

Deno.test("members that make no sum, and ticks for nobody, are refused", () => {
  const start = (...members: ReturnType<typeof member>[]) => () => new IndexCalculator(price(100), members);
  assertThrows(start(), RangeError, "An index needs members");
  assertThrows(start(member(0, 1)), RangeError, "a weight and a price above 0");
  assertThrows(start(member(1, 0.5)), RangeError, "a weight and a price above 0");
  assertThrows(start(member(2 ** 40, 2 ** 20)), RangeError, "can be kept exactly");
  assertThrows(() => new IndexCalculator(price(0), [member(1, 1)]), RangeError, "begins above 0");
  const index = new IndexCalculator(price(100), [member(1, 1)]);
  assertThrows(() => index.tick(1, 5), RangeError, "has 1 members, and none of number 1");
  assertThrows(() => index.resume(0), RangeError, "A divisor is above 0");
});

const STOCKS = loadListing().stocks.map((stock) => dateStock(stock, 20261120, CALENDAR));

function wholeBoard(prices: ReadonlyMap<string, number>): IndexBoard {
  const priceOf = ({ symbol }: DatedStock) => prices.get(symbol) ?? 0;
  const context = { date: 20261120, priceOf, calendar: CALENDAR };
  const indices = loadIndices().map((definition) => ({
    definition,
    members: selectMembers(definition, STOCKS, context),
    level: definition.baseLevel,
  }));
  return new IndexBoard(indices, priceOf);
}

Deno.test("every index of the market follows its members' trades, level, volume and turnover", () => {
  const prices = new Map<string, number>(STOCKS.map(({ symbol, basePrice }) => [symbol, basePrice]));
  const board = wholeBoard(prices);
  const trades = fc.array(fc.tuple(fc.nat(STOCKS.length - 1), fc.integer({ min: 90, max: 111 }), fc.nat(100)), {
    minLength: 1,
    maxLength: 100,
  });
  const volumes = new Map<SymbolCode, { volume: number; turnover: number }>();
  fc.assert(
    fc.property(trades, (list) => {
      for (const [i, percent, lots] of list) {
        const stock = STOCKS[i]!;
        const lastPrice = Math.max(1, Math.round((stock.basePrice * percent) / 100));
        prices.set(stock.symbol, lastPrice);
        const known = volumes.get(stock.symbol) ?? { volume: 0, turnover: 0 };
        const [volume, turnover] = [100 * lots, 100 * lots * lastPrice];
        volumes.set(stock.symbol, { volume: known.volume + volume, turnover: known.turnover + turnover });
        board.trade(stock.symbol, lastPrice, volume, turnover);
      }
      for (const { symbol } of board.definitions) {
        const members = board.members(symbol);
        const sum = checkedSum(members.map(({ stock, weight }) => member(prices.get(stock.symbol) ?? 0, weight)));
        const total = (field: "volume" | "turnover") =>
          members.reduce((all, { stock }) => all + (volumes.get(stock.symbol)?.[field] ?? 0), 0);
        assertEquals(board.figures(symbol), {
          level: price(Math.round(sum / board.divisor(symbol))),
          volume: total("volume"),
          turnover: total("turnover"),
        });
      }
    }),
    { numRuns: 30 },
  );
  board.startDay();
  assertEquals(board.figures("000300.SH").volume, 0);
});

Deno.test("an index of the board takes new members without moving, and follows them from then on", () => {
  const prices = new Map<string, number>(STOCKS.map(({ symbol, basePrice }) => [symbol, basePrice]));
  const board = wholeBoard(prices);
  const priceOf = ({ basePrice }: DatedStock) => basePrice;
  const before = board.figures("000688.SH").level;
  const [first, ...others] = board.members("000688.SH");
  assert(first);
  board.rebase("000688.SH", others, priceOf);
  assert(Math.abs(board.figures("000688.SH").level - before) <= 1);
  board.trade(first.stock.symbol, first.stock.basePrice * 2, 100, 100);
  assert(Math.abs(board.figures("000688.SH").level - before) <= 1, "it no longer listens to the one that left");
  assertEquals(board.figures("000688.SH").volume, 0);
  board.trade(others[0]!.stock.symbol, others[0]!.stock.basePrice * 2, 100, 100);
  assert(board.figures("000688.SH").level > before + 100);
  assertThrows(() => board.figures("000016.SH"), RangeError, "No index has the symbol 000016.SH");
  board.resume("000688.SH", board.divisor("000688.SH") * 2);
  assert(board.figures("000688.SH").level < before);
});

Deno.test("a bonus issue moves no index of the board, and its new shares count from then on", () => {
  const prices = new Map<string, number>(STOCKS.map(({ symbol, basePrice }) => [symbol, basePrice]));
  const board = wholeBoard(prices);
  const levels = () => board.definitions.map(({ symbol }) => board.figures(symbol).level);
  const weight = () => board.members("000001.SH").find(({ stock }) => stock.symbol === "600519.SH")?.weight ?? NaN;
  const [before, weightBefore] = [levels(), weight()];
  board.issueBonus("600519.SH", { exDate: 20261123, cashPer10: 3_000, bonusPer10: 10 }, price(143_000));
  levels().forEach((level, i) => assert(Math.abs(level - (before[i] ?? NaN)) <= 1));
  assertEquals(weight(), 2 * weightBefore);
  // Each new share is half an old one, which was paid 3.00: 715.00 − 1.50.
  board.trade("600519.SH", 71_350, 100, 100);
  const sum = checkedSum(
    board.members("000001.SH").map(({ stock, weight }) =>
      member(stock.symbol === "600519.SH" ? 71_350 : prices.get(stock.symbol) ?? 0, weight)
    ),
  );
  assertEquals(board.figures("000001.SH").level, price(Math.round(sum / board.divisor("000001.SH"))));
  const now = levels();
  board.issueBonus("600519.SH", { exDate: 20261124, cashPer10: 3_000, bonusPer10: 0 }, price(71_350));
  board.issueBonus("920185.BJ", { exDate: 20261124, cashPer10: 0, bonusPer10: 5 }, price(3_025));
  assertEquals(levels(), now, "cash changes no weight, and a stock of no index changes nothing");
});
