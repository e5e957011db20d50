import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { Random } from "../random.ts";
import { EfficientPrice, type PriceState, type PriceTraits } from "./efficient_price.ts";
import { DayFactors, FactorPath, type MarketState, STEPS_PER_DAY } from "./factor_path.ts";
import { nextSlowVolatility } from "./slow_volatility.ts";

const TRAITS: PriceTraits = { basePrice: 4_000, volatility: 0.02, sector: "banks" };
const CALM = { day: 0, month: 0 };
const START: PriceState = { logPrice: Math.log(4_000), slow: CALM };

function priceOf(symbol: string, factors: DayFactors, traits = TRAITS, state = START, shift = 0): EfficientPrice {
  return new EfficientPrice(traits, state, factors, Random.stream(7, `${symbol} ${factors.date}`), shift);
}

/** Returns of `count` days of one stock in each of `sectors`, all in one market. */
function dailyReturns(sectors: readonly string[], count: number): number[][] {
  const states = sectors.map(() => START);
  const returns = sectors.map((): number[] => []);
  let market: MarketState | undefined;
  for (let date = 1; date <= count; date++) {
    const factors = new DayFactors(5, date, market);
    for (const [i, sector] of sectors.entries()) {
      const before = states[i]!.logPrice;
      states[i] = priceOf(`stock ${i}`, factors, { ...TRAITS, sector }, states[i]).nextState();
      returns[i]!.push(states[i]!.logPrice - before);
    }
    market = factors.nextState();
  }
  return returns;
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

Deno.test("the same arguments give the same day, in steps of any size", () => {
  const whole = priceOf("a", new DayFactors(7, 20261120));
  whole.advanceTo(STEPS_PER_DAY);
  const stepped = priceOf("a", new DayFactors(7, 20261120));
  for (let step = 0; step < STEPS_PER_DAY; step += 37) assertEquals(stepped.advanceTo(step), step > 0);
  assertEquals(stepped.advanceTo(3), false);
  stepped.advanceTo(STEPS_PER_DAY + 10);
  assertEquals(stepped.logPrice, whole.logPrice);
  assertEquals(stepped.nextState(), whole.nextState());
  assertNotEquals(
    priceOf("b", new DayFactors(7, 20261120)).logPrice,
    priceOf("a", new DayFactors(7, 20261120)).logPrice,
  );
});

Deno.test("which sectors are asked for, and in which order, changes no path", () => {
  const one = new DayFactors(7, 20261120);
  const other = new DayFactors(7, 20261120);
  other.sector("steel");
  assertEquals(one.sector("banks").levels, other.sector("banks").levels);
  assertEquals(one.market.levels, other.market.levels);
  assertEquals(one.nextState().sectors["banks"], other.nextState().sectors["banks"]);
});

Deno.test("what a day hands on survives being stored as JSON", () => {
  const factors = new DayFactors(7, 20261120);
  const state = priceOf("a", factors).nextState();
  const market = factors.nextState();
  const stored = JSON.parse(JSON.stringify({ state, market })) as { state: PriceState; market: MarketState };
  const next = (own: PriceState, shared: MarketState) => {
    const price = priceOf("a", new DayFactors(7, 20261123, shared), TRAITS, own);
    price.advanceTo(STEPS_PER_DAY);
    return price.logPrice;
  };
  assertEquals(next(stored.state, stored.market), next(state, market));
});

Deno.test("a day's return has about the standard deviation that the stock is listed with", () => {
  const [returns = []] = dailyReturns(["banks"], 1_200);
  const sd = Math.sqrt(returns.reduce((sum, value) => sum + value * value, 0) / returns.length);
  assertAlmostEquals(sd, TRAITS.volatility, 0.004);
});

Deno.test("stocks move together, those of one sector more so", () => {
  const sectors = ["banks", "banks", "banks", "steel", "steel", "steel"];
  const returns = dailyReturns(sectors, 500);
  const within: number[] = [];
  const across: number[] = [];
  for (let i = 0; i < sectors.length; i++) {
    for (let j = 0; j < i; j++) {
      (sectors[i] === sectors[j] ? within : across).push(correlation(returns[i]!, returns[j]!));
    }
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assertAlmostEquals(mean(across), 0.22, 0.1);
  assertAlmostEquals(mean(within) - mean(across), 0.1, 0.07);
});

Deno.test("a fall makes the next day wilder than a rise of the same size does", () => {
  const after = (move: number) => {
    const random = Random.stream(1, "leverage");
    let sum = 0;
    for (let i = 0; i < 500; i++) {
      const next = nextSlowVolatility(CALM, move, random);
      sum += next.day + next.month;
    }
    return sum / 500;
  };
  assert(after(-2) > 0.2 && after(2) < -0.2);
  // Beyond three standard deviations a move says no more.
  assertEquals(after(-3), after(-30));
});

Deno.test("a shift moves the open, and the base price calls a stock back that has gone far", () => {
  const factors = () => new DayFactors(7, 20261120);
  assertAlmostEquals(
    priceOf("a", factors(), TRAITS, START, 0.1).logPrice - priceOf("a", factors()).logPrice,
    0.1,
    1e-12,
  );
  const far = { ...START, logPrice: START.logPrice + 1 };
  assertAlmostEquals(priceOf("a", factors(), TRAITS, far).logPrice - priceOf("a", factors()).logPrice, 0.996, 1e-12);
});

Deno.test("the open is wilder than the rest of the morning", () => {
  let early = 0;
  let late = 0;
  for (let day = 0; day < 150; day++) {
    const { levels } = new FactorPath(CALM, Random.stream(day, "profile"));
    early += (levels[200]! - levels[0]!) ** 2;
    late += (levels[2_200]! - levels[2_000]!) ** 2;
  }
  assert(early > 2 * late, `${early} against ${late}`);
});

Deno.test("the mood is about 1 on ordinary days", () => {
  let sum = 0;
  const days = 100;
  for (let date = 0; date < days; date++) {
    const price = priceOf("a", new DayFactors(7, date, { market: CALM, sectors: { banks: CALM } }));
    for (let slot = 0; slot < 240; slot++) {
      price.advanceTo(slot * 20 + 1);
      assert(price.mood > 0.05 && price.mood < 20);
      sum += price.mood;
    }
  }
  assertAlmostEquals(sum / days / 240, 0.75, 0.2);
});
