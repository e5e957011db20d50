import { assert, assertEquals } from "@std/assert";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { type MetricFamily, parsePrometheusText, sampleValue } from "../../tools/testing/prometheus_text.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";
import { until } from "../../tools/testing/until.ts";

async function metricsOf({ port }: ServerProcess): Promise<MetricFamily[]> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  assertEquals(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  return parsePrometheusText(await response.text());
}

Deno.test("a real server shows its clients, its refusals, its feed and itself to a scraper", async () => {
  await using server = await ServerProcess.start(["--speed", "60"]);
  const refused = await fetch(`http://127.0.0.1:${server.port}/ws`);
  await refused.body?.cancel();
  {
    using client = await LiveClient.join(server.port);
    client.say({ type: "subscribe", id: 1, symbols: ["600519.SH"], channels: ["quote"] });
    await client.next("update");
    const hasLooked = async () => await server.metric("tickwire_event_loop_lag_seconds_count") > 0;
    await until(hasLooked, 10_000, "the event loop is not looked after");
    const families = await metricsOf(server);
    assertEquals(sampleValue(families, "tickwire_connections", { protocol: "tickwire.v1.json" }), 1);
    assertEquals(sampleValue(families, "tickwire_handshakes_refused_total", { code: "upgrade_required" }), 1);
    assert(sampleValue(families, "tickwire_feed_ticks_total") > 0);
    assert(sampleValue(families, "process_resident_memory_bytes") > 10e6);
  }
  await server.untilConnections(0);
  const families = await metricsOf(server);
  assertEquals(sampleValue(families, "tickwire_sessions_closed_total", { cause: "peer" }), 1);
  assertEquals(sampleValue(families, "tickwire_sessions_opened_total"), 1);
});

Deno.test("the operator's page comes with its script and style, and allows no others", async () => {
  await using server = await ServerProcess.start();
  const page = await fetch(`http://127.0.0.1:${server.port}/ops`);
  const text = await page.text();
  assertEquals([page.status, page.headers.get("content-type")], [200, "text/html; charset=utf-8"]);
  assert(page.headers.get("content-security-policy")?.startsWith("default-src 'none'; script-src 'self';"));
  const files = [...text.matchAll(/(?:src|href)="(\/ops\/[^"]+)"/g)].map(([, path]) => path);
  assertEquals(files.length, 3);
  for (const path of files) {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    await response.body?.cancel();
    assertEquals(response.status, 200, path);
  }
  const other = await fetch(`http://127.0.0.1:${server.port}/ops/nothing.js`);
  assertEquals([other.status, (await other.json()).error.code], [404, "not_found"]);
});

Deno.test("the metrics can be switched off, and a proxy does not open them", async () => {
  await using open = await ServerProcess.start();
  const forwarded = await fetch(`http://127.0.0.1:${open.port}/metrics`, { headers: { "x-forwarded-for": "1.2.3.4" } });
  assertEquals([forwarded.status, (await forwarded.json()).error.code], [403, "metrics_access"]);
  await using shut = await ServerProcess.start(["--metrics-access", "none"]);
  for (const path of ["/metrics", "/ops", "/ops/ops.js"]) {
    const answer = await fetch(`http://127.0.0.1:${shut.port}${path}`);
    assertEquals([answer.status, (await answer.json()).error.code], [404, "metrics_off"], path);
  }
});
