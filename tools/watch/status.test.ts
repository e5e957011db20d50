import { assertEquals } from "@std/assert";
import { statusLine } from "./status.ts";

const NOW = 1_800_000_000_000;
const market = { tradingDate: 20261120, exchangeTimeMs: NOW, speed: 1, simulated: true };

function status(changes: Partial<Parameters<typeof statusLine>[0]>): Parameters<typeof statusLine>[0] {
  return {
    state: "live",
    rttMs: 12.4,
    ageMs: () => 40,
    retryAtMs: undefined,
    lastError: undefined,
    market,
    url: "ws://x/ws",
    ...changes,
  };
}

Deno.test("a live line says its round trip, its silence, its rate, and that prices are simulated", () => {
  assertEquals(
    statusLine(status({}), 37.54, "en", NOW),
    "live · round trip 12 ms · heard 0s · 37.5 updates/s · simulated prices · ws://x/ws",
  );
  assertEquals(
    statusLine(status({ state: "stalled", rttMs: undefined, ageMs: () => 7_000, market: undefined }), 0, "zh", NOW),
    "无响应 · 静默 7秒 · 0.0 次更新/秒 · ws://x/ws",
  );
});

Deno.test("without a line it says why, and counts down to the next attempt", () => {
  const lastError = { code: "lost" as const, text: "The connection was lost\x1b[2J." };
  const waiting = status({ state: "waiting", lastError, retryAtMs: NOW + 2_100 });
  assertEquals(statusLine(waiting, 0, "en", NOW), "reconnecting · next attempt in 3 s · The connection was lost[2J.");
  assertEquals(
    statusLine(status({ state: "waiting", retryAtMs: NOW - 5 }), 0, "en", NOW),
    "reconnecting · next attempt in 0 s · ws://x/ws",
  );
  assertEquals(statusLine(status({ state: "connecting" }), 0, "en", NOW), "connecting · ws://x/ws");
});
