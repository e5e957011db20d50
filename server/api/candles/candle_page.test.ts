import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type CandlePage, CandlePeriod, type HistoryCandle } from "../../../shared/mod.ts";
import { sampleMinutes } from "../../../tools/testing/sample_candles.ts";
import { ApiBench, INDEX, MOUTAI, TODAY } from "../../../tools/testing/api_bench.ts";

const PERIODS = CandlePeriod.options;
const MINUTE_PERIODS = ["1m", "5m", "15m", "30m", "60m"] as const;
const IMMUTABLE = "public, max-age=31536000, immutable";
const path = (query: string) => `/api/v1/candles?symbol=${MOUTAI}&${query}`;

async function pageAt(bench: ApiBench, target: string): Promise<CandlePage> {
  const response = await bench.get(target);
  assertEquals(response.status, 200, target);
  return await response.json();
}

/** All finished candles, from links alone, in the order of time. */
async function walk(bench: ApiBench, start: string, side: "previous" | "next"): Promise<HistoryCandle[]> {
  const all: HistoryCandle[] = [];
  for (let target: string | null = start; target !== null;) {
    const page: CandlePage = await pageAt(bench, target);
    if (side === "previous") all.unshift(...page.candles);
    else all.push(...page.candles);
    target = page[side];
  }
  return all;
}

Deno.test("candles of every length rebuild each day's open, high, low, close, volume and turnover", () =>
  fc.assert(
    fc.asyncProperty(fc.nat(239), fc.constantFrom(...MINUTE_PERIODS), async (openSlot, period) => {
      const bench = new ApiBench({ openSlot, minuteDays: 2, days: 3 });
      const page = await pageAt(bench, path(`period=${period}&limit=1000`));
      const candles = page.open ? [...page.candles, page.open] : page.candles;
      for (const date of new Set(bench.minutes.map(({ tradingDate }) => tradingDate))) {
        const ofDay = (all: readonly HistoryCandle[]) => all.filter(({ tradingDate }) => tradingDate === date);
        assertEquals(summaryOf(ofDay(candles)), summaryOf(ofDay(bench.minutes)));
      }
      bench.store.close();
    }),
    { numRuns: 30 },
  ));

Deno.test("weeks and months, those of a leap February and of the turn of a year too, come to the sum of their days", async () => {
  const bench = new ApiBench({ days: 750 });
  const daily = await pageAt(bench, path("period=day&limit=1000"));
  const days = [...daily.candles, daily.open!];
  const lengths = { week: (date: number) => mondayOf(date), month: (date: number) => Math.floor(date / 100) };
  for (const [period, keyOf] of Object.entries(lengths)) {
    const page = await pageAt(bench, path(`period=${period}&limit=1000`));
    const candles = [...page.candles, page.open!];
    assertEquals(candles.length, new Set(days.map(({ tradingDate }) => keyOf(tradingDate))).size);
    for (const candle of candles) {
      const parts = days.filter(({ tradingDate }) => keyOf(tradingDate) === keyOf(candle.tradingDate));
      assertEquals([candle.tradingDate, summaryOf([candle])], [parts.at(-1)?.tradingDate, summaryOf(parts)]);
    }
  }
});

/** The Monday of a date's week, as a time. */
function mondayOf(date: number): number {
  const day = new Date(Date.UTC(Math.floor(date / 10_000), Math.floor(date / 100) % 100 - 1, date % 100));
  return day.getTime() - ((day.getUTCDay() + 6) % 7) * 86_400_000;
}

function summaryOf(candles: readonly HistoryCandle[]) {
  return {
    open: candles[0]?.open,
    high: Math.max(...candles.map(({ high }) => high)),
    low: Math.min(...candles.map(({ low }) => low)),
    close: candles.at(-1)?.close,
    volume: candles.reduce((sum, { volume }) => sum + volume, 0),
    turnover: candles.reduce((sum, { turnover }) => sum + turnover, 0),
  };
}

