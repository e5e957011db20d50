/** A hub with fake sockets and a fake clock, for tests of the sessions in it. */
import { type ClientMessage, DEFAULT_LIMITS, encode, type Limits } from "../../shared/mod.ts";
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
  /** Opens a socket that has not said hello. */
  connect(): Peer;
  /** Opens a socket and says hello; the welcome is taken away. */
  join(acks?: boolean): Peer;
}

/** @param stocks Instruments on the board. @default 3 */
export function sessionBench(
  { stocks = 3, limits: some = {}, ...options }:
    & { stocks?: number; limits?: Partial<Limits> }
    & Partial<Pick<HubOptions, "random" | "onFault">> = {},
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
  const connect = (): Peer => {
    const socket = new FakeSocket();
    const session = hub.open(socket, "tickwire.v1.json");
    const sayRaw = (data: unknown) => session.receive(data);
    return { session, socket, sayRaw, say: (message) => sayRaw(encode(message)) };
  };
  const join = (acks = false): Peer => {
    const peer = connect();
    peer.say({ type: "hello", acks });
    peer.socket.take();
    return peer;
  };
  return { clock, board, hub, limits, ends, connect, join };
}
