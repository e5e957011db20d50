import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { runServer, ServerProcess } from "../../tools/testing/server_process.ts";

const SYMBOL = "600519.SH";

/** What the HTTP API says, from a server that must know it. */
async function told(port: number, path: string) {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`);
  assertEquals(response.status, 200, path);
  return await response.json();
}

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
    const auction = await told(recorded.port, `auctions/${SYMBOL}`);
    await recorded.stop();
    await using replayed = await ServerProcess.start(["--replay", file]);
    const again = await firstQuote(replayed.port);
    assert(quote && again);
    assertEquals([again.tradingDate, again.prevClose, again.open], [quote.tradingDate, quote.prevClose, quote.open]);
    assert(auction.steps.length > 50);
    assertEquals(await told(replayed.port, `auctions/${SYMBOL}`), auction);
    assertEquals((await told(replayed.port, "search?q=gzmt")).results[0].symbol, SYMBOL);
    const { candles, open } = await told(replayed.port, `candles?symbol=${SYMBOL}&period=day`);
    assertEquals([candles, open.open], [[], quote.open], "a recording has no past beyond its own day");
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("a recording that is not there is told in words, before anything starts", async () => {
  const { code, stderr, stdout } = await runServer(["--replay", "recordings/nothing.twr"]);
  assertEquals([code, stdout], [1, ""]);
  assertStringIncludes(stderr, "recordings/nothing.twr cannot be opened: there is no such file");
});
