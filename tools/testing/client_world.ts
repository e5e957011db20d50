import { BACKOFF_BASE_MS } from "../../shared/mod.ts";
import type { LineState } from "../../miniprogram/net/client_state.ts";
import type { PollTransport } from "../../miniprogram/net/poll_transport.ts";
import type { ClientState, QuoteClient } from "../../miniprogram/net/quote_client.ts";
import { createQuoteClient } from "../../miniprogram/net/socket_quote_client.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeTransport } from "./fake_transport.ts";
import { welcome } from "./server_messages.ts";

export const URL = "ws://server/ws";

/** Silence after which a line is stalled, under the heartbeat that {@link welcome} states. */
export const STALL_MS = 6_000;

/** With `random` at one half: the wait after a first failure, and before an attempt made at once. */
export const FIRST_WAIT_MS = BACKOFF_BASE_MS / 2;
export const AT_ONCE_MS = 50;

/** A client on a fake clock and a fake network, and what it said. */
export interface World {
  readonly clock: FakeClock;
  readonly transport: FakeTransport;
  readonly client: QuoteClient;
  readonly states: ClientState[];
  readonly errors: string[];
  goLive(): void;
}

/** @param pollTransport HTTP, for a client that may fall back on it. @default none */
export function setUp(random: () => number = () => 0.5, pollTransport?: PollTransport): World {
  const clock = new FakeClock();
  const transport = new FakeTransport();
  const options = { url: URL, transport, clock, random, clientName: "test/1" };
  const client = createQuoteClient(pollTransport ? { ...options, pollTransport } : options);
  const states: ClientState[] = [];
  const errors: string[] = [];
  client.on("state", (state) => states.push(state));
  client.on("error", ({ code }) => errors.push(code));
  const goLive = () => {
    if (client.state === "idle" || client.state === "closed") client.open();
    transport.last.open();
    transport.last.say(welcome());
  };
  return { clock, transport, client, states, errors, goLive };
}

/** How a new client comes into each of its states. */
export const ENTER: Record<LineState, (world: World) => void> = {
  idle: () => {},
  connecting: ({ client }) => client.open(),
  negotiating: ({ client, transport }) => {
    client.open();
    transport.last.open();
  },
  live: ({ goLive }) => goLive(),
  stalled: ({ goLive, clock }) => {
    goLive();
    clock.advance(STALL_MS);
  },
  waiting: ({ goLive, transport }) => {
    goLive();
    transport.last.end();
  },
  closed: ({ goLive, client }) => {
    goLive();
    client.close();
  },
};
