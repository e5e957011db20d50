import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Change } from "./change.ts";
import { formatBytes, formatCount, formatPercent, formatRatio, formatSeconds, formatSpan } from "./format.ts";
import { History } from "./history.ts";
import { parseScrape } from "./scrape.ts";
import { rowsOf, TABLES } from "./tables.ts";
import { linePath, scaleTop, Trace, TRACE_LENGTH } from "./trace.ts";
import { verdictOf } from "./verdict.ts";

const scrape = (...lines: string[]) => parseScrape(lines.join("\n"));

Deno.test("samples are summed over their labels, or told apart by them", () => {
  const page = scrape(
    "# HELP a_total A.",
    "# TYPE a_total counter",
    'a_total{code="1",x="y"} 2',
    'a_total{code="2"} 3',
  );
  assertEquals(page.sum("a_total"), 5);
  assertEquals([...page.by("a_total", "code")], [["1", 2], ["2", 3]]);
  assertEquals([...page.by("a_total", "x", "code")], [["y 1", 2], [" 2", 3]]);
  assertEquals(page.sum("b_total"), undefined);
});

Deno.test("lines that cannot be read are left out, and a label may hold what would end it", () => {
  const page = scrape("a", "a b", "{} 1", 'b{l="x} y\\"z"} 4', "c 1e3", "d +Inf", "e NaN", "<html>");
  assertEquals([page.sum("a"), page.sum("b"), page.sum("c"), page.sum("d"), page.sum("e")], [
    undefined,
    4,
    1_000,
    Infinity,
    undefined,
  ]);
});

Deno.test("property: whatever a server answers, reading it does not throw", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    parseScrape(text);
  }));
});

Deno.test("a rate is growth by time, and unknown before the second scrape and over a counter that fell", () => {
  const [one, two] = [scrape("a_total 10"), scrape("a_total 30")];
  assertEquals(new Change(two, one, 4).perSecond("a_total"), 5);
  assertEquals(new Change(two, undefined, 0).perSecond("a_total"), undefined);
  assertEquals(new Change(one, two, 4).perSecond("a_total"), undefined);
  assertEquals(new Change(two, one, 4).ratio("a_total", "a_total"), 1);
  assertEquals(new Change(two, two, 4).ratio("a_total", "a_total"), undefined, "nothing by nothing is no ratio");
});

const LAG = (a: number, b: number, all: number) =>
  scrape(`l_bucket{le="0.01"} ${a}`, `l_bucket{le="0.1"} ${b}`, `l_bucket{le="+Inf"} ${all}`);

Deno.test("a quantile looks only at what came in between, and spreads a bucket evenly", () => {
  const change = new Change(LAG(150, 200, 200), LAG(50, 100, 100), 10);
  assertAlmostEquals(change.quantile("l", 0.5) ?? NaN, 0.005);
  assertAlmostEquals(new Change(LAG(0, 100, 100), LAG(0, 0, 0), 10).quantile("l", 0.5) ?? NaN, 0.01 + 0.09 / 2);
});

Deno.test("a quantile beyond the last bound is that bound, and of nothing it is unknown", () => {
  assertEquals(new Change(LAG(0, 0, 10), LAG(0, 0, 0), 10).quantile("l", 0.5), 0.1);
  assertEquals(new Change(LAG(5, 5, 5), LAG(5, 5, 5), 10).quantile("l", 0.5), undefined);
  assertEquals(new Change(LAG(5, 5, 5), undefined, 0).quantile("l", 0.5), undefined);
});

Deno.test("history looks back as far as asked, or as far as it can", () => {
  const history = new History();
  assertEquals(history.change(10), undefined);
  for (let second = 0; second <= 100; second++) history.add(scrape(`a_total ${second * 7}`), second * 1_000);
  assertEquals([1, 10, 60, 600].map((seconds) => history.change(seconds)?.growth("a_total")), [7, 70, 420, 420]);
});

Deno.test("a restart begins the history anew, even where the counters are higher than before", () => {
  const history = new History();
  history.add(scrape("process_start_time_seconds 1", "a_total 5"), 0);
  history.add(scrape("process_start_time_seconds 2", "a_total 9"), 1_000);
  assertEquals(history.change(1)?.growth("a_total"), undefined);
  history.add(scrape("process_start_time_seconds 2", "a_total 12"), 2_000);
  assertEquals(history.change(10)?.perSecond("a_total"), 3);
});

