import { assertEquals } from "@std/assert";
import { AuctionPage, CandlePage, SearchPage, SparklinePage } from "../lib/shared";
import { answerOf } from "./api_answer";

const problem = (code: unknown) => ({ error: { code, message: "" } });

Deno.test("an answer is a page, or one of four faults", () => {
  const cases: [number, unknown, string][] = [
    [200, { q: "mt", results: [] }, "ok"],
    [200, "<html>a portal that wants a login</html>", "refused"],
    [200, undefined, "refused"],
    [200, null, "refused"],
    [400, problem("edition"), "edition"],
    [400, problem("bad_query"), "refused"],
    [400, "no", "refused"],
    [404, problem("unknown_symbol"), "refused"],
    [429, undefined, "unreachable"],
    [503, problem("not_ready"), "preparing"],
    [503, problem("overloaded"), "unreachable"],
    [503, problem(7), "unreachable"],
    [503, undefined, "unreachable"],
    [0, undefined, "unreachable"],
  ];
  for (const [status, body, expected] of cases) {
    const answer = answerOf({ status, body }, SearchPage);
    assertEquals(answer.ok ? "ok" : answer.fault, expected, `${status} ${JSON.stringify(body)}`);
  }
});

Deno.test("the wait that a server asks for goes with the fault", () => {
  const answer = answerOf({ status: 503, body: problem("not_ready"), retryAfterMs: 2_000 }, SearchPage);
  assertEquals(answer, { ok: false, fault: "preparing", retryAfterMs: 2_000 });
});

Deno.test("a page that is wrong in one place is none", () => {
  const step = { second: 3, price: 1_000, matched: 100, unmatched: -300 };
  const auction = { symbol: "600519.SH", tradingDate: 20261120, steps: [step] };
  const found = { symbol: "600519.SH", name: "贵州茅台", nameEn: "Kweichow Moutai", kind: "stock", by: "pinyin" };
  const line = { symbol: "600519.SH", tradingDate: 20261120, closes: [1_000] };
  const candles = { symbol: "600519.SH", period: "day", adjust: "forward", edition: "feed.0", candles: [], open: null };
  const pages = [
    [AuctionPage, auction, [
      { ...auction, steps: [{ ...step, second: 601 }] },
      { ...auction, steps: [{ ...step, price: 10.5 }] },
      { ...auction, steps: Array(202).fill(step) },
    ]],
    [SearchPage, { q: "mt", results: [found] }, [
      { q: "mt", results: [{ ...found, by: "luck" }] },
      { q: "mt", results: [{ ...found, symbol: "moutai" }] },
    ]],
    [SparklinePage, { lines: [line] }, [{ lines: [{ ...line, closes: [10.5] }] }, { lines: line }]],
    [CandlePage, { ...candles, previous: null, next: null }, [
      { ...candles, previous: null, next: null, candles: [{ tradingDate: 20261120, open: 1.5 }] },
      { ...candles, previous: null },
    ]],
  ] as const;
  for (const [schema, page, wrong] of pages) {
    const read = (body: unknown) => answerOf<unknown>({ status: 200, body }, schema);
    assertEquals(read(page), { ok: true, page });
    for (const body of wrong) assertEquals(read(body), { ok: false, fault: "refused" }, JSON.stringify(body));
  }
});
