import {
  type ClientMessage,
  type ClientMessageOf,
  CLOSE,
  type CloseName,
  encode,
  type Limits,
  type ServerMessage,
  type ServerMessageOf,
} from "../../shared/mod.ts";
import type { ClientSocket } from "./client_socket.ts";
import { FlowWindow } from "./flow_window.ts";
import { composeFrame } from "./frame_composer.ts";
import { type Inbound, InboundGate } from "./inbound_gate.ts";
import { Liveness } from "./liveness.ts";
import { Subscriptions } from "./subscriptions.ts";

/** What a session needs of the world: the hub gives every session the same one. */
export interface SessionContext {
  readonly limits: Limits;
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
  readonly subscriptions: Subscriptions;
  #window: FlowWindow;
  #acks = false;
  readonly #gate: InboundGate;
  readonly #liveness: Liveness;
  readonly #openedMs: number;

  constructor(
    readonly id: string,
    readonly protocol: string,
    private readonly socket: ClientSocket,
    private readonly context: SessionContext,
    lookup: ConstructorParameters<typeof Subscriptions>[0],
  ) {
    const now = context.nowMs();
    this.#openedMs = now;
    this.subscriptions = new Subscriptions(lookup, context.limits);
    this.#window = new FlowWindow(context.limits, false, now);
    this.#gate = new InboundGate(context.limits, protocol, now);
    this.#liveness = new Liveness(context.limits, now);
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

  /** Sends what the client is owed and there is room for: called at the session's rate. */
  flush(): void {
    if (this.#state !== "ready") return;
    while (this.#window.isOpen(this.socket.bufferedBytes)) {
      const now = this.context.nowMs();
      const text = composeFrame(this.subscriptions, this.#window.nextFrame(), now);
      if (text === undefined) return;
      this.sendText(text);
      // All but the names in a snapshot is ASCII, so the length in UTF-16 units is the size in bytes nearly enough.
      this.#window.sent(text.length, now);
    }
  }

  /** Closes a client that has gone quiet or slow, and keeps the line of a quiet market warm: called twice a second. */
  checkTime(): void {
    const now = this.context.nowMs();
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
    this.subscriptions.clear();
    this.context.ended(this, cause);
  }

  private handle(message: ClientMessage, now: number): void {
    if (this.#state === "awaiting_hello") {
      if (message.type === "hello") return this.hello(message, now);
      const text = `\`hello\` must come before \`${message.type}\`.`;
      const refusal = { code: "hello_expected", message: text, retryable: false };
      return this.refuse({ ok: false, refusal, close: "helloExpected" });
    }
    switch (message.type) {
      case "hello":
        return this.bad("already_welcome", "`hello` was answered before: send it once a connection.");
      case "subscribe":
        return this.subscribe(message);
      case "unsubscribe":
        return this.send(this.subscriptions.unsubscribe(message));
      case "snapshot":
        return this.repair(message);
      case "ack":
        return this.acknowledge(message.frame, now);
      case "ping":
        return this.send({ type: "pong", ...timeEcho(message.timeMs), timeMs: now });
      case "pong":
        return this.ponged(message.pingTimeMs, now);
    }
  }

  private hello(message: ClientMessageOf<"hello">, now: number): void {
    this.#acks = message.acks ?? false;
    this.#window = new FlowWindow(this.context.limits, this.#acks, now);
    this.#state = "ready";
    this.send(this.context.welcome(this, this.#acks));
  }

  private subscribe(message: ClientMessageOf<"subscribe">): void {
    const answer = this.subscriptions.subscribe(message);
    if (answer.type === "error") return this.send(answer);
    this.context.setRate(this, answer.rate);
    this.send(answer);
    // The first prices do not wait for the next turn of the wheel.
    this.flush();
  }

  private repair(message: ClientMessageOf<"snapshot">): void {
    const unknown = this.subscriptions.restart(message.symbols);
    if (unknown.length === 0) return;
    const named = unknown.slice(0, 5).join(", ");
    this.bad("not_subscribed", `Not subscribed: ${named}. A snapshot is sent of subscribed symbols.`);
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
    this.send({ type: "error", ...refusal });
    if (close) this.close(close);
  }

  private send(message: ServerMessage): void {
    this.sendText(encode(message));
    // Answers are not part of the window, so a peer that asks and never reads is bounded here.
    if (this.socket.bufferedBytes > 2 * this.context.limits.bufferedBytesMax) this.close("slow");
  }

  private sendText(text: string): void {
    this.#liveness.spoke(this.context.nowMs());
    this.socket.send(text);
  }
}

function timeEcho(timeMs: number | undefined): { pingTimeMs?: number } {
  return timeMs === undefined ? {} : { pingTimeMs: timeMs };
}
