import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { configure, getLogger, type LogRecord, reset } from "@logtape/logtape";
import { DEFAULT_LIMITS } from "../../shared/mod.ts";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { sessionBench } from "../../tools/testing/session_bench.ts";
import { Tally } from "../delivery/tally.ts";
import type { Metrics } from "../metrics/make_metrics.ts";
import { Admission } from "./admission.ts";
import type { Health } from "./health.ts";
import { makeRouter, type RouterOptions } from "./router.ts";

const HEALTH: Health = { status: "ok", epoch: "e", uptimeSeconds: 1, connections: 2, symbols: 3, ticks: 4 };

const METRICS: Metrics = { contentType: "text/plain; version=0.0.4", text: () => Promise.resolve("up 1\n") };

/** A router over an empty preview folder, with whatever of it a test changes. */
function routerOf(
  changes: Partial<Pick<RouterOptions, "health" | "previewFolder" | "admission" | "api" | "refused">> = {},
) {
  const router = makeRouter({
    hub: sessionBench().hub,
    admission: new Admission({ connectionsMax: 5, connectionsPerAddressMax: 5 }),
    origins: { allowedOrigins: [] },
    clock: new FakeClock(),
    operator: { access: "loopback", pageFolder: "/nonexistent", ...METRICS },
    limits: DEFAULT_LIMITS,
    logger: getLogger(["tickwire"]),
    previewFolder: "/nonexistent",
    health: () => HEALTH,
    ...changes,
  });
  return (target: string, init?: RequestInit, address = "10.0.0.1") =>
    router(new Request(`http://localhost:8000${target}`, init), address);
}

async function errorOf(response: Response): Promise<{ code: string; message: string }> {
  return (await response.json()).error;
}

Deno.test("health is 200 while all is well and 503 otherwise, and never cached", async () => {
  const well = await routerOf()("/healthz");
  assertEquals([well.status, well.headers.get("cache-control"), await well.json()], [200, "no-store", HEALTH]);
  for (const status of ["draining", "feed_silent"] as const) {
    const response = await routerOf({ health: () => ({ ...HEALTH, status }) })("/healthz");
    assertEquals([response.status, (await response.json()).status], [503, status]);
  }
});

Deno.test("metrics are for this machine, in the form that they name, and never cached", async () => {
  const response = await routerOf()("/metrics", {}, "127.0.0.1");
  const { headers, status } = response;
  assertEquals([status, headers.get("content-type"), await response.text()], [200, METRICS.contentType, "up 1\n"]);
  assertEquals([headers.get("cache-control"), headers.get("x-content-type-options")], ["no-store", "nosniff"]);
  const refused = await routerOf()("/metrics");
  assertEquals([refused.status, (await errorOf(refused)).code], [403, "metrics_access"]);
  assertEquals((await routerOf()("/metrics", { method: "POST" }, "127.0.0.1")).status, 405);
});

Deno.test("the operator's page that is not built says how to build it, to whom it is meant for", async () => {
  const response = await routerOf()("/ops", {}, "127.0.0.1");
  assertEquals(response.status, 404);
  assertStringIncludes((await errorOf(response)).message, "deno task build");
  assertEquals((await routerOf()("/ops")).status, 403);
  assertEquals((await routerOf()("/ops/ops.js")).status, 403);
  for (const path of ["/opsx", "/metricsx", "/metrics/"]) assertEquals((await routerOf()(path)).status, 404, path);
});

Deno.test("a refused handshake is counted by the code of its answer", async () => {
  const refused = new Tally();
  await routerOf({ refused })("/ws");
  await routerOf({ refused })("/ws", { method: "POST" });
  assertEquals(refused.entries(), [["host", 1], ["method", 1]]);
});

Deno.test("what lies below the API's root is the API's to answer, as far as it is only asked", async () => {
  const asked: string[] = [];
  const api = ({ method, url }: Request) => {
    asked.push(`${method} ${new URL(url).pathname}`);
    return Promise.resolve(new Response("from the API"));
  };
  const router = routerOf({ api });
  assertEquals(await (await router("/api/v1/candles?x=1")).text(), "from the API");
  assertEquals((await router("/api/v1/x", { method: "POST" })).status, 405);
  for (const path of ["/api/v1", "/api/v2/candles", "/api", "/xapi/v1/candles"]) {
    assertEquals((await router(path)).status, 404, path);
  }
  await router("/api/v1/sectors", { method: "HEAD" });
  assertEquals(asked, ["GET /api/v1/candles", "HEAD /api/v1/sectors"]);
  assertEquals((await routerOf()("/api/v1/candles")).status, 404);
});

Deno.test("the root says how to build the preview where it is missing", async () => {
  const response = await routerOf()("/");
  const { code, message } = await errorOf(response);
  assertEquals([response.status, code], [404, "not_found"]);
  assertStringIncludes(message, "deno task build");
});

Deno.test("an unknown path says what there is", async () => {
  const response = await routerOf()("/nothing");
  assertEquals(response.status, 404);
  assertStringIncludes((await errorOf(response)).message, "/healthz");
});

for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
  Deno.test(`${method} beside the socket gets 405 with what would do`, async () => {
    const response = await routerOf()("/", { method });
    assertEquals([response.status, response.headers.get("allow")], [405, "GET, HEAD"]);
    assertEquals((await errorOf(response)).code, "method");
  });
}

Deno.test("the end point refuses before it touches the connection, in one form", async () => {
  const response = await routerOf()("/ws", { headers: { host: "localhost" } });
  assertEquals(response.status, 426);
  assertEquals(response.headers.get("content-type"), "application/json");
  assertEquals(response.headers.get("cache-control"), "no-store");
  assertEquals(Object.keys(await errorOf(response)), ["code", "message"]);
});

Deno.test("pages of the preview come with a policy that lets them reach this server only", async () => {
  const previewFolder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${previewFolder}/index.html`, "<!doctype html>");
    const response = await routerOf({ previewFolder })("/");
    await response.body?.cancel();
    assertStringIncludes(response.headers.get("content-security-policy") ?? "", "default-src 'none'");
  } finally {
    await Deno.remove(previewFolder, { recursive: true });
  }
});

Deno.test("a defect while answering is logged with its cause and answered without it", async () => {
  const records: LogRecord[] = [];
  await configure({
    sinks: { memory: (record) => void records.push(record) },
    loggers: [{ category: "tickwire", sinks: ["memory"] }, {
      category: ["logtape", "meta"],
      lowestLevel: "error",
      sinks: [],
    }],
    reset: true,
  });
  try {
    const response = await routerOf({
      health: () => {
        throw new Error("the secret cause");
      },
    })("/healthz");
    assertEquals([response.status, (await errorOf(response)).code], [500, "internal"]);
    assertEquals(records.length, 1);
    assert(records[0]?.properties.error instanceof Error);
  } finally {
    await reset();
  }
});
