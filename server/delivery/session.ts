import {
  type ClientMessage,
  type ClientMessageOf,
  CLOSE,
  type CloseName,
  type Limits,
  type ServerMessage,
  type ServerMessageOf,
} from "../../shared/mod.ts";
import type { ClientSocket } from "./client_socket.ts";
import type { DeliveryStats } from "./delivery_stats.ts";
import { FlowWindow } from "./flow_window.ts";
import { FlushRound } from "./flush_round.ts";
import { nextStep } from "./frame_composer.ts";
import { type Inbound, InboundGate } from "./inbound_gate.ts";
import { Liveness } from "./liveness.ts";
import { makeCodec, type MessageData, type SessionCodec } from "./session_codec.ts";
import type { Step } from "./step.ts";
import { Subscriptions, type SubscriptionsOptions } from "./subscriptions.ts";

/** What a session needs of the world: the hub gives every session the same one. */
export interface SessionContext {
  readonly limits: Limits;
  readonly stats: DeliveryStats;
  readonly subscriptions: SubscriptionsOptions;
  nowMs(): number;
  /** Makes this session's `welcome`, from the state of the market at this moment. */
  welcome(session: Session, acks: boolean): ServerMessageOf<"welcome">;
  /** Called once when the session asks to be flushed at another rate, in frames per second. */
  setRate(session: Session, ratePerSecond: number): void;
  /** Called once, when the session has ended for whatever reason. */
  ended(session: Session, cause: CloseName | "peer"): void;
}

type SessionState = "awaiting_hello" | "ready" | "ended";

/**
 * One client from its open socket to its end: it answers messages, owes frames, and watches for silence.
 *
 * It has no timers of its own. The hub calls {@link flush} at the session's rate and {@link checkTime} twice a second.
 */
export class Session {
  #state: SessionState = "awaiting_hello";
  #subscriptions: Subscriptions | undefined;
  #window: FlowWindow;
  #acks = false;
  readonly #codec: SessionCodec;
  readonly #gate: InboundGate;
  readonly #liveness: Liveness;
  readonly #openedMs: number;

  constructor(
    readonly id: string,
    readonly protocol: string,
    private readonly socket: ClientSocket,
    private readonly context: SessionContext,
  ) {
    const { limits, stats } = context;
    const now = context.nowMs();
    this.#openedMs = now;
    this.#codec = makeCodec(protocol);
    this.#window = new FlowWindow(limits, false, now);
    this.#gate = new InboundGate(limits, this.#codec, stats, now);
    this.#liveness = new Liveness(limits, now);
  }

  /** Symbols subscribed to. */
  get symbols(): number {
    return this.#subscriptions?.size ?? 0;
  }

  get ended(): boolean {
    return this.#state === "ended";
  }

  /** Handles one message of the client. A message that cannot be served is answered, never thrown. */
  receive(data: unknown): void {
    if (this.ended) return;
    const now = this.context.nowMs();
    this.#liveness.heard(now);
    const inbound = this.#gate.read(data, now);
    if (inbound.ok) this.handle(inbound.message, now);
    else this.refuse(inbound);
  }

