import { assertEquals } from "@std/assert";
import { price } from "../../shared/mod.ts";
import { DayQuote } from "./day_quote.ts";

const START = {
  lastPrice: price(1_000),
  prevClose: price(990),
  limitUp: price(1_089),
  limitDown: price(891),
  volume: 100,
  turnover: 100_000,
  exchangeTimeMs: 1_800_000_000_000,
  tradingDate: 20261120,
};

Deno.test("a day begins with open, high and low at the first price", () => {
  const whole = new DayQuote(START).whole();
  const opened = { open: price(1_000), high: price(1_000), low: price(1_000), phase: "continuous" as const };
  assertEquals(whole, { ...START, ...opened });
});

Deno.test("an update answers with the fields that changed and no others", () => {
  const quote = new DayQuote(START);
  const at = (units: number, volume: number) =>
    quote.update(price(units), volume, volume * 1_000, 1_800_000_000_000 + volume);
  const totals = (volume: number) => ({ volume, turnover: volume * 1_000, exchangeTimeMs: 1_800_000_000_000 + volume });
  assertEquals(at(1_000, 200), totals(200));
  assertEquals(at(1_005, 300), { ...totals(300), lastPrice: price(1_005), high: price(1_005) });
  assertEquals(at(998, 400), { ...totals(400), lastPrice: price(998), low: price(998) });
  assertEquals(at(1_003, 500), { ...totals(500), lastPrice: price(1_003) });
  assertEquals(quote.current.open, price(1_000));
  assertEquals(quote.current.high, price(1_005));
  assertEquals(quote.current.low, price(998));
});

Deno.test("the close changes the phase and the time", () => {
  const quote = new DayQuote(START);
  assertEquals(quote.close(1_800_000_010_000), { phase: "closed", exchangeTimeMs: 1_800_000_010_000 });
  assertEquals(quote.current.phase, "closed");
});

Deno.test("what was given out is not changed by later trades", () => {
  const quote = new DayQuote(START);
  const whole = quote.whole();
  quote.update(price(1_010), 200, 201_000, 1_800_000_000_001);
  assertEquals(whole.lastPrice, price(1_000));
});