Deno.test("paging back and forth visits every candle exactly once", async () => {
  const bench = new ApiBench({ days: 120, minuteDays: 2 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...PERIODS), fc.integer({ min: 7, max: 90 }), async (period, limit) => {
      const whole = await pageAt(bench, path(`period=${period}&limit=1000`));
      assertEquals([whole.previous, whole.next], [null, null]);
      assertEquals(await walk(bench, path(`period=${period}&limit=${limit}`), "previous"), whole.candles);
      assertEquals(await walk(bench, path(`period=${period}&limit=${limit}&after=20000101`), "next"), whole.candles);
      const keys = whole.candles.map(({ tradingDate, slot = 0 }) => tradingDate * 1_000 + slot);
      assertEquals(keys, [...new Set(keys)].toSorted((one, other) => one - other));
    }),
    { numRuns: 40 },
  );
});

Deno.test("an hour follows the trading day, and the lunch break is in none", async () => {
  const { candles, open } = await pageAt(new ApiBench({ openSlot: 200 }), path("period=60m&limit=8"));
  const places = candles.map(({ tradingDate, slot }) => `${tradingDate}-${slot}`);
  assertEquals(places.slice(-3), [`${TODAY}-0`, `${TODAY}-60`, `${TODAY}-120`]);
  assertEquals(places[0], "20261118-180");
  assertEquals([open?.tradingDate, open?.slot], [TODAY, 180]);
});

Deno.test("what is still being made stands apart, for every period", async () => {
  const bench = new ApiBench({ openSlot: 100 });
  for (const [period, place] of [["1m", 100], ["5m", 100], ["15m", 90], ["60m", 60]] as const) {
    const page = await pageAt(bench, path(`period=${period}`));
    assertEquals([page.open?.slot, page.candles.at(-1)?.slot], [place, place - Number.parseInt(period)]);
  }
  const today = bench.states.get(MOUTAI)!.quote!;
  for (const period of ["day", "week", "month"]) {
    const { open, candles } = await pageAt(bench, path(`period=${period}`));
    assertEquals([open?.tradingDate, open?.close], [TODAY, today.lastPrice]);
    assert(candles.at(-1)!.tradingDate < TODAY);
  }
});

Deno.test("a week and a month are finished once the next trading day lies outside", async () => {
  const bench = new ApiBench({ openSlot: 239 });
  const state = bench.states.get(MOUTAI)!;
  const { lastPrice, open, high, low, volume, turnover } = state.quote!;
  bench.states.set(MOUTAI, { ...state, quote: { ...state.quote!, phase: "closed" } });
  bench.store.write({
    daily: [{ symbol: MOUTAI, candles: [{ tradingDate: TODAY, open, high, low, close: lastPrice, volume, turnover }] }],
  });
  const week = await pageAt(bench, path("period=week"));
  assertEquals([week.open, week.candles.at(-1)?.tradingDate], [null, TODAY]);
  const month = await pageAt(bench, path("period=month"));
  assertEquals([month.open?.tradingDate, month.candles.at(-1)?.tradingDate], [TODAY, 20261030]);
});

Deno.test("a page is kept for ever only with its edition and away from the present", async () => {
  const bench = new ApiBench();
  const control = async (target: string) => (await bench.get(target)).headers.get("cache-control");
  const newest = await pageAt(bench, path("period=1m&limit=50"));
  assertEquals(await control(path("period=1m&limit=50")), "public, max-age=1");
  assertEquals(await control(newest.previous!), IMMUTABLE);
  assertEquals(await control(newest.previous!.replace(/&edition=\w+/, "")), "public, max-age=1");
  assertEquals(await control(path("period=1m&limit=50&before=20990101&edition=feed5eed")), "public, max-age=1");
  assertEquals(await control(path(`period=1m&after=${TODAY}-90&edition=feed5eed`)), "public, max-age=1");
  assertEquals(await control(path("period=1m&before=20000101&edition=feed5eed")), "public, max-age=1");
});

Deno.test("what was said to hold for ever holds, to the letter, when the market goes on", async () => {
  const [early, late] = [new ApiBench({ openSlot: 61, days: 60 }), new ApiBench({ openSlot: 199, days: 60 })];
  for (const period of PERIODS) {
    const { previous } = await pageAt(early, path(`period=${period}&limit=7`));
    const oldest = await pageAt(early, path(`period=${period}&limit=1&after=20000101`));
    const targets = [previous, oldest.next].filter((target) => target !== null);
    assert(targets.length > 0);
    for (const target of targets) {
      const response = await early.get(target);
      assertEquals(response.headers.get("cache-control"), IMMUTABLE, target);
      const text = await response.text();
      assertEquals(await (await late.get(target)).text(), text);
      const page: CandlePage = JSON.parse(text);
      assertEquals(page.open, null);
      if (page.previous !== null && target !== oldest.next) targets.push(page.previous);
    }
  }
});

