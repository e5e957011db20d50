import { assert, assertEquals } from "@std/assert";
import { createQuoteClient } from "../../miniprogram/net/socket_quote_client.ts";
import type { QuoteClient } from "../../miniprogram/net/quote_client.ts";
import { systemClock } from "../../shared/mod.ts";
import { inTime } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";
import { StrippingProxy } from "../../tools/testing/stripping_proxy.ts";
import { fetchPollTransport } from "../../tools/watch/fetch_poll_transport.ts";
import { webSocketTransport } from "../../tools/watch/web_socket_transport.ts";

const A = "600519.SH";

/** Resolves as soon as `isTrue` of the client, which is looked at whenever it has something to tell. */
async function until(client: QuoteClient, what: string, isTrue: () => boolean, ms = 20_000): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    if (isTrue()) resolve();
  };
  const offs = [client.on("change", look), client.on("state", look)];
  look();
  await inTime(promise, what, ms).finally(() => offs.forEach((off) => off()));
}

Deno.test("behind a proxy that strips Upgrade prices move by polling, and by a socket again once one passes", async () => {
  await using server = await ServerProcess.start(["--speed", "60"]);
  await using proxy = new StrippingProxy(`127.0.0.1:${server.port}`);
  const client = createQuoteClient({
    url: `ws://${proxy.host}/ws`,
    transport: webSocketTransport,
    pollTransport: fetchPollTransport,
    clock: systemClock,
    random: Math.random,
    clientName: "polling-test/1.0",
  });
  const subscription = client.subscribe({ symbols: [A], channels: ["quote", "candle", "trades"] });
  try {
    client.open();
    await until(client, "a polled price", () => client.state === "polling" && client.isFresh(A));
    const before = client.quote(A)!;
    await until(client, "a price that moved", () => (client.quote(A)?.seq ?? 0) > before.seq);
    assert(client.candles(A).length > 0, "the day's minutes come by polling too");
    assert(proxy.stripped > 0 && proxy.polls >= 2);

    proxy.passesSockets = true;
    let wasStale = false;
    const off = client.on("state", () => wasStale ||= !client.isFresh(A));
    client.networkChanged(true);
    // An attempt that fails all the same, as on a machine that has other work, is made again within 40 s.
    await until(client, "a socket", () => client.state === "live" && client.isFresh(A), 60_000);
    off();
    assertEquals([wasStale, client.protocol], [false, "tickwire.v1.bin"]);
    const { polls } = proxy;
    const { seq } = client.quote(A)!;
    await until(client, "a pushed price", () => (client.quote(A)?.seq ?? 0) > seq);
    assertEquals(proxy.polls, polls);
  } finally {
    subscription.release();
    client.close();
  }
});
