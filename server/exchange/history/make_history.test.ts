import { assert, assertEquals } from "@std/assert";
import { SHANGHAI_CALENDAR as calendar } from "../calendar/trading_calendar.ts";
import { loadIndices } from "../index/definition.ts";
import { CorporateActions } from "../listing/corporate_actions.ts";
import { dateStock } from "../listing/dated_listing.ts";
import { limitsFor } from "../listing/limits.ts";
import { loadListing } from "../listing/load_listing.ts";
import { exReferencePrice } from "../listing/price_adjustment.ts";
import { beginMarket, HISTORY_DAYS } from "./begin_market.ts";
import { makeHistory, MINUTE_DAYS } from "./make_history.ts";

const FULL = loadListing();
const OPTIONS = {
  seed: 5,
  marketStart: 20261120,
  listing: { ...FULL, stocks: FULL.stocks.filter((_, i) => i % 12 === 0) },
  indices: loadIndices(),
  calendar,
};
const CLOSED = beginMarket(OPTIONS);
const HISTORY = [...makeHistory(OPTIONS, CLOSED)];
const STOCKS = new Map(OPTIONS.listing.stocks.map((stock) => [
  stock.symbol as string,
  dateStock(stock, OPTIONS.marketStart, calendar),
]));

Deno.test("history ends where the market begins, for stocks and for indices", () => {
  for (const { symbol, close } of [...CLOSED.stocks, ...CLOSED.indices]) {
    const last = HISTORY.find((one) => one.symbol === symbol)?.daily.at(-1);
    if (!last) continue;
    assertEquals(last.close, close, symbol);
    assertEquals(last.tradingDate, 20261119);
  }
});

Deno.test("every candle is in order, within the day's limits, and follows from the close before and what went ex", () => {
  const actions = new CorporateActions(OPTIONS.seed, FULL.sectors, calendar);
  let exDays = 0, locked = 0;
  for (const { symbol, daily } of HISTORY) {
    const stock = STOCKS.get(symbol);
    for (const [i, { tradingDate, open, high, low, close, volume, turnover }] of daily.entries()) {
      const place = `${symbol} ${tradingDate}`;
      assert(low <= Math.min(open, close) && high >= Math.max(open, close) && low > 0, place);
      assert(Number.isSafeInteger(volume) && volume > 0 && Number.isSafeInteger(turnover), place);
      const before = daily[i - 1];
      if (before) assertEquals(calendar.nextTradingDay(before.tradingDate), tradingDate);
      if (!stock || !before) continue;
      assert(low * volume <= turnover && turnover <= high * volume, place);
      const action = actions.on(stock, tradingDate, before.close);
      if (action) exDays++;
      const reference = action ? exReferencePrice(before.close, action) : before.close;
      const { limitUp, limitDown } = limitsFor(stock, tradingDate, reference, { calendar });
      assert(
        low >= limitDown && (limitUp === 0 || high <= limitUp),
        `${place}: ${low} ${high} ${limitDown} ${limitUp}`,
      );
      if (close === limitUp || close === limitDown) locked++;
    }
  }
  assert(exDays > 50, `${exDays} ex-dividend days`);
  assert(locked > 10, `${locked} days that closed at a limit`);
});

Deno.test("three years of days and ten days of minutes, which add up to their days", () => {
  for (const { symbol, daily, minutes } of HISTORY) {
    const stock = STOCKS.get(symbol);
    if (!stock?.listedOn) assertEquals([daily.length, minutes.length], [HISTORY_DAYS, MINUTE_DAYS], symbol);
    for (const { tradingDate, candles } of minutes) {
      const day = daily.find((one) => one.tradingDate === tradingDate);
      assert(day && candles.length === 240 && candles.every(({ slot }, i) => slot === i));
      assertEquals(candles.reduce((sum, { volume }) => sum + volume, 0), day.volume);
      assertEquals(candles.at(-1)?.close, day.close, symbol);
      assertEquals(candles[0]?.open, day.open);
      assertEquals(Math.max(...candles.map(({ high }) => high)), day.high as number);
      assertEquals(Math.min(...candles.map(({ low }) => low)), day.low as number);
      assertEquals(candles.reduce((sum, { turnover }) => sum + turnover, 0), day.turnover);
    }
  }
});

Deno.test("the first minute and the last one hold what the auctions match, as on the exchange's own days", () => {
  const shareOf = (slot: number) => {
    const shares = HISTORY.flatMap(({ symbol, minutes }) =>
      STOCKS.has(symbol)
        ? minutes.map(({ candles }) => candles[slot]!.volume / candles.reduce((sum, { volume }) => sum + volume, 0))
        : []
    ).sort((a, b) => a - b);
    return shares[Math.floor(shares.length / 2)]!;
  };
  // Of the exchange's own days an auction at the open matches some 2.2 % and the minute after it trades 1.8 %.
  const [first, last] = [shareOf(0), shareOf(239)];
  assert(first > 0.025 && first < 0.045, `the first minute has ${first}`);
  assert(last > 0.01 && last < 0.02, `the last minute has ${last}`);
});

Deno.test("daily returns are as wild as the stock is said to be, and heavy-tailed together", () => {
  const ratios: number[] = [];
  for (const [symbol, stock] of STOCKS) {
    const daily = HISTORY.find((one) => one.symbol === symbol)?.daily ?? [];
    if (daily.length < 500) continue;
    const returns = daily.slice(1).map(({ close }, i) => Math.log(close / daily[i]!.close));
    const sd = Math.sqrt(returns.reduce((sum, value) => sum + value * value, 0) / returns.length);
    ratios.push(sd / stock.dailyVolatility);
  }
  const mean = ratios.reduce((sum, value) => sum + value, 0) / ratios.length;
  assert(mean > 0.8 && mean < 1.25, `the mean ratio is ${mean}`);
});

Deno.test("the same seed makes the same past, another one another", () => {
  const few = { ...OPTIONS, days: 30 };
  const text = (seed: number) => {
    const options = { ...few, seed };
    return JSON.stringify([...makeHistory(options, beginMarket(options))]);
  };
  assert(text(1) === text(1));
  assert(text(1) !== text(2));
});
