import { assert, assertEquals } from "@std/assert";
import { ENTER, setUp, type World } from "../../tools/testing/client_world.ts";
import { welcome } from "../../tools/testing/server_messages.ts";
import type { LineState } from "./client_state";
import { HIDE_GRACE_MS } from "./line";

import { OLD_SOCKET_WAIT_MS } from "./socket_slot";

const EVENTS: Record<string, (world: World) => void> = {
  open: ({ client }) => client.open(),
  close: ({ client }) => client.close(),
  "hide for long": ({ client, clock }) => {
    client.hide();
    clock.advance(HIDE_GRACE_MS);
  },
  "hide and show": ({ client }) => {
    client.hide();
    client.show();
  },
  "network off": ({ client }) => client.networkChanged(false),
  "network on": ({ client }) => client.networkChanged(true),
  "another url": ({ client }) => client.setUrl("ws://other/ws"),
  "another form": ({ client }) => client.setWireForm("text"),
  "socket opens": ({ transport }) => transport.sockets.at(-1)?.open(),
  "welcome": ({ transport }) => transport.sockets.at(-1)?.say(welcome()),
  "ping": ({ transport }) => transport.sockets.at(-1)?.say({ type: "ping" }),
  "pong": ({ transport }) => transport.sockets.at(-1)?.say({ type: "pong" }),
  "lost": ({ transport }) => transport.sockets.at(-1)?.end(1006),
  "error": ({ transport }) => transport.sockets.at(-1)?.fail("reset"),
  "close 4500": ({ transport }) => transport.sockets.at(-1)?.end(4500),
  "two minutes alone": ({ clock, transport }) => {
    transport.reportsOwnClose = false;
    clock.advance(120_000 - 1);
  },
};

/** Where each event (row) leads from each state (column). An initial stands for a state; W for waiting, X for closed. */
const COLUMNS: LineState[] = ["idle", "connecting", "negotiating", "live", "stalled", "waiting", "closed"];
const INITIALS: Record<string, LineState> = {
  I: "idle",
  C: "connecting",
  N: "negotiating",
  L: "live",
  S: "stalled",
  W: "waiting",
  X: "closed",
};
const OUTCOMES: Record<string, string> = {
  //                  I C N L S W X
  "open": /*       */ "C C N L S W C",
  "close": /*      */ "X X X X X X X",
  "hide for long": "I I I I I I X",
  "hide and show": "I C N L W W X",
  "network off": /**/ "I W W W W W X",
  "network on": /* */ "I C N L W W X",
  "another url": /**/ "I W W W W W X",
  "another form": "I W W W W W X",
  "socket opens": "I N N L S W X",
  "welcome": /*    */ "I C L L S W X",
  "ping": /*       */ "I C N L S W X",
  "pong": /*       */ "I C N L L W X",
  "lost": /*       */ "I W W W W W X",
  "error": /*      */ "I W W W W W X",
  "close 4500": /* */ "I W X X X W X",
};

Deno.test("every event leads from every state where the table says", () => {
  for (const [event, row] of Object.entries(OUTCOMES)) {
    row.split(" ").forEach((initial, column) => {
      const world = setUp();
      const from = COLUMNS[column]!;
      ENTER[from](world);
      assertEquals(world.client.state, from);
      EVENTS[event]!(world);
      assertEquals(world.client.state, INITIALS[initial], `${event} while ${from}`);
      assert(world.transport.mostAtOnce <= 1);
    });
  }
});

Deno.test("any two events after each other, from any state, end in a legal state with at most one socket and no timer left", () => {
  for (const from of COLUMNS) {
    for (const first of Object.values(EVENTS)) {
      for (const second of Object.values(EVENTS)) {
        const world = setUp();
        ENTER[from](world);
        first(world);
        second(world);
        world.client.close();
        world.clock.advance(OLD_SOCKET_WAIT_MS);
        assertEquals([world.client.state, world.clock.pendingTimers], ["closed", 0]);
        assert(world.transport.mostAtOnce <= 1 || !world.transport.reportsOwnClose);
      }
    }
  }
});