  /**
   * Sends what the client is owed and there is room for: called at the session's rate.
   *
   * @param round The moment, shared by all who are flushed in it. @default one of this session's own
   */
  flush(round = new FlushRound(this.context.nowMs())): void {
    const subscriptions = this.#subscriptions;
    if (!subscriptions) return;
    // What the socket still holds of frames that the client acknowledges is counted already: they are not acknowledged.
    const bufferedBytes = this.#acks ? 0 : this.socket.bufferedBytes;
    const frames: MessageData[] = [];
    while (this.#window.isOpen(bufferedBytes)) {
      const step = nextStep(subscriptions.position, round, this.context.stats);
      if (!step) break;
      frames.push(this.frame(step, round.nowMs));
      subscriptions.moveTo(step.next);
      if (step.isLast) break;
    }
    if (frames.length === 0) return;
    for (const data of this.#codec.join(frames)) this.hand(data, round.nowMs);
  }

  /** Numbers the frame, and counts it. */
  private frame(step: Step, nowMs: number): MessageData {
    const { stats } = this.context;
    const data = this.#codec.frame(step, this.#window.nextFrame());
    this.#window.sent(data.length, nowMs);
    stats.frames++;
    switch (step.kind) {
      case "update":
        stats.updates += step.parts;
        stats.ticksMerged += step.merged;
        break;
      case "snapshot":
        stats.snapshots += step.parts;
        break;
      case "candles":
        stats.candles += step.parts;
        break;
      case "trades":
        stats.trades += step.parts;
    }
    return data;
  }

  /** Closes a client that has gone quiet or slow, and keeps the line of a quiet market warm: called twice a second. */
  checkTime(now = this.context.nowMs()): void {
    if (this.#state === "awaiting_hello") {
      if (now - this.#openedMs >= this.context.limits.helloTimeoutMs) this.close("helloTimeout");
    } else if (this.#state === "ready") {
      const demand = this.#liveness.demand(this.#window, this.socket.bufferedBytes, this.#acks, now);
      if (demand === "ping") this.ping(now);
      else if (demand !== undefined) this.close(demand);
    }
  }

  /** Tells the client when to come back; the hub closes it soon after. */
  drain(reconnectAfterMs: number): void {
    if (!this.ended) this.send({ type: "drain", reconnectAfterMs });
  }

  /** Ends the session from this side, with the code and reason of the table. */
  close(name: CloseName): void {
    if (this.ended) return;
    const { code, reason } = CLOSE[name];
    this.end(name);
    this.socket.close(code, reason);
  }

  /** The peer's end of the socket is gone. */
  closedByPeer(): void {
    if (!this.ended) this.end("peer");
  }

  private end(cause: CloseName | "peer"): void {
    this.#state = "ended";
    this.#subscriptions?.clear();
    this.#subscriptions = undefined;
    this.context.ended(this, cause);
  }

  private handle(message: ClientMessage, now: number): void {
    if (this.#state === "awaiting_hello") {
      if (message.type === "hello") return this.hello(message, now);
      const text = `\`hello\` must come before \`${message.type}\`.`;
      const refusal = { code: "hello_expected", message: text, retryable: false };
      return this.refuse({ ok: false, refusal, close: "helloExpected" });
    }
    this.serve(message, this.#subscriptions!, now);
  }

  private serve(message: ClientMessage, subscriptions: Subscriptions, now: number): void {
    switch (message.type) {
      case "hello":
        return this.bad("already_welcome", "`hello` was answered before: send it once a connection.");
      case "subscribe":
        return this.answerSubscription(subscriptions.subscribe(message));
      case "unsubscribe":
        return this.answerSubscription(subscriptions.unsubscribe(message));
      case "snapshot":
        return this.repair(message, subscriptions);
      case "tier":
        return this.setTiers(message, subscriptions);
      case "ack":
        return this.acknowledge(message.frame, now);
      case "ping":
        return this.send({ type: "pong", ...timeEcho(message.timeMs), timeMs: now });
      case "pong":
        return this.ponged(message.pingTimeMs, now);
    }
  }

  private hello({ acks = false, resume }: ClientMessageOf<"hello">, now: number): void {
    const { limits, stats, subscriptions } = this.context;
    this.#acks = acks;
    this.#window = new FlowWindow(limits, acks, now);
    this.#state = "ready";
    const welcome = this.context.welcome(this, acks);
    this.send(welcome);
    const own = new Subscriptions(subscriptions, this.#codec.form, this.#codec.numbers, welcome.serverTimeMs);
    this.#subscriptions = own;
    if (!resume) return;
    const answer = own.resume(resume);
    this.answerSubscription(answer);
    if (answer.type === "error" || !answer.resumed) return;
    for (const kind of ["current", "delta", "snapshot"] as const) stats.resumes.add(kind, answer.resumed[kind].length);
  }

  /** The first prices do not wait for the next turn of the wheel. */
  private answerSubscription(answer: ServerMessageOf<"subscribed"> | ServerMessageOf<"error">): void {
    this.send(answer);
    this.settle();
    if (answer.type === "subscribed") this.flush();
  }

  private setTiers(message: ClientMessageOf<"tier">, subscriptions: Subscriptions): void {
    const unknown = subscriptions.setTiers(message);
    if (message.id !== undefined) this.send(subscriptions.tierAnswer(message.id));
    this.settle();
    // Not counted: a list may scroll while the answer that a symbol does not exist is still on its way.
    if (unknown.length > 0) this.refuse({ ok: false, refusal: { ...notSubscribed(unknown), retryable: false } });
  }

  private repair({ symbols, cause = "gap" }: ClientMessageOf<"snapshot">, subscriptions: Subscriptions): void {
    const unknown = subscriptions.restart(symbols);
    this.context.stats.repairs.add(cause, symbols.length - unknown.length);
    this.settle();
    if (unknown.length > 0) this.refuse(this.#gate.bad(notSubscribed(unknown)));
  }

  private settle(): void {
    const subscriptions = this.#subscriptions;
    // A session may have ended while it was answered.
    if (!subscriptions) return;
    subscriptions.settle(this.#codec.numbers);
    this.context.setRate(this, subscriptions.rate);
  }

  private acknowledge(frame: number, now: number): void {
    // What waited for the window does not wait for the next turn as well: a first screen is full after one round trip.
    const wasFull = !this.#window.isOpen(0);
    if (this.#window.acknowledge(frame, now)) return wasFull ? this.flush() : undefined;
    this.bad("bad_ack", `\`frame\` ${frame} was never sent: the last one is ${this.#window.frame}.`);
  }

  private ping(now: number): void {
    this.#liveness.pinged(this.#window.frame, now);
    this.send({ type: "ping", timeMs: now });
  }

  private ponged(pingTimeMs: number | undefined, now: number): void {
    const frame = this.#liveness.ponged(pingTimeMs);
    if (frame !== undefined && !this.#acks) this.#window.acknowledge(frame, now);
  }

  /** Answers a message that is well-formed but cannot be served. */
  private bad(code: string, message: string): void {
    this.refuse(this.#gate.bad({ code, message }));
  }

  private refuse({ refusal, close }: Inbound & { ok: false }): void {
    this.context.stats.refusals.add(refusal.code);
    this.send({ type: "error", ...refusal });
    if (close) this.close(close);
  }

  private send(message: ServerMessage): void {
    this.context.stats.otherMessages++;
    this.hand(this.#codec.encode(message), this.context.nowMs());
    // Answers are not part of the window, so a peer that asks and never reads is bounded here.
    if (this.socket.bufferedBytes > 2 * this.context.limits.bufferedBytesMax) this.close("slow");
  }

  /** The size of a text is nearly that in bytes: all but names is ASCII. */
  private hand(data: MessageData, nowMs: number): void {
    this.context.stats.bytesSent += data.length;
    this.#liveness.spoke(nowMs);
    this.socket.send(data);
  }
}

function notSubscribed(symbols: readonly string[]): { code: string; message: string } {
  const message = `Not subscribed: ${symbols.slice(0, 5).join(", ")}. Subscribe to a symbol first.`;
  return { code: "not_subscribed", message };
}

function timeEcho(timeMs: number | undefined): { pingTimeMs?: number } {
  return timeMs === undefined ? {} : { pingTimeMs: timeMs };
}