/** A quiet server, and then what makes it another one. */
const QUIET = ["tickwire_draining 0", "tickwire_feed_silent 0"];

function lagging(ms: number): Change {
  const lines = (count: number) => [`tickwire_flush_lag_seconds_bucket{le="${ms / 1000}"} ${count}`];
  return new Change(scrape(...QUIET, ...lines(9)), scrape(...lines(0)), 10);
}

Deno.test("the verdict is the worst that is known", () => {
  const state = (...lines: string[]) => verdictOf("read", new Change(scrape(...lines), undefined, 0)).state;
  assertEquals(state(...QUIET), "ok");
  assertEquals(state("tickwire_draining 1", "tickwire_feed_silent 1"), "draining");
  assertEquals(state("tickwire_draining 0", "tickwire_feed_silent 1"), "feed_silent");
  assertEquals([verdictOf("read", lagging(50)).state, verdictOf("read", lagging(300)).state], ["ok", "late"]);
  assertEquals(verdictOf("unreachable", undefined).state, "unreachable");
  assertEquals(verdictOf("refused", undefined).state, "refused");
  assertEquals(verdictOf("read", undefined).state, "waiting");
});

Deno.test("a table has what is not zero, the most frequent first, beside the last minute", () => {
  const line = (code: string, cause: string, count: number) =>
    `tickwire_sessions_closed_total{code="${code}",cause="${cause}"} ${count}`;
  const minute = new Change(
    scrape(line("4008", "slow", 2), line("none", "peer", 9), line("4001", "drain", 0)),
    scrape(line("none", "peer", 4)),
    60,
  );
  const [closes] = TABLES;
  assert(closes);
  assertEquals(rowsOf(closes, minute), [
    { label: "peer", total: 9, lately: 5 },
    { label: "4008 slow", total: 2, lately: 2 },
  ]);
});

Deno.test("numbers are short", () => {
  assertEquals([0, 7.25, 42, 999.6, 1_234, 9_999, 10_000, 192_300, 1_234_567].map(formatCount), [
    ...["0", "7.3", "42", "1,000", "1,234", "9,999", "10k", "192k", "1.2M"],
  ]);
  assertEquals([0, 12, 999, 1_500, 14_600, 2_600_000, 1.2e9, 4.2e12].map(formatBytes), [
    ...["0 B", "12 B", "999 B", "1.5 kB", "15 kB", "2.6 MB", "1.2 GB", "4,200 GB"],
  ]);
  assertEquals([0.0004, 0.012, 0.1834, 0.9999, 12].map(formatSeconds), ["0.4 ms", "12 ms", "183 ms", "1 s", "12 s"]);
  assertEquals([0.006, 0.31, 1.2].map(formatPercent), ["0.6%", "31%", "120%"]);
  assertEquals([1, 2.345, 14.24, 1_500].map(formatRatio), ["1.00", "2.35", "14.2", "1,500"]);
  assertEquals([-3, 8, 428, 19_000, 300_000].map(formatSpan), [
    ...["0 min 0 s", "0 min 8 s", "7 min 8 s", "5 h 16 min", "3 d 11 h"],
  ]);
});

Deno.test("a scale ends at 1, 2 or 5 times a power of ten", () => {
  assertEquals([0, 0.03, 1, 1.1, 4, 7, 10, 234, 51_000].map(scaleTop), [1, 0.05, 1, 2, 5, 10, 10, 500, 100_000]);
});

Deno.test("a trace ends at the right edge, keeps five minutes, and shows what is unknown as a gap", () => {
  const trace = new Trace();
  for (const value of [10, 5, undefined, 0, undefined, 20]) trace.push(value);
  assertEquals(linePath(trace, 10, 40), "M294.5 0L295.5 20M297.5 40h0.01M299.5 0h0.01");
  assertEquals([trace.at(0), trace.at(1), trace.at(5), trace.at(6), trace.max], [20, undefined, 10, undefined, 20]);
  for (let i = 0; i < 2 * TRACE_LENGTH; i++) trace.push(i);
  assertEquals([trace.values.length, trace.at(TRACE_LENGTH - 1)], [TRACE_LENGTH, TRACE_LENGTH]);
});
