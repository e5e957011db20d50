import { assert } from "@std/assert";
import { RECONNECT_LATER_MIN_MS } from "./close_codes.ts";
import {
  BACKOFF_BASE_MS,
  BACKOFF_MAX_MS,
  DEFAULT_LIMITS as LIMITS,
  RECONNECT_AFTER_STALL_MS,
  STALL_GRACE_MS,
} from "./limits.ts";

Deno.test("every default is a positive number", () => {
  for (const [name, value] of Object.entries(LIMITS)) assert(Number.isFinite(value) && value > 0, name);
});

Deno.test("a client is asked at least twice before it is closed as silent", () => {
  assert(2 * LIMITS.heartbeatIntervalMs < LIMITS.silentTimeoutMs);
});

Deno.test("a client gives a dead line up before the server does, so that it is the one to come back", () => {
  const givenUpMs = LIMITS.heartbeatIntervalMs + STALL_GRACE_MS + RECONNECT_AFTER_STALL_MS;
  assert(givenUpMs < LIMITS.silentTimeoutMs, `${givenUpMs} ms`);
});

Deno.test("silence is noticed before slowness: who says nothing is silent, not slow", () => {
  assert(LIMITS.silentTimeoutMs < LIMITS.slowTimeoutMs);
});

Deno.test("a client's own heartbeats and acknowledgements are far below the rate that closes it", () => {
  const acksPerSecond = LIMITS.rateMaxPerSecond;
  const pingsPerSecond = 2_000 / LIMITS.heartbeatIntervalMs;
  assert(acksPerSecond + pingsPerSecond < LIMITS.inboundMessagesPerSecond);
  assert(LIMITS.inboundMessagesPerSecond <= LIMITS.inboundMessagesBurst);
});

Deno.test("a full subscription fits into one message", () => {
  const symbols = Array.from({ length: LIMITS.symbolsMax }, (_, i) => `${600000 + i}.SH`);
  const text = JSON.stringify({ type: "subscribe", id: 2 ** 53 - 1, symbols, channels: ["quote", "candle"], rate: 10 });
  assert(text.length <= LIMITS.inboundBytesMax, `${text.length} bytes`);
});

Deno.test("the socket may hold more than the window lets through, so that the window is what closes first", () => {
  assert(LIMITS.unackedBytesMax < LIMITS.bufferedBytesMax);
});

Deno.test("rates and waits leave room between their ends", () => {
  assert(LIMITS.rateMinPerSecond < LIMITS.rateMaxPerSecond);
  assert(BACKOFF_BASE_MS < RECONNECT_LATER_MIN_MS && RECONNECT_LATER_MIN_MS < BACKOFF_MAX_MS);
});
