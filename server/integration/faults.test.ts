/** Faults of the server's own parts, planted where they are handed in: they end what they touch, and nothing else. */
import { assert, assertEquals } from "@std/assert";
import { getLogger } from "@logtape/logtape";
import { DEFAULT_LIMITS, type SymbolCode } from "../../shared/mod.ts";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { RawSocket } from "../../tools/testing/raw_socket.ts";
import { DATE, instruments, quoteAtOpen } from "../../tools/testing/sample_market.ts";
import { steadyClock } from "../clock.ts";
import { Hub } from "../delivery/hub.ts";
import type { Session } from "../delivery/session.ts";
import { Admission } from "../http/admission.ts";
import { Listener } from "../http/listener.ts";
import { makeRouter } from "../http/router.ts";
import { QuoteBoard } from "../market/quote_board.ts";

const [GOOD, BAD, LATE] = ["600001.SH", "600002.SH", "600003.SH"].map((symbol) => symbol as SymbolCode) as [
  SymbolCode,
  SymbolCode,
  SymbolCode,
];

/** A board that fails when one symbol is looked up. */
class FaultyBoard extends QuoteBoard {
  override get(symbol: string) {
    if (symbol === BAD) throw new Error("planted: a look-up");
    return super.get(symbol);
  }
}

/** A hub that can fail before there is a session. */
class FaultyHub extends Hub {
  failsToOpen = false;

  override open(...parameters: Parameters<Hub["open"]>): Session {
    if (this.failsToOpen) throw new Error("planted: an opening");
    return super.open(...parameters);
  }
}

function faultyServer() {
  const faults: string[] = [];
  const board = new FaultyBoard("faults", instruments(3), () => steadyClock.nowMs());
  for (const symbol of [GOOD, LATE]) board.tick(symbol, quoteAtOpen());
  const admission = new Admission({ connectionsMax: 100, connectionsPerAddressMax: 100 });
  const hub = new FaultyHub({
    board,
    market: { tradingDate: DATE, exchangeTimeMs: 0, speed: 1, simulated: true },
    clock: steadyClock,
    limits: DEFAULT_LIMITS,
    random: Math.random,
    onFault: (_, error) => faults.push(String(error)),
  });
  const fail = (what: string) => () => {
    throw new Error(`planted: ${what}`);
  };
  const handler = makeRouter({
    hub,
    admission,
    origins: { allowedOrigins: [] },
    clock: steadyClock,
    limits: DEFAULT_LIMITS,
    logger: getLogger("faults"),
    previewFolder: "/nonexistent",
    api: fail("the API"),
    health: fail("the health"),
  });
  const listener = new Listener({ host: "127.0.0.1", port: 0, handler, onLost: fail("the listener") });
  return { admission, board, faults, hub, listener };
}

Deno.test("a part that throws ends the request or the session that met it, and no other", async (t) => {
  const { admission, board, faults, hub, listener } = faultyServer();
  const { port } = listener;
  using witness = await LiveClient.join(port);
  witness.say({ type: "subscribe", id: 1, symbols: [GOOD], channels: ["quote"] });
  await witness.next("snapshot");
  const assertServed = async () => {
    board.tick(GOOD, { volume: ++volume });
    await witness.next("update");
  };
  let volume = 100;
  await t.step("a request: 500, in words that give nothing away", async () => {
    for (const path of ["/api/v1/search?q=a", "/healthz"]) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      const { error } = await response.json();
      assertEquals([response.status, error.code], [500, "internal"]);
      assert(!error.message.includes("planted"), error.message);
    }
    await assertServed();
  });
  await t.step("a socket that opens: 1011", async () => {
    hub.failsToOpen = true;
    using socket = await RawSocket.connect(port);
    const { code } = await socket.untilClosed();
    hub.failsToOpen = false;
    assertEquals(code, 1011);
    await assertServed();
  });
  await t.step("a message: 1011", async () => {
    using client = await LiveClient.join(port);
    client.say({ type: "subscribe", id: 1, symbols: [BAD], channels: ["quote"] });
    assertEquals((await client.closed).code, 1011);
    await assertServed();
  });
  await t.step("a flush: 1011", async () => {
    using client = await LiveClient.join(port);
    client.say({ type: "subscribe", id: 1, symbols: [LATE], channels: ["quote"] });
    await client.next("snapshot");
    Object.defineProperty(board.get(LATE) ?? {}, "version", {
      get() {
        throw new Error("planted: a flush");
      },
    });
    board.tick(LATE, { volume: 1 });
    assertEquals((await client.closed).code, 1011);
    await assertServed();
  });
  await t.step("what they held is given back", () => {
    assertEquals([admission.total, hub.size], [1, 1]);
    assertEquals(faults, ["Error: planted: a flush"]);
  });
  await listener.close();
});
