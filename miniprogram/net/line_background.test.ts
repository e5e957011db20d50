/** A line on a phone: in the background, asleep, and on a network that comes and goes. */
import { assertEquals } from "@std/assert";
import { AT_ONCE_MS, setUp } from "../../tools/testing/client_world.ts";
import { BACKOFF_MAX_MS } from "../lib/shared";
import { HIDE_GRACE_MS } from "./line";

Deno.test("a short time in the background changes nothing; a long one ends the line, and the front resumes it at once", () => {
  const { client, clock, transport, states, goLive } = setUp();
  goLive();
  client.hide();
  client.hide();
  clock.advance(HIDE_GRACE_MS - 1);
  client.show();
  clock.advance(0);
  assertEquals([client.state, transport.sockets.length], ["live", 1]);
  assertEquals(transport.last.sentOf("ping").length, 1, "the line is asked whether it is still there");
  transport.last.say({ type: "pong" });

  client.hide();
  clock.advance(HIDE_GRACE_MS);
  assertEquals([client.state, transport.last.closedWith?.code, clock.pendingTimers], ["idle", 1000, 0]);
  clock.advance(600_000);
  client.show();
  client.show();
  clock.advance(AT_ONCE_MS);
  assertEquals(states.slice(-3), ["idle", "waiting", "connecting"]);
  goLive();
  assertEquals([client.state, transport.sockets.length], ["live", 2]);
});

Deno.test("where scripts stood still in the background, a line of before is not trusted", () => {
  const { client, clock, transport, goLive } = setUp();
  goLive();
  client.hide();
  // The clock moves and no timer fires: this is what sleep looks like from inside.
  clock.jump(60_000);
  client.show();
  assertEquals([client.state, transport.last.closedWith?.code], ["waiting", 1000]);
  clock.advance(AT_ONCE_MS);
  assertEquals([client.state, transport.sockets.length], ["connecting", 2]);
});

Deno.test("opened in the background, it connects in the front; closed in the background, it does not", () => {
  const { client, clock, transport } = setUp();
  client.hide();
  client.open();
  clock.advance(HIDE_GRACE_MS);
  assertEquals([client.state, transport.sockets.length], ["idle", 0]);
  client.show();
  clock.advance(AT_ONCE_MS);
  assertEquals(client.state, "connecting");
  client.hide();
  client.close();
  client.show();
  clock.advance(60_000);
  assertEquals([client.state, transport.sockets.length], ["closed", 1]);
  client.hide();
  client.open();
  assertEquals(client.state, "idle");
});

Deno.test("without a network the line is given up at once and tried rarely; with it again, at once", () => {
  const { client, clock, transport, errors, goLive } = setUp();
  goLive();
  client.networkChanged(false);
  client.networkChanged(false);
  assertEquals([client.state, client.retryAtMs, errors], ["waiting", clock.nowMs() + BACKOFF_MAX_MS, ["offline"]]);
  clock.advance(10_000);
  client.networkChanged(true);
  clock.advance(AT_ONCE_MS);
  assertEquals([client.state, transport.sockets.length], ["connecting", 2]);
});

Deno.test("a device that is wrong about its network is found out in the end", () => {
  const { client, clock, transport } = setUp();
  client.networkChanged(false);
  client.open();
  transport.last.fail("no route");
  clock.advance(BACKOFF_MAX_MS);
  assertEquals([client.state, transport.sockets.length], ["connecting", 2]);
});

Deno.test("a change of network under a live line makes it prove itself within two seconds", () => {
  const { client, clock, transport, goLive } = setUp();
  goLive();
  clock.advance(1_000);
  client.networkChanged(true);
  assertEquals(transport.last.sentOf("ping").length, 1);
  clock.advance(2_000);
  assertEquals(client.state, "stalled");
  client.networkChanged(true);
  clock.advance(AT_ONCE_MS);
  assertEquals([client.state, transport.sockets.length], ["connecting", 2]);
});
