/** The mini-program's client and the real server, with everything between them real as well. */
import { assert, assertEquals } from "@std/assert";
import type { QuoteClient } from "../../miniprogram/net/quote_client.ts";
import { createQuoteClient } from "../../miniprogram/net/socket_quote_client.ts";
import type { Transport } from "../../miniprogram/net/transport.ts";
import { CHANNELS, SUBPROTOCOL_BINARY, systemClock } from "../../shared/mod.ts";
import { inTime } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";
import { webSocketTransport } from "../../tools/watch/web_socket_transport.ts";

const SYMBOLS = ["600519.SH", "000001.SZ", "300750.SZ"];

/** Counts what a client sends on each of its sockets: a round trip is a message out that waits for one back. */
function counting(): { transport: Transport; sent: number[] } {
  const sent: number[] = [];
  const transport: Transport = {
    connect: (request, handlers) => {
      sent.push(0);
      const connection = webSocketTransport.connect(request, handlers);
      return {
        send: (data) => {
          sent[sent.length - 1] = (sent[sent.length - 1] ?? 0) + 1;
          connection.send(data);
        },
        close: (code, reason) => connection.close(code, reason),
      };
    },
  };
  return { transport, sent };
}

function clientOf(port: number, transport: Transport): QuoteClient {
  return createQuoteClient({
    url: `ws://127.0.0.1:${port}/ws`,
    transport,
    clock: systemClock,
    random: () => 0,
    clientName: "tickwire-test/1",
  });
}

async function until(client: QuoteClient, what: string, isSo: () => boolean): Promise<void> {
  const wait = new Promise<void>((resolve) => {
    const look = () => isSo() && resolve();
    client.on("change", look);
    client.on("state", look);
    look();
  });
  await inTime(wait, what);
}

const areFresh = (client: QuoteClient) => SYMBOLS.every((symbol) => client.isFresh(symbol));

Deno.test("the line is binary, and a line that was lost is back in step by its hello alone", async () => {
  await using server = await ServerProcess.start();
  const { transport, sent } = counting();
  const client = clientOf(server.port, transport);
  client.subscribe({ symbols: SYMBOLS, channels: [...CHANNELS] });
  client.open();
  await until(client, "fresh prices", () => areFresh(client));
  assertEquals([client.protocol, sent], [SUBPROTOCOL_BINARY, [1]]);
  await until(client, "books and candles", () => SYMBOLS.every((s) => client.depth(s) && client.candles(s).length > 0));
  const before = client.quote("600519.SH")?.seq ?? 0;
  client.networkChanged(false);
  assertEquals(areFresh(client), false);
  client.networkChanged(true);
  await until(client, "fresh prices again", () => areFresh(client));
  assertEquals([sent.length, sent[1]], [2, 1], "one message out, and all of them are in step");
  assert((client.quote("600519.SH")?.seq ?? 0) >= before);
  assertEquals([client.repairs.gap, client.repairs.checksum], [0, 0]);
  assert(client.repairs.agreed > 0);
  client.close();
});
