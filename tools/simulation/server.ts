import { STATUS_CODE } from "@std/http/status";
import type { ClientSocket } from "../../server/delivery/client_socket.ts";
import { causeText, Hub } from "../../server/delivery/hub.ts";
import { QuoteBoard } from "../../server/market/quote_board.ts";
import { chooseSubprotocol, decodeClient, type Limits } from "../../shared/mod.ts";
import type { MessageData } from "../../server/delivery/session_codec.ts";
import type { Connection, Data, ServerEnd } from "./connection.ts";
import type { Dice } from "./dice.ts";
import { FrameWatch } from "./frame_watch.ts";
import type { SimulatedMarket } from "./market.ts";
import type { Seams } from "./seams.ts";
import { ProcessClock } from "./process_clock.ts";
import type { Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";
import type { Truth } from "./truth.ts";
import type { Verdict } from "./verdict.ts";

/** Drained clients that are asked to come back in one second. */
const DRAIN_RETURNS_PER_SECOND = [1, 4, 1_000];

/** Time from the drain to the end of the process, in milliseconds. */
const DRAIN_TIMEOUT_MS = 2_000;

export interface ServerParts {
  readonly timeline: Timeline;
  readonly dice: Dice;
  readonly market: SimulatedMarket;
  readonly truth: Truth;
  readonly limits: Limits;
  /** Subprotocols that this server speaks. */
  readonly protocols: readonly string[];
  readonly startMs: number;
  readonly seams: Seams;
  readonly trace: Trace;
  readonly verdict: Verdict;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly retryAfterSeconds?: number;
}

/** One run of the server's process, from its start to its end. */
interface Process {
  readonly clock: ProcessClock;
  readonly board: QuoteBoard;
  readonly hub: Hub;
  isDraining: boolean;
}

/** The server: the real board and the real delivery, in a process that can die and begin again. */
export class SimulatedServer {
  #process: Process | undefined;
  #connections: Connection[] = [];
  readonly #watches = new WeakMap<Connection, FrameWatch>();
  #runs = 0;
  /** In calm no poll is one too many. */
  isCalm = false;

  constructor(private readonly parts: ServerParts) {}

  /** Whether it answers, and goes on doing so. */
  get isServing(): boolean {
    return this.#process !== undefined && !this.#process.isDraining;
  }

  get isUp(): boolean {
    return this.#process !== undefined;
  }

  get board(): QuoteBoard | undefined {
    return this.#process?.board;
  }

  get sessions(): number {
    return this.#process?.hub.size ?? 0;
  }

  get pendingTimers(): number {
    return this.#process?.clock.pendingTimers ?? 0;
  }

  start(): void {
    const { timeline, dice, market, truth, limits, startMs, seams, verdict } = this.parts;
    const clock = new ProcessClock(timeline, startMs);
    const epoch = `epoch-${++this.#runs}`;
    const board = new QuoteBoard(epoch, market.instruments, () => clock.nowMs());
    const hub = new Hub({
      board: seams.board(board),
      channels: market.channels,
      market: market.clock,
      clock: seams.serverClock(clock),
      limits,
      random: dice.uniform,
      onEnd: (session, cause) => this.#note(() => `${session.id} has ended: ${causeText(cause)}`),
      onFault: (session, error) => verdict.fail(`a fault while ${session.id} was served: ${errorText(error)}`),
    });
    this.#note(() => `starts with ${epoch}`);
    this.#process = { clock, board, hub, isDraining: false };
    truth.begin(epoch);
    market.start({
      tick: (symbol, changes) => {
        board.tick(symbol, changes);
        truth.record(board, symbol, timeline.nowMs);
      },
      trade: (symbol, trade) => {
        board.trade(symbol, trade);
        truth.recordTrade(board, symbol, trade);
      },
      bookChanged: (symbol, read) => {
        board.bookChanged(symbol, read);
        truth.recordBook(epoch, symbol, read());
      },
    });
  }

  /** Answers a handshake. */
  readonly accept = (connection: Connection): { protocol: string; end: ServerEnd } | undefined => {
    const process = this.#process;
    const offered = connection.offered.filter((name) => this.parts.protocols.includes(name));
    const protocol = chooseSubprotocol(offered);
    if (!process || process.isDraining || protocol === undefined) return undefined;
    const { limits, seams, verdict } = this.parts;
    const watch = new FrameWatch(`connection ${connection.id}`, limits, verdict);
    this.#watches.set(connection, watch);
    this.#connections.push(connection);
    const socket = seams.serverSocket(new ServerSocket(connection, process.clock, watch));
    const session = process.hub.open(socket, protocol);
    const receive = seams.inbound((data) => session.receive(data), socket);
    this.#note(() => `${session.id} is connection ${connection.id}`);
    return {
      protocol,
      end: {
        received: (data) => {
          watch.heard(data);
          receive(data);
        },
        ended: () => session.closedByPeer(),
      },
    };
  };

  /** Answers a poll as http/poll_route.ts does; `undefined` while there is no process. */
  poll(body: string): HttpAnswer | undefined {
    const process = this.#process;
    if (!process) return undefined;
    if (process.isDraining) return { status: STATUS_CODE.ServiceUnavailable, body: "", retryAfterSeconds: 5 };
    if (body.length > this.parts.limits.inboundBytesMax) return { status: STATUS_CODE.ContentTooLarge, body: "" };
    const decoded = decodeClient(body);
    if (!decoded.ok || decoded.message.type !== "hello" || !decoded.message.resume) {
      this.parts.verdict.fail(`a poll is no hello that resumes: ${body}`);
      return { status: STATUS_CODE.BadRequest, body: "" };
    }
    if (!this.isCalm && this.parts.dice.chance(0.03)) {
      return { status: STATUS_CODE.TooManyRequests, body: "", retryAfterSeconds: 2 };
    }
    return { status: STATUS_CODE.OK, body: `[${process.hub.poll(decoded.message).join(",")}]` };
  }

  /** A message of the server has reached its phone. */
  arrived(connection: Connection, data: Data): void {
    this.#watches.get(connection)?.arrived(data);
  }

  /** The process ends without a word. */
  crash(isMachineGone: boolean): void {
    const process = this.#process;
    if (!process) return;
    this.#note(() => isMachineGone ? "is gone with its machine" : "has crashed");
    process.clock.kill();
    this.parts.market.stop();
    this.parts.truth.end(process.board.epoch, this.parts.timeline.nowMs);
    for (const connection of this.#connections) connection.serverDied(isMachineGone);
    this.#connections = [];
    this.#process = undefined;
  }

  /** The process is asked to stop: it tells its clients when to come back, closes them, and ends soon after. */
  drain(): void {
    const process = this.#process;
    if (!process || process.isDraining) return;
    this.#note(() => "drains");
    process.isDraining = true;
    process.hub.announceDrain(this.parts.dice.pick(DRAIN_RETURNS_PER_SECOND));
    process.hub.closeAll("drain");
    this.parts.market.stop();
    this.parts.timeline.after(DRAIN_TIMEOUT_MS, () => {
      if (this.#process === process) this.crash(false);
    });
  }

  /** The process runs out of room: as server/overload/ does, it cuts every connection, each with its time to come back, and goes on. */
  dismiss(): void {
    const process = this.#process;
    if (!process || process.isDraining) return;
    this.#note(() => "cuts every connection");
    process.hub.announceDrain(this.parts.dice.pick(DRAIN_RETURNS_PER_SECOND));
    process.hub.dismissAll("drain");
  }

  /** The world is at its end: closes every session and says nothing more. */
  closeAll(): void {
    this.#process?.hub.closeAll("goingAway");
  }

  #note(what: () => string): void {
    this.parts.trace.note("server", what);
  }
}

/** As http/deno_socket.ts: closes a moment later, never throws, and says nothing after the close. */
class ServerSocket implements ClientSocket {
  #isClosed = false;

  constructor(
    private readonly connection: Connection,
    private readonly clock: ProcessClock,
    private readonly watch: FrameWatch,
  ) {}

  get bufferedBytes(): number {
    return this.connection.serverBufferedBytes;
  }

  send(message: MessageData): void {
    if (this.#isClosed) return;
    const data = typeof message === "string" ? message : message.slice().buffer;
    this.connection.sendDown(data);
    this.watch.sent(data, this.bufferedBytes);
  }

  close(code: number, reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.clock.setTimeout(() => this.connection.closeDown(code, reason), 0);
  }
}

export function errorText(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
