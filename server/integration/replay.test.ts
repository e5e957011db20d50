import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { runServer, ServerProcess } from "../../tools/testing/server_process.ts";

const SYMBOL = "600519.SH";

/** The quote that a server shows first. */
async function firstQuote(port: number) {
  using client = await LiveClient.join(port);
  client.say({ type: "subscribe", id: 1, symbols: [SYMBOL], channels: ["quote"] });
  const { quotes } = await client.next("snapshot");
  return quotes[0];
}

Deno.test("a run that was recorded is served again, by a server that says it is a replay", async () => {
  const file = `recordings/test-${Deno.pid}.twr`;
  try {
    const recorded = await ServerProcess.start(["--record", file]);
    const quote = await firstQuote(recorded.port);
    await recorded.stop();
    await using replayed = await ServerProcess.start(["--replay", file]);
    const again = await firstQuote(replayed.port);
    assert(quote && again);
    assertEquals([again.tradingDate, again.prevClose, again.open], [quote.tradingDate, quote.prevClose, quote.open]);
    const response = await fetch(`http://127.0.0.1:${replayed.port}/api/v1/search?q=gzmt`);
    await response.body?.cancel();
    assertEquals(response.status, 404, "a recording has no past to ask for");
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("a recording that is not there is told in words, before anything starts", async () => {
  const { code, stderr, stdout } = await runServer(["--replay", "recordings/nothing.twr"]);
  assertEquals([code, stdout], [1, ""]);
  assertStringIncludes(stderr, "recordings/nothing.twr cannot be opened: there is no such file");
});
