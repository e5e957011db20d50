import { assert, assertEquals, assertMatch } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { type MetricFamily, parsePrometheusText, sampleValue } from "../../tools/testing/prometheus_text.ts";
import { DeliveryStats } from "../delivery/delivery_stats.ts";
import { LagHistogram } from "../delivery/lag_histogram.ts";
import { Tally } from "../delivery/tally.ts";
import { LOOP_CHECK_INTERVAL_MS, LoopLag } from "./loop_lag.ts";
import { makeMetrics } from "./make_metrics.ts";

function sample() {
  const stats = new DeliveryStats();
  const refusedHandshakes = new Tally();
  const loopLag = new LagHistogram();
  const metrics = makeMetrics(stats, {
    connections: () => new Map([["tickwire.v1.json", 3], ["tickwire.v1.bin", 4]]),
    places: () => ({ held: 8, max: 20_000 }),
    sessionsOpened: () => 9,
    refusedHandshakes,
    waitingHandshakes: () => 2,
    overloads: new Tally(),
    handshakeWaits: new LagHistogram(),
    loopLag,
    isDraining: () => false,
    isFeedSilent: () => true,
    feed: () => ({ symbols: 420, ticks: 1_000, lastTickMs: 1_800_000_000_500 }),
    startedMs: 1_800_000_000_000,
  });
  return { stats, refusedHandshakes, loopLag, read: async () => parsePrometheusText(await metrics.text()) };
}

/** What Prometheus' own guide asks of names (prometheus.io/docs/practices/naming). */
function assertConventional({ name, help, type, samples }: MetricFamily): void {
  assertMatch(name, /^(tickwire|process)_[a-z]+(_[a-z]+)*$/, "a prefix, then words in small letters");
  assert(!/_(ms|milliseconds|kb|kilobytes|minutes)(_|$)/.test(name), `${name}: times are seconds, sizes are bytes`);
  assertEquals(name.endsWith("_total"), type === "counter", `${name}: a counter, and nothing else, ends with _total`);
  assertMatch(help, /^[A-Z1].*[^.]\.$/, `${name}: its help is a sentence`);
  assert(help.length < 120, `${name}: its help is short`);
  for (const { labels, value } of samples) {
    assert(value >= 0, name);
    for (const label of Object.keys(labels)) assertMatch(label, /^(code|cause|kind|protocol|le)$/);
  }
}

function assertHistogram({ name, samples }: MetricFamily): void {
  const buckets = samples.filter((sample) => sample.name === `${name}_bucket`);
  const bounds = buckets.map(({ labels }) => labels.le === "+Inf" ? Infinity : Number(labels.le));
  assertEquals(bounds, [...bounds].sort((a, b) => a - b));
  assertEquals(bounds.at(-1), Infinity);
  const counts = buckets.map(({ value }) => value);
  assertEquals(counts, [...counts].sort((a, b) => a - b), "the counts are cumulative");
  assertEquals(samples.find((sample) => sample.name === `${name}_count`)?.value, counts.at(-1));
}

Deno.test("every family keeps the conventions, before anything has happened and after", async () => {
  const { stats, refusedHandshakes, loopLag, read } = sample();
  const before = await read();
  stats.frames = 5;
  stats.closes.add("slow");
  stats.refusals.add("bad_json");
  refusedHandshakes.add("origin");
  for (const ms of [0.1, 3, 70, 9_000]) stats.flushLag.record(ms);
  loopLag.record(1);
  const after = await read();
  assertEquals(before.map(({ name }) => name), after.map(({ name }) => name));
  for (const family of [...before, ...after]) {
    assertConventional(family);
    if (family.type === "histogram") assertHistogram(family);
  }
});

