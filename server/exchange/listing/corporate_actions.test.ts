import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { price } from "../../../shared/mod.ts";
import { SHANGHAI_CALENDAR as CALENDAR } from "../calendar/trading_calendar.ts";
import { CorporateActions } from "./corporate_actions.ts";
import { bySymbol, loadListing } from "./load_listing.ts";
import { exReferencePrice } from "./price_adjustment.ts";

const LISTING = loadListing();
const STOCKS = bySymbol(LISTING.stocks);
const YEARS = [2021, 2022, 2023, 2024, 2025, 2026];
const CLOSE = price(2_000);

const actionsOf = (seed: number) => new CorporateActions(seed, LISTING.sectors, CALENDAR);
const all = (actions: CorporateActions) =>
  LISTING.stocks.flatMap((stock) =>
    YEARS.flatMap((year) =>
      actions.exDates(stock, year).map((date) => ({ stock, date, action: actions.on(stock, date, CLOSE) }))
    )
  );

Deno.test("ex-dividend days are trading days from May to July and from October to December", () => {
  for (const { stock, date } of all(actionsOf(1))) {
    assert(CALENDAR.isTradingDay(date), `${stock.symbol} ${date}`);
    const monthDay = date % 10_000;
    assert((monthDay > 430 && monthDay < 731) || (monthDay > 1_008 && monthDay <= 1_231), `${stock.symbol} ${date}`);
  }
});

Deno.test("about four in five pay in a year, banks far more than chip makers, and some issue bonus shares", () => {
  const paid = all(actionsOf(2)).filter(({ action }) => action);
  const companyYears = LISTING.stocks.filter(({ riskWarning }) => !riskWarning).length * YEARS.length;
  const payers = new Set(
    paid.filter(({ action }) => action?.cashPer10).map(({ stock, date }) =>
      `${stock.symbol} ${Math.floor(date / 1e4)}`
    ),
  );
  assert(payers.size > 0.74 * companyYears && payers.size < 0.86 * companyYears, `${payers.size} of ${companyYears}`);
  const yieldOf = (sector: string) => {
    const stocks = LISTING.stocks.filter((stock) => stock.sector === sector).length;
    const cash = paid.filter(({ stock }) => stock.sector === sector).map(({ action }) => action?.cashPer10 ?? 0);
    return cash.reduce((sum, per10) => sum + per10, 0) / (10 * CLOSE * stocks * YEARS.length);
  };
  assert(yieldOf("bank") > 0.04 && yieldOf("bank") < 0.065, `banks yield ${yieldOf("bank")}`);
  assert(yieldOf("semiconductor") < 0.006, `chip makers yield ${yieldOf("semiconductor")}`);
  const bonuses = paid.filter(({ action }) => action?.bonusPer10);
  assert(bonuses.length > 0.03 * companyYears && bonuses.length < 0.1 * companyYears, `${bonuses.length} bonus issues`);
});

Deno.test("every action leaves a price to trade at", () => {
  const actions = actionsOf(3);
  for (const { stock, date } of all(actions)) {
    for (const close of [1, 7, 99, 100, 150_000]) {
      const action = actions.on(stock, date, price(close));
      assert(!action || close >= 100);
      if (action) assert(exReferencePrice(price(close), action) >= 1, `${stock.symbol} ${date} ${close}`);
    }
  }
});

Deno.test("the same seed gives the same actions whatever was asked before, and another seed others", () => {
  const whole = all(actionsOf(4));
  const moutai = STOCKS.get("600519.SH")!;
  assertEquals(
    actionsOf(4).exDates(moutai, 2025),
    whole.filter(({ stock, date }) => stock === moutai && Math.floor(date / 10_000) === 2025).map(({ date }) => date),
  );
  assertEquals(all(actionsOf(4)), whole);
  assertNotEquals(all(actionsOf(5)), whole);
});

Deno.test("other days pay nothing, nor does a company under risk warning or in the year of its listing", () => {
  const actions = actionsOf(6);
  const moutai = STOCKS.get("600519.SH")!;
  const dates = new Set(actions.exDates(moutai, 2025));
  assert(dates.size > 0);
  for (let date = 20250102; date < 20251231; date = CALENDAR.nextTradingDay(date)) {
    if (!dates.has(date)) assertEquals(actions.on(moutai, date, CLOSE), undefined);
  }
  assertEquals(actions.exDates(STOCKS.get("600079.SH")!, 2025), []);
  const fresh = { ...moutai, listedOn: 20250102 };
  assertEquals(actionsOf(6).exDates(fresh, 2025), []);
  assert(actionsOf(6).exDates(fresh, 2026).length > 0);
  assertThrows(
    () => actions.exDates({ ...moutai, symbol: "600000.SH" as typeof moutai.symbol, sector: "x" }, 2025),
    RangeError,
  );
});
