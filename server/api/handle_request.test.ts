import { assertEquals, assertNotEquals } from "@std/assert";
import { ApiBench, MOUTAI } from "../../tools/testing/api_bench.ts";

const BENCH = new ApiBench({ days: 10, minuteDays: 2 });
const PAGE = `/api/v1/candles?symbol=${MOUTAI}&period=day`;

Deno.test("what a client has already is not sent again", async () => {
  const first = await BENCH.get(PAGE);
  const etag = first.headers.get("etag") ?? "";
  for (const value of [etag, `W/${etag.replace("W/", "")}`, `"other", ${etag}`, "*"]) {
    const again = await BENCH.get(PAGE, { headers: { "if-none-match": value } });
    assertEquals([again.status, await again.text(), again.headers.get("etag")], [304, "", etag], value);
    assertEquals(again.headers.get("cache-control"), first.headers.get("cache-control"));
  }
  const other = await BENCH.get(PAGE, { headers: { "if-none-match": '"other"' } });
  assertEquals(other.status, 200);
  assertNotEquals((await BENCH.get(`${PAGE}&limit=2`)).headers.get("etag"), etag);
});

Deno.test("HEAD says all that GET does but the body", async () => {
  const [get, head] = [await BENCH.get(PAGE), await BENCH.get(PAGE, { method: "HEAD" })];
  assertEquals([head.status, await head.text()], [200, ""]);
  assertEquals([...head.headers], [...get.headers]);
});

/** Pages by their origin, and whether a browser lets them read the answer. */
const PAGES: [string, boolean][] = [
  ["http://localhost:8000", true],
  ["http://localhost:5173", true],
  ["https://evil.example", false],
  ["null", false],
];

for (const [origin, mayRead] of PAGES) {
  Deno.test(`a page of ${origin} ${mayRead ? "may" : "may not"} read answers and refusals, as it may open a socket`, async () => {
    for (const target of [PAGE, `${PAGE}&x=1`, "/api/v1/nothing"]) {
      const response = await BENCH.get(target, { headers: { origin, host: "localhost:8000" } });
      assertEquals(response.headers.get("access-control-allow-origin"), mayRead ? origin : null);
      assertEquals(response.headers.get("vary"), "origin");
    }
  });
}

Deno.test("without an origin, as from a mini-program, nothing needs to be allowed", async () => {
  const response = await BENCH.get(PAGE, { headers: { referer: "https://servicewechat.com/wx1/1/page-frame.html" } });
  assertEquals([response.status, response.headers.get("access-control-allow-origin")], [200, null]);
});
