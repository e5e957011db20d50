import { assert, assertEquals, assertThrows } from "@std/assert";
import { type AuctionStep, type Price, price, secondOfAuction } from "../../../shared/mod.ts";
import { SHANGHAI_CALENDAR as calendar } from "../calendar/trading_calendar.ts";
import { beginMarket } from "../history/begin_market.ts";
import { loadIndices } from "../index/definition.ts";
import { checkedSum } from "../index/index_calculator.ts";
import { loadListing } from "../listing/load_listing.ts";
import type { Listing, StockListing } from "../listing/stock_listing.ts";
import type { ClosedMarket } from "./closed_market.ts";
import { Market, type MarketOptions } from "./market.ts";
import { QuoteChecker } from "./quote_checker.ts";
import type { QuoteChanges } from "./stock_quotes.ts";

const DAY_MS = 86_400_000;
const at = (hours: number, minutes: number, seconds = 0) => ((hours * 60 + minutes) * 60 + seconds) * 1_000;

const FULL = loadListing();
/** Ordinary ones of every board, one under risk warning, new listings and suspended ones. */
const SYMBOLS = "600519.SH 601398.SH 000001.SZ 002594.SZ 300750.SZ 300059.SZ 688981.SH 688041.SH 920185.BJ 688795.SH " +
  "688802.SH 001280.SZ 920045.BJ 002405.SZ 601952.SH";
const SMALL: Listing = {
  sectors: FULL.sectors,
  stocks: FULL.stocks.filter(({ symbol, riskWarning }, i) => SYMBOLS.includes(symbol) || riskWarning && i % 2 === 0),
};
/** Quiet stocks that pay dividends, with one of each board that an index needs. */
const PAYING: Listing = {
  sectors: FULL.sectors,
  stocks: [
    ...FULL.stocks.filter(({ sector }) => sector === "bank").slice(0, 10),
    ...(["chinext", "star"] as const).map((board) => {
      const turnover = ({ basePrice, averageDailyVolume }: StockListing) => basePrice * averageDailyVolume;
      return FULL.stocks.filter((stock) => stock.board === board && !stock.riskWarning && stock.firstDay === undefined)
        .toSorted((one, other) => turnover(one) - turnover(other))[0]!;
    }),
  ],
};
/** Those with a new listing and a suspended one: enough where all go the same way, and soon lived through. */
const FEW: Listing = {
  sectors: FULL.sectors,
  stocks: [...PAYING.stocks, ...FULL.stocks.filter(({ symbol }) => symbol === "688795.SH" || symbol === "601952.SH")],
};
const INDICES = loadIndices();

interface Setup {
  readonly seed?: number;
  readonly marketStart?: number;
  readonly listing?: Listing;
  readonly closed?: ClosedMarket;
  readonly tellAuction?: MarketOptions["tellAuction"];
}

function setUp({ seed = 1, marketStart = 20261120, listing = SMALL, closed, tellAuction }: Setup = {}) {
  const begun = closed ?? beginMarket({ seed, marketStart, listing, indices: INDICES, calendar, days: 40 });
  const sinks: ((symbol: string, changes: QuoteChanges) => void)[] = [];
  const market = new Market({
    listing,
    indices: INDICES,
    calendar,
    closed: begun,
    ...(tellAuction ? { tellAuction } : {}),
    tellQuote: (symbol, changes) => {
      for (const sink of sinks) sink(symbol, changes);
    },
  });
  const checker = new QuoteChecker(market.stocks);
  sinks.push(checker.tick);
  return { market, checker, sinks };
}

for (const [seed, marketStart] of [[1, 20261120], [2, 20260629], [3, 20250930]] as const) {
  Deno.test(`every tick of five days keeps the rules: seed ${seed}, from ${marketStart} on`, () => {
    const { market, checker } = setUp({ seed, marketStart });
    for (let day = 0; day < 5; day++) {
      // A morning that was missed, then live by odd steps.
      market.advanceTo(at(10, 0) + 137);
      for (let ms = at(10, 0); ms < at(15, 1); ms += 77_777) market.advanceTo(ms);
      market.nextDay();
    }
    market.advanceTo(at(9, 0));
    for (const phase of ["pre_open", "opening_auction", "continuous", "lunch", "closing_auction", "closed"]) {
      assert(checker.phases.has(`600519.SH ${phase}`), phase);
      assert(checker.phases.has(`000001.SH ${phase}`), `index ${phase}`);
    }
    assertEquals(checker.closes.get("600519.SH")?.length, 5);
    assert(checker.phases.has("601952.SH suspended"));
    assertEquals(checker.quotes.get("601952.SH")?.volume, 0);
    assert(checker.ticks > 20_000, `${checker.ticks} ticks`);
  });
}

