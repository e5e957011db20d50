/** A hub with fake sockets and a fake clock, for tests of the sessions in it. */
import { encodeClient } from "../../shared/binary/mod.ts";
import {
  type ClientMessage,
  DEFAULT_LIMITS,
  encode,
  type Limits,
  SUBPROTOCOL_BINARY,
  SUBPROTOCOL_JSON,
} from "../../shared/mod.ts";
import { Hub, type HubOptions } from "../../server/delivery/hub.ts";
import type { Session } from "../../server/delivery/session.ts";
import type { QuoteBoard } from "../../server/market/quote_board.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeSocket } from "./fake_socket.ts";
import { boardOf, DATE } from "./sample_market.ts";

export interface Peer {
  readonly session: Session;
  readonly socket: FakeSocket;
  /** Sends one message as a client would. */
  say(message: ClientMessage): void;
  /** Sends text, or whatever else a peer may send. */
  sayRaw(data: unknown): void;
}

export interface SessionBench {
  readonly clock: FakeClock;
  readonly board: QuoteBoard;
  readonly hub: Hub;
  readonly limits: Limits;
  /** What the hub said of ended sessions: the id and the cause. */
  readonly ends: string[];
  /** Opens a socket that has not said hello. @param protocol @default the bench's */
  connect(protocol?: string): Peer;
  /** Opens a socket and says hello; the welcome is taken away. */
  join(acks?: boolean): Peer;
}

/**
 * @param stocks Instruments on the board. @default 3
 * @param protocol Subprotocol of every connection. @default that of JSON
 */
export function sessionBench(
  { stocks = 3, protocol: usual = SUBPROTOCOL_JSON, limits: some = {}, ...options }:
    & { stocks?: number; protocol?: string; limits?: Partial<Limits> }
    & Partial<Pick<HubOptions, "random" | "onFault" | "channels" | "stats">> = {},
): SessionBench {
  const clock = new FakeClock();
  const board = boardOf(stocks, { nowMs: () => clock.nowMs() });
  const limits = { ...DEFAULT_LIMITS, ...some };
  const ends: string[] = [];
  const hub = new Hub({
    board,
    market: { tradingDate: DATE, exchangeTimeMs: 0, speed: 1, simulated: true },
    clock,
    limits,
    random: () => 0.5,
    onEnd: ({ id }, cause) => ends.push(`${id} ${cause}`),
    ...options,
  });
  const connect = (protocol = usual): Peer => {
    const socket = new FakeSocket();
    const session = hub.open(socket, protocol);
    const sayRaw = (data: unknown) => session.receive(data);
    const write = (message: ClientMessage) =>
      protocol === SUBPROTOCOL_BINARY ? encodeClient(message).buffer : encode(message);
    return { session, socket, sayRaw, say: (message) => sayRaw(write(message)) };
  };
  const join = (acks = false): Peer => {
    const peer = connect();
    peer.say({ type: "hello", acks });
    peer.socket.take();
    return peer;
  };
  return { clock, board, hub, limits, ends, connect, join };
}
