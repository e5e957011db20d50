import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { MOUTAI, PING_AN, symbol } from "../../tools/testing/server_messages.ts";
import { decodeClient, encode, type SymbolCode } from "../lib/shared";
import { planResume, type ResumeParts } from "./resume";
import type { Wish } from "./wishes";

const visible = (...channels: Wish["channels"]): Wish => ({ channels, tier: "visible" });

function plan(wanted: [SymbolCode, Wish][], changes: Partial<ResumeParts> = {}) {
  return planResume({
    id: 1,
    epoch: "epoch-1",
    ratePerSecond: undefined,
    wanted: new Map(wanted),
    position: (code) => ({ symbol: code, seq: 7 }),
    bytesMax: 16_384,
    start: 0,
    ...changes,
  });
}

Deno.test("symbols with the same channels and tier share a group, the nearest first", () => {
  const CATL = symbol("300750.SZ");
  const planned = plan([
    [MOUTAI, { channels: ["quote"], tier: "hidden" }],
    [PING_AN, visible("quote", "depth")],
    [CATL, visible("depth", "quote")],
  ], { ratePerSecond: 5 });
  assertEquals(planned?.resume, {
    id: 1,
    epoch: "epoch-1",
    rate: 5,
    groups: [
      {
        channels: ["depth", "quote"],
        tier: "visible",
        symbols: [{ symbol: PING_AN, seq: 7 }, { symbol: CATL, seq: 7 }],
      },
      { channels: ["quote"], tier: "hidden", symbols: [{ symbol: MOUTAI, seq: 7 }] },
    ],
  });
  assertEquals([planned?.told.size, planned?.nextStart], [3, 0]);
});

Deno.test("where nothing is wanted there is nothing to resume", () => {
  assertEquals(plan([]), undefined);
});

Deno.test("whatever is wanted, a hello fits into its bytes, is valid, and leaves a place from which to go on", () => {
  const channels = fc.subarray(["quote", "depth", "trades", "candle"] as const, { minLength: 1 });
  const wish = fc.record({ channels, tier: fc.constantFrom("visible" as const, "near" as const, "hidden" as const) });
  const wishes = fc.array(wish, { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(wishes, fc.integer({ min: 1_200, max: 16_384 }), (list, bytesMax) => {
      const wanted = list.map((one, i): [SymbolCode, Wish] => [symbol(`${600_000 + i}.SH`), one]);
      const seen: SymbolCode[] = [];
      let start = 0;
      do {
        const planned = plan(wanted, { bytesMax, start });
        assert(planned);
        const text = encode({ type: "hello", client: "x".repeat(200), acks: true, resume: planned.resume });
        assert(text.length <= bytesMax, `${text.length} > ${bytesMax}`);
        assert(decodeClient(text).ok);
        seen.push(...planned.told.keys());
        start = planned.nextStart;
      } while (start > 0);
      assertEquals(new Set(seen).size, wanted.length);
      assertEquals(seen.length, wanted.length, "each once");
    }),
    { numRuns: 30 },
  );
});