Deno.test("prevClose is the close before, or the reference price of what goes ex, and limits follow from it", () => {
  const { market, checker } = setUp({ marketStart: 20260518, seed: 4, listing: PAYING });
  let exDays = 0;
  for (let day = 0; day < 45; day++) {
    market.advanceTo(0);
    for (const { symbol } of market.stocks) {
      const quote = checker.quotes.get(symbol)!;
      const before = market.closed.stocks.find((one) => one.symbol === symbol)!.close;
      const action = market.actions.get(symbol);
      if (action) {
        exDays++;
        assertEquals(
          quote.prevClose as number,
          Math.round((10 * before - action.cashPer10) / (10 + action.bonusPer10)),
        );
      } else assertEquals(quote.prevClose, before);
      if (quote.limitUp > 0) assert(quote.limitUp > quote.prevClose && quote.limitDown < quote.prevClose, symbol);
    }
    market.nextDay();
  }
  assert(exDays >= 3, `${exDays} ex-dividend days`);
});

Deno.test("an index equals its formula on its members, at every one of its ticks", () => {
  const { market, checker, sinks } = setUp({ listing: SMALL });
  let checked = 0;
  sinks.push((symbol, changes) => {
    const index = market.closed.indices.find((one) => one.symbol === symbol);
    if (!index || changes.lastPrice === undefined || changes.tradingDate !== undefined) return;
    const sum = checkedSum(index.members.map(({ symbol, weight }) => ({
      weight,
      lastPrice: checker.quotes.get(symbol)!.lastPrice,
    })));
    assertEquals(changes.lastPrice as number, Math.round(sum / index.divisor));
    checked++;
  });
  // Live from the first moment, so that members and index come in the order of time.
  for (let ms = 0; ms < at(10, 30); ms += 500) market.advanceTo(ms);
  assert(checked > 1_000, `${checked} levels`);
});

Deno.test("a new listing trades without limits, rises from the price of its issue, and has no limits for its first days", () => {
  const { market, checker } = setUp({ listing: FEW });
  market.advanceTo(at(14, 0));
  const quote = checker.quotes.get("688795.SH")!;
  const { basePrice } = market.stocks.find(({ symbol }) => symbol === "688795.SH")!;
  assertEquals([quote.limitUp, quote.limitDown, quote.prevClose] as number[], [0, 0, basePrice]);
  assert(quote.volume > 0);
  for (let day = 0; day < 5; day++) market.nextDay();
  market.advanceTo(at(10, 0));
  assert(checker.quotes.get("688795.SH")!.limitUp > 0, "limits begin on the sixth day");
});

/** Quotes after a run, without the ticks that led to them. */
function stateAfter(steps: readonly number[], setup: Setup = {}) {
  const { market, checker } = setUp(setup);
  for (const ms of steps) market.advanceTo(ms);
  const trades = market.stocks.map(({ symbol }) => market.trades(symbol).slice(-3));
  return JSON.stringify([[...checker.quotes].toSorted(), trades]);
}

Deno.test("a missed morning leads where living through it leads, whatever the steps", () => {
  const live = Array.from({ length: 2_000 }, (_, i) => at(9, 14) + i * 3_333).filter((ms) => ms < at(11, 0));
  const lived = stateAfter([0, ...live, at(11, 0)]);
  assertEquals(stateAfter([at(11, 0)]), lived);
  assertEquals(stateAfter([at(9, 40), at(10, 0) + 1, at(11, 0)]), lived);
  assert(stateAfter([at(11, 0)], { seed: 2 }) !== lived);
});

Deno.test("ticks of two runs of one seed are equal byte for byte", () => {
  const run = () => {
    const { market, sinks } = setUp();
    const ticks: unknown[] = [];
    sinks.push((...tick) => ticks.push(tick));
    for (const ms of [at(9, 50), at(9, 51), at(13, 30)]) market.advanceTo(ms);
    market.nextDay();
    market.advanceTo(at(9, 40));
    return JSON.stringify(ticks);
  };
  assert(run() === run());
});

Deno.test("a closed market goes on, through JSON, where it was", () => {
  const first = setUp({ listing: FEW });
  for (let day = 0; day < 3; day++) first.market.nextDay();
  const again = setUp({ listing: FEW, closed: JSON.parse(JSON.stringify(first.market.closed)) });
  assertEquals(again.market.date, first.market.date);
  for (const { market } of [first, again]) {
    market.advanceTo(at(10, 30));
    market.nextDay();
  }
  assertEquals(again.market.closed, first.market.closed);
});

