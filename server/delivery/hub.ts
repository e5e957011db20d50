import {
  type Channel,
  CHANNELS,
  type ClientMessageOf,
  type Clock,
  CLOSE,
  type CloseName,
  type Limits,
  type ServerMessageOf,
} from "../../shared/mod.ts";
import type { FeedClock } from "../feed/feed.ts";
import type { QuoteBoard } from "../market/quote_board.ts";
import type { ClientSocket } from "./client_socket.ts";
import { DeliveryStats } from "./delivery_stats.ts";
import { drainSlots } from "./drain_slots.ts";
import { Wheel } from "./wheel.ts";
import { answerPoll } from "./poll.ts";
import { Session, type SessionContext } from "./session.ts";
import { ViewRegistry } from "./view.ts";

/** How often the sessions are looked at for silence, in milliseconds. */
const CHECK_INTERVAL_MS = 500;

export interface HubOptions {
  readonly board: QuoteBoard;
  readonly market: FeedClock;
  readonly clock: Clock;
  readonly limits: Limits;
  /** What is delivered. @default everything */
  readonly channels?: readonly Channel[];
  /** Numbers in [0, 1), for the moments at which drained clients are asked to come back. */
  readonly random: () => number;
  /** Where delivery counts what it does. @default counts that nobody sees */
  readonly stats?: DeliveryStats;
  /** Told of every session's end; for the log. */
  readonly onEnd?: (session: Session, cause: CloseName | "peer") => void;
  /** Told of a defect that showed while one session was served; that session alone is closed. @default it is thrown */
  readonly onFault?: (session: Session, error: unknown) => void;
}

/** All sessions of this process: it gives them time, and takes them down together. */
export class Hub {
  readonly #sessions = new Set<Session>();
  readonly #flushes: Wheel<Session>;
  readonly #checks: Wheel<Session>;
  readonly #context: SessionContext;
  readonly #stats: DeliveryStats;
  #opened = 0;
  /** Why all were closed, once they were: a handshake that was under way then opens its socket a moment later. */
  #closedWith: CloseName | undefined;

  constructor(private readonly options: HubOptions) {
    const { board, limits, channels = CHANNELS } = options;
    this.#stats = options.stats ?? new DeliveryStats();
    this.#flushes = new Wheel(options.clock, 1000 / limits.rateMaxPerSecond, (session, round) => {
      this.guard(session, () => session.flush(round));
    }, this.#stats.flushLag);
    this.#checks = new Wheel(options.clock, CHECK_INTERVAL_MS, (session, { nowMs }) => {
      this.guard(session, () => session.checkTime(nowMs));
    });
    this.#context = {
      limits,
      stats: this.#stats,
      subscriptions: {
        lookup: (symbol) => board.get(symbol),
        limits,
        channels,
        epoch: board.epoch,
        views: new ViewRegistry(1000 / limits.nearRatePerSecond),
      },
      nowMs: () => options.clock.nowMs(),
      welcome: (session, acks) => this.welcome(session, acks),
      setRate: (session, ratePerSecond) => this.#flushes.setInterval(session, 1000 / ratePerSecond),
      ended: (session, cause) => this.ended(session, cause),
    };
  }

  /** Sessions that are open now. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Sessions opened since the start. */
  get opened(): number {
    return this.#opened;
  }

  /** Open sessions by subprotocol. */
  countByProtocol(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { protocol } of this.#sessions) counts.set(protocol, (counts.get(protocol) ?? 0) + 1);
    return counts;
  }

  /** Takes a newly opened socket in. `protocol` is the subprotocol that the handshake settled. */
  open(socket: ClientSocket, protocol: string): Session {
    const id = `s${++this.#opened}`;
    const session = new Session(id, protocol, socket, this.#context);
    this.#sessions.add(session);
    this.#flushes.add(session);
    this.#checks.add(session);
    if (this.#closedWith !== undefined) session.close(this.#closedWith);
    return session;
  }

  /** Answers one poll: see {@link answerPoll}. Returns the messages as JSON texts. */
  poll(hello: ClientMessageOf<"hello">): string[] {
    this.#stats.polls++;
    return answerPoll(hello, this.#context);
  }

  /** Tells every client when to come back, each in a slot of its own, so that they do not return as a storm. */
  announceDrain(returnsPerSecond: number): void {
    const slots = drainSlots(this.#sessions.size, returnsPerSecond, this.options.random);
    for (const session of this.#sessions) session.drain(slots.next().value ?? 0);
  }

  /** Closes every session, with one code for all, and from now on every new one. */
  closeAll(name: CloseName): void {
    this.#closedWith = name;
    this.dismissAll(name);
  }

  /** Closes every session, with one code for all, while new ones are welcome. */
  dismissAll(name: CloseName): void {
    for (const session of this.#sessions) session.close(name);
  }

  private welcome(session: Session, acks: boolean): ServerMessageOf<"welcome"> {
    const { board, clock, limits, market } = this.options;
    return {
      type: "welcome",
      session: session.id,
      epoch: board.epoch,
      protocol: session.protocol,
      channels: [...this.#context.subscriptions.channels],
      serverTimeMs: clock.nowMs(),
      heartbeatIntervalMs: limits.heartbeatIntervalMs,
      ackWindowFrames: acks ? limits.ackWindowFrames : 0,
      limits: {
        inboundBytesMax: limits.inboundBytesMax,
        inboundMessagesPerSecond: limits.inboundMessagesPerSecond,
        inboundMessagesBurst: limits.inboundMessagesBurst,
        symbolsMax: limits.symbolsMax,
        rateMinPerSecond: limits.rateMinPerSecond,
        rateMaxPerSecond: limits.rateMaxPerSecond,
        nearRatePerSecond: limits.nearRatePerSecond,
        silentTimeoutMs: limits.silentTimeoutMs,
      },
      market: {
        tradingDate: market.tradingDate,
        exchangeTimeMs: market.exchangeTimeMs,
        speed: market.speed,
        simulated: market.simulated,
      },
    };
  }

  private ended(session: Session, cause: CloseName | "peer"): void {
    this.#sessions.delete(session);
    this.#flushes.remove(session);
    this.#checks.remove(session);
    this.#stats.closes.add(cause);
    this.options.onEnd?.(session, cause);
  }

  /** An exception that leaves a timer ends the process in Deno, and with it every other client. */
  private guard(session: Session, run: () => void): void {
    const { onFault } = this.options;
    if (!onFault) return run();
    try {
      run();
    } catch (error) {
      onFault(session, error);
      session.close("internalError");
    }
  }
}

/** The reason texts, for a log line. */
export function causeText(cause: CloseName | "peer"): string {
  return cause === "peer" ? "closed by the client" : `${CLOSE[cause].code} ${CLOSE[cause].reason}`;
}