Deno.test("each number is where its name says", async () => {
  const { stats, refusedHandshakes, read } = sample();
  Object.assign(stats, { frames: 10, bytesSent: 1_200, updates: 30, ticksMerged: 90, framesShared: 4, polls: 2 });
  stats.closes.add("slow");
  stats.closes.add("peer");
  stats.resumes.add("delta");
  stats.repairs.add("gap");
  refusedHandshakes.add("full");
  const families = await read();
  const value = (name: string, labels?: Record<string, string>) => sampleValue(families, name, labels);
  assertEquals(value("tickwire_connections", { protocol: "tickwire.v1.bin" }), 4);
  assertEquals([value("tickwire_connection_places_held"), value("tickwire_connection_places_max")], [8, 20_000]);
  assertEquals([value("tickwire_frames_sent_total"), value("tickwire_sent_bytes_total")], [10, 1_200]);
  assertEquals([value("tickwire_quote_updates_sent_total"), value("tickwire_ticks_sent_total")], [30, 90]);
  assertEquals([value("tickwire_frames_shared_total"), value("tickwire_polls_total")], [4, 2]);
  assertEquals(value("tickwire_sessions_closed_total", { code: "4008", cause: "slow" }), 1);
  assertEquals(value("tickwire_sessions_closed_total", { code: "none", cause: "peer" }), 1);
  assertEquals(value("tickwire_sessions_closed_total", { cause: "drain" }), 0);
  assertEquals(value("tickwire_resumed_symbols_total", { kind: "delta" }), 1);
  assertEquals(value("tickwire_repaired_symbols_total", { cause: "gap" }), 1);
  assertEquals(value("tickwire_handshakes_refused_total", { code: "full" }), 1);
  assertEquals([value("tickwire_feed_ticks_total"), value("tickwire_symbols")], [1_000, 420]);
  assertEquals(value("tickwire_feed_last_tick_timestamp_seconds"), 1_800_000_000.5);
  assertEquals(value("tickwire_handshakes_waiting"), 2);
  assertEquals([value("tickwire_draining"), value("tickwire_feed_silent")], [0, 1]);
  assertEquals(value("process_start_time_seconds"), 1_800_000_000);
  assert(value("process_resident_memory_bytes") > 10e6);
  assert(value("process_cpu_seconds_total") > 0);
});

Deno.test("lags are shown in seconds, cumulatively", async () => {
  const { stats, read } = sample();
  for (const ms of [0.2, 0.4, 3, 6_000]) stats.flushLag.record(ms);
  const families = await read();
  const upTo = (le: string) => sampleValue(families, "tickwire_flush_lag_seconds_bucket", { le });
  assertEquals(["0.0005", "0.002", "0.005", "5", "+Inf"].map(upTo), [2, 2, 3, 3, 4]);
  assertEquals(Math.round(sampleValue(families, "tickwire_flush_lag_seconds_sum") * 1e6), 6_003_600);
});

Deno.test("asking twice counts nothing twice", async () => {
  const { stats, read } = sample();
  stats.frames = 7;
  stats.closes.add("drain");
  await read();
  const families = await read();
  assertEquals(sampleValue(families, "tickwire_frames_sent_total"), 7);
  assertEquals(sampleValue(families, "tickwire_sessions_closed_total", { cause: "drain" }), 1);
});

Deno.test("the event loop's lag is what a timer comes late by, and nothing is left running", () => {
  const clock = new FakeClock();
  let extraMs = 0;
  const lag = new LoopLag(clock, () => clock.nowMs() + extraMs);
  lag.start();
  clock.advance(LOOP_CHECK_INTERVAL_MS * 3);
  assertEquals([lag.histogram.count, lag.histogram.sumMs, lag.latestMs], [3, 0, 0]);
  extraMs = 40;
  clock.advance(LOOP_CHECK_INTERVAL_MS);
  assertEquals([lag.histogram.count, lag.latestMs], [4, 40]);
  clock.advance(LOOP_CHECK_INTERVAL_MS);
  assertEquals(lag.latestMs, 0, "one hiccup is one late timer");
  lag.stop();
  assertEquals(clock.pendingTimers, 0);
});