Deno.test("depth and trades are there to be asked for", () => {
  const { market, checker } = setUp();
  market.advanceTo(at(10, 0));
  const symbol = "300750.SZ";
  const { bids, asks, indicative } = market.depth(symbol);
  assertEquals([bids.length, asks.length, indicative.price], [5, 5, 0]);
  assert(bids[0]!.price < asks[0]!.price);
  const trades = market.trades(symbol);
  assertEquals(trades.length, 100);
  const last = trades.at(-1)!;
  assertEquals(last.price, checker.quotes.get(symbol)!.lastPrice as number);
  assertEquals(market.trades(symbol, last.number - 2).map(({ number }) => number), [last.number - 1, last.number]);
  assertEquals(market.trades(symbol, last.number), []);
  assertEquals(market.tape(symbol).volume, checker.quotes.get(symbol)!.volume);
  assertThrows(() => market.depth("999999.SH"), RangeError, "The market lists no stock 999999.SH");
});

Deno.test("an auction shows its indicative price beside the last one, which stays", () => {
  const { market, checker } = setUp();
  market.advanceTo(at(9, 24, 50));
  const { indicative } = market.depth("600519.SH");
  assert(indicative.price > 0 && indicative.matched > 0);
  const quote = checker.quotes.get("600519.SH")!;
  assertEquals([quote.phase, quote.lastPrice, quote.volume], ["opening_auction", quote.prevClose, 0]);
  market.advanceTo(at(9, 25));
  assert(checker.quotes.get("600519.SH")!.volume > 0);
});

/** What each stock's opening auction told, and the quotes afterwards, after these steps of a day. */
function auctionsAfter(steps: readonly number[]) {
  const told = new Map<string, AuctionStep[]>();
  const { market, checker } = setUp({
    tellAuction: (symbol, step) => told.set(symbol, [...told.get(symbol) ?? [], step]),
  });
  for (const ms of steps) market.advanceTo(ms);
  return { told, checker, market };
}

Deno.test("an opening auction moves through its ten minutes and ends at the open, with what then trades", () => {
  const { told, checker, market } = auctionsAfter([at(9, 25)]);
  for (const { symbol } of market.stocks) {
    const { open, volume, phase } = checker.quotes.get(symbol)!;
    const steps = told.get(symbol) ?? [];
    if (phase === "suspended") assertEquals(steps, [], symbol);
    else {
      assertEquals([steps.at(-1)?.second, steps.at(-1)?.price, steps.at(-1)?.matched], [600, open, volume], symbol);
      assert(steps.every(({ second }) => second % 3 === 0), symbol);
    }
  }
  const moutai = told.get("600519.SH")!;
  assert(moutai.length > 100, `${moutai.length} steps`);
  const prices = new Set(moutai.map(({ price }) => price));
  assert(prices.size > 20, `${prices.size} prices`);
  const half = moutai.findLast(({ second }) => second <= 300)!;
  assert(half.matched < 0.8 * moutai.at(-1)!.matched, "orders arrive until the end");
});

Deno.test("an auction that was missed is told as one that was lived through, also where it still runs", () => {
  for (const end of [at(9, 19, 47), at(9, 25), at(9, 27), at(10, 0)]) {
    const live = Array.from({ length: 600 }, (_, i) => at(9, 14) + i * 3_333).filter((ms) => ms < end);
    const missed = auctionsAfter([end]);
    const lived = auctionsAfter([0, ...live, end]);
    assertEquals(missed.told, lived.told);
    assertEquals([...missed.checker.quotes].toSorted(), [...lived.checker.quotes].toSorted());
  }
});

Deno.test("while an auction runs the quote's time is that of the price in the book", () => {
  const { told, checker, market } = auctionsAfter([at(9, 19, 47)]);
  for (let ms = at(9, 19, 48); ms < at(9, 30); ms += 1_000) {
    market.advanceTo(ms);
    const last = told.get("300750.SZ")!.at(-1)!;
    const { exchangeTimeMs } = checker.quotes.get("300750.SZ")!;
    assertEquals(secondOfAuction(exchangeTimeMs), last.second);
    assertEquals(market.depth("300750.SZ").indicative, {
      price: last.price,
      matched: last.matched,
      unmatched: last.unmatched,
    });
  }
});

Deno.test("a closed market of another listing is refused", () => {
  const { market: { closed } } = setUp();
  const other = { ...SMALL, stocks: SMALL.stocks.slice(1) };
  assertThrows(() => setUp({ closed, listing: other }), RangeError, "another data directory");
  const indices: ClosedMarket["indices"] = closed.indices.map((one) => ({ ...one, close: price(0) as Price })).slice(1);
  assertThrows(() => setUp({ closed: { ...closed, indices } }), RangeError, "has no index 000001.SH");
});

Deno.test("days over holidays follow the calendar", () => {
  const { market } = setUp({ marketStart: 20260930 });
  market.advanceTo(DAY_MS);
  market.nextDay();
  assertEquals(market.date, 20261008);
});
