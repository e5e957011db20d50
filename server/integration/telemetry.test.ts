import { assert, assertEquals } from "@std/assert";
import { OtlpReceiver } from "../../tools/testing/otlp_receiver.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";

Deno.test("with OTEL_DENO a collector gets a span for each request, and the log with its levels and their spans", async () => {
  await using collector = new OtlpReceiver();
  const flags = ["--log-output", "console", "--log-level", "debug"];
  await using server = await ServerProcess.start(flags, { env: collector.env });
  await server.health();
  const refused = await fetch(`http://127.0.0.1:${server.port}/ws`);
  await refused.body?.cancel();

  const spanOf = (path: string) => () => collector.spans.find(({ attributes }) => attributes["url.path"] === path);
  const health = await collector.until(spanOf("/healthz"));
  assertEquals([health.name, health.attributes["http.response.status_code"]], ["GET", "200"]);
  const handshake = await collector.until(spanOf("/ws"));
  assertEquals(handshake.attributes["http.response.status_code"], "426");
  const line = await collector.until(() => collector.logs.find(({ body }) => body.includes("Refused a handshake")));
  assertEquals([line.severity, line.traceId], ["DEBUG", handshake.traceId]);
  await collector.until(() => collector.metrics.has("http.server.request.duration") || undefined);
});

Deno.test("log lines go to standard error unless the console is asked for", async () => {
  await using collector = new OtlpReceiver();
  await using server = await ServerProcess.start(["--log-level", "debug"], { env: collector.env });
  const refused = await fetch(`http://127.0.0.1:${server.port}/ws`);
  await refused.body?.cancel();
  await server.logged(/Refused a handshake/);
  // The banner goes through the console and has come with the spans; a log line would have come with it.
  await collector.until(() => collector.spans[0]);
  await collector.until(() => collector.logs.find(({ body }) => body.includes("Tickwire")));
  assert(collector.logs.every(({ body }) => !body.includes("Refused")));
});
