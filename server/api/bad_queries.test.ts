import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { ApiProblem } from "../../shared/mod.ts";
import { ApiBench } from "../../tools/testing/api_bench.ts";

const CANDLES = "/candles?symbol=600519.SH&period=1m";

/** A path, the status, the code, the field, and words that the message must have. */
const FAULTS: [string, number, string, string | undefined, string][] = [
  ["/candles", 400, "bad_query", "symbol", "symbol is missing: it must be six digits"],
  ["/candles?symbol=600519.SH", 400, "bad_query", "period", "one of 1m, 5m, 15m, 30m, 60m, day, week, month"],
  ["/candles?symbol=600519&period=1m", 400, "bad_query", "symbol", `symbol is "600519": it must be six digits`],
  ["/candles?symbol=600518.SH&period=1m", 404, "unknown_symbol", "symbol", "Did you mean 600519.SH?"],
  ["/candles?symbol=600519.SH&period=2m", 400, "bad_query", "period", `period is "2m"`],
  ["/candles?symbol=600519.SH&Period=1m", 400, "bad_query", "Period", "Did you mean period?"],
  [`${CANDLES}&adjust=backward`, 400, "bad_query", "adjust", "one of none, forward"],
  [`${CANDLES}&limit=0`, 400, "bad_query", "limit", "at least 1"],
  [`${CANDLES}&limit=1001`, 400, "bad_query", "limit", "at most 1000"],
  [`${CANDLES}&limit=-1`, 400, "bad_query", "limit", "a whole number"],
  [`${CANDLES}&limit=1.5`, 400, "bad_query", "limit", "a whole number"],
  [`${CANDLES}&limit=1e3`, 400, "bad_query", "limit", "a whole number"],
  [`${CANDLES}&limit=`, 400, "bad_query", "limit", `limit is ""`],
  [`${CANDLES}&limit=5&limit=6`, 400, "bad_query", "limit", "given twice"],
  [`${CANDLES}&before=yesterday`, 400, "bad_query", "before", "20261120-119"],
  [`${CANDLES}&before=20260230`, 400, "bad_query", "before", "is no date"],
  [`${CANDLES}&before=00000000`, 400, "bad_query", "before", "is no date"],
  [`${CANDLES}&after=20261120-240`, 400, "bad_query", "after", "from 0 to 239"],
  [`${CANDLES}&after=20261119&before=20261120`, 400, "bad_query", "after", "give one of them"],
  ["/candles?symbol=600519.SH&period=day&before=20261120-3", 400, "bad_query", "before", "a date alone, 20261120"],
  [`${CANDLES}&edition=other`, 400, "edition", "edition", "begin again"],
  [`${CANDLES}&toString=1`, 400, "bad_query", "toString", "Known are symbol, period"],
  [`${CANDLES}&__proto__=1`, 400, "bad_query", "__proto__", "There is no parameter"],
  ["/sparklines", 400, "bad_query", "symbols", "symbols is missing: it must be at most 200 symbols"],
  ["/sparklines?symbols=", 400, "bad_query", "symbols", "such as 600519.SH,000001.SZ"],
  ["/sparklines?symbols=600519.SH,", 400, "bad_query", "symbols", "with commas between them"],
  [`/sparklines?symbols=600519.SH${",600519.SH".repeat(200)}`, 400, "bad_query", "symbols", "at most 200"],
  ["/search", 400, "bad_query", "q", "q is missing"],
  ["/search?q=", 400, "bad_query", "q", "at least 1 characters long"],
  [`/search?q=${"x".repeat(65)}`, 400, "bad_query", "q", "at most 64"],
  ["/search?q=a&limit=51", 400, "bad_query", "limit", "at most 50"],
  ["/search?q=a&by=code", 400, "bad_query", "by", "Known are q, limit"],
  ["/instruments/600519", 404, "unknown_symbol", "symbol", "/api/v1/search"],
  ["/instruments/600519.sh", 404, "unknown_symbol", "symbol", "Did you mean 600519.SH?"],
  ["/instruments/600519.SH?x=1", 400, "bad_query", "x", "It takes none here"],
  ["/auctions/600519", 404, "unknown_symbol", "symbol", "/api/v1/search"],
  ["/auctions/600519.SH?second=3", 400, "bad_query", "second", "It takes none here"],
  ["/instruments/__proto__", 404, "unknown_symbol", "symbol", "There is no instrument"],
  ["/rankings", 400, "bad_query", "by", "one of gain, loss, turnover, turnoverRate, volumeRatio"],
  ["/rankings?by=volume", 400, "bad_query", "by", "one of gain"],
  ["/rankings?by=gain&board=nasdaq", 400, "bad_query", "board", "one of main, chinext, star, bse"],
  ["/rankings?by=gain&sector=banks", 404, "unknown_sector", "sector", "Did you mean bank?"],
  ["/rankings?by=gain&limit=201", 400, "bad_query", "limit", "at most 200"],
  ["/sectors?limit=3", 400, "bad_query", "limit", "It takes none here"],
  ["/sectors/nothing", 404, "unknown_sector", "sector", "/api/v1/sectors"],
  ["/", 404, "not_found", undefined, "/api/v1/openapi.json"],
  ["/candle", 404, "not_found", undefined, "/api/v1/candles"],
  ["/candles/", 404, "not_found", undefined, "/api/v1/candles"],
  ["/sectors/", 404, "not_found", undefined, "/api/v1/sectors/{sector}"],
  ["/sectors/bank/members", 404, "not_found", undefined, "there are"],
  ["/instruments/%E0%A4%A", 404, "not_found", undefined, "there are"],
];

const BENCH = new ApiBench({ days: 10, minuteDays: 2 });

for (const [target, status, code, field, words] of FAULTS) {
  Deno.test(`${target.slice(0, 80)} is refused with ${status} and what would do`, async () => {
    const response = await BENCH.get(`/api/v1${target}`);
    const { error } = ApiProblem.parse(await response.json());
    assertEquals([response.status, error.code, error.field], [status, code, field], error.message);
    assertStringIncludes(error.message, words);
    assertEquals(response.headers.get("cache-control"), "no-store");
  });
}

Deno.test("whatever stands in a query, the answer is one of the API's own, and short", () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom("candles", "search", "rankings", "sectors", "instruments/600519.SH", "sectors/bank"),
      fc.array(
        fc.tuple(
          fc.oneof(fc.constantFrom("symbol", "period", "before", "after", "limit", "q", "by", "sector"), fc.string()),
          fc.oneof(
            fc.constantFrom("600519.SH", "1m", "day", "20261120", "20261120-5", "gain", "bank", "100"),
            fc.string({ unit: "grapheme", maxLength: 200 }),
          ),
        ),
        { maxLength: 4 },
      ),
      async (name, pairs) => {
        const response = await BENCH.get(`/api/v1/${name}?${new URLSearchParams(pairs)}`);
        assert([200, 400, 404].includes(response.status), `${response.status}`);
        const text = await response.text();
        if (response.status === 200) return;
        const { message } = ApiProblem.parse(JSON.parse(text)).error;
        assert(message.length < 500, message);
      },
    ),
    { numRuns: 300 },
  ));