Deno.test("forward adjustment takes the step out of an ex-dividend day, and the edition tells of the next one", async () => {
  const action = { exDate: 20261119, cashPer10: 0, bonusPer10: 10 };
  const [plain, split] = [new ApiBench(), new ApiBench({ actions: [action] })];
  const before = await pageAt(plain, path("period=day&adjust=forward&limit=5"));
  const after = await pageAt(split, path("period=day&adjust=forward&limit=5"));
  assertEquals([before.edition, after.edition], ["feed5eed.0", "feed5eed.20261119"]);
  const [old, halved] = [before.candles.at(-2)!, after.candles.at(-2)!];
  assertEquals([old.tradingDate, halved.volume], [20261118, old.volume]);
  assertEquals(halved.close, Math.floor((10 * old.close + 10) / 20));
  assertEquals(after.candles.at(-1), before.candles.at(-1));
  assertEquals((await pageAt(split, path("period=day&limit=5"))).candles, before.candles);
  const minute = await pageAt(split, path("period=1m&adjust=forward&limit=1&before=20261119"));
  assert(minute.candles[0]!.close < 700);
  const stale = await split.get(before.previous!);
  const { error } = await stale.json();
  assertEquals([stale.status, error.code, error.field], [400, "edition", "edition"]);
});

Deno.test("adjusted pages fit together across ex-dividend days, whichever way they are read", async () => {
  const actions = [
    { exDate: 20260622, cashPer10: 500, bonusPer10: 3 },
    { exDate: 20261119, cashPer10: 1_000, bonusPer10: 0 },
  ];
  const bench = new ApiBench({ actions, minuteDays: 2 });
  for (const period of PERIODS) {
    const start = path(`period=${period}&adjust=forward`);
    const { candles } = await pageAt(bench, `${start}&limit=1000`);
    assertEquals(await walk(bench, `${start}&limit=37`, "previous"), candles);
    assertEquals(await walk(bench, `${start}&limit=37&after=20000101`, "next"), candles);
    for (const { low, open, high, close } of candles) {
      assert(low <= Math.min(open, close) && Math.max(open, close) <= high);
    }
  }
});

Deno.test("an instrument without a past has an empty page, an index is never adjusted, and no history is no page", async () => {
  const bench = new ApiBench();
  for (const adjust of ["none", "forward"]) {
    const page = await pageAt(bench, `/api/v1/candles?symbol=${INDEX}&period=day&adjust=${adjust}`);
    assertEquals([page.candles, page.open, page.previous, page.next], [[], null, null, null]);
  }
  const response = await new ApiBench({ isReady: () => false }).get(path("period=day"));
  assertEquals([response.status, response.headers.get("retry-after")], [503, "2"]);
});

Deno.test("a minute that is missing leaves its candle smaller, not out", async () => {
  const bench = new ApiBench({ days: 2, minuteDays: 1 });
  const candles = sampleMinutes(1, 10, 30).filter(({ slot }) => slot !== 14 && slot !== 22);
  bench.store.write({ minutes: [{ symbol: INDEX, tradingDate: TODAY, candles }] });
  const index = `/api/v1/candles?symbol=${INDEX}&period=5m`;
  const whole = await pageAt(bench, index);
  assertEquals(whole.candles.map(({ slot }) => slot), [10, 15, 20, 25]);
  const page = await pageAt(bench, `${index}&before=${TODAY}-15`);
  assertEquals([page.candles, page.open], [whole.candles.slice(0, 1), null]);
  assertEquals((await pageAt(bench, page.next!)).candles, whole.candles.slice(1));
});

Deno.test("minutes that the store does not have yet come from the market", async () => {
  const bench = new ApiBench({ openSlot: 50 });
  bench.states.set(MOUTAI, new ApiBench({ openSlot: 60 }).states.get(MOUTAI)!);
  const page = await pageAt(bench, path("period=1m&limit=20"));
  assertEquals(page.candles.map(({ slot }) => slot), [...Array(20).keys()].map((i) => 40 + i));
  assertEquals(page.open?.slot, 60);
});
