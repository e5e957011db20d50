import {
  type ClientMessage,
  type ClientMessageOf,
  CLOSE,
  type CloseName,
  decodeClient,
  encode,
  type Fault,
  type Limits,
  type ServerMessage,
  type ServerMessageOf,
} from "../../shared/mod.ts";
import type { ClientSocket } from "./client_socket.ts";
import { FlowWindow } from "./flow_window.ts";
import { composeFrame } from "./frame_composer.ts";
import { Subscriptions } from "./subscriptions.ts";
import { TokenBucket } from "./token_bucket.ts";

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
  readonly #bucket: TokenBucket;
  #badMessages = 0;
  readonly #openedMs: number;
  #heardMs: number;
  #spokeMs: number;
  /** When the newest ping was sent. */
  #pingedMs = 0;
  /** The oldest ping not answered yet, and the last frame sent before it: the answer acknowledges that frame, no later one. */
  #asked: { readonly timeMs: number; readonly frame: number } | undefined;
  /** When the socket last took what it was given: a peer that only talks and never reads stands still here. */
  #takenMs: number;

  constructor(
    readonly id: string,
    readonly protocol: string,
    private readonly socket: ClientSocket,
    private readonly context: SessionContext,
    lookup: ConstructorParameters<typeof Subscriptions>[0],
  ) {
    const now = context.nowMs();
    this.#openedMs =
      this.#heardMs =
      this.#spokeMs =
      this.#takenMs =
        now;
    this.subscriptions = new Subscriptions(lookup, context.limits);
    this.#window = new FlowWindow(context.limits, false, now);
    this.#bucket = new TokenBucket(context.limits.inboundMessagesPerSecond, context.limits.inboundMessagesBurst, now);
  }

  get ended(): boolean {
    return this.#state === "ended";
  }

  /** Handles one message of the client. A message that cannot be served is answered, never thrown. */
  receive(data: unknown): void {
    if (this.ended) return;
    const now = this.context.nowMs();
    this.#heardMs = now;
    if (!this.#bucket.take(now)) {
      this.sendError({ code: "rate_exceeded", message: this.rateText(), retryable: true, retryAfterMs: 1_000 });
      return this.close("rateExceeded");
    }
    if (sizeOf(data) > this.context.limits.inboundBytesMax) {
      this.sendError({ code: "message_too_big", message: this.sizeText(), retryable: false });
      return this.close("messageTooBig");
    }
    if (typeof data !== "string") {
      return this.refuse({ code: "binary_not_supported", message: `${this.protocol} takes text messages only.` });
    }
    const decoded = decodeClient(data);
    if (decoded.ok) this.handle(decoded.message, now);
    else this.refuse(decoded.fault);
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
    const { limits } = this.context;
    if (this.#state === "awaiting_hello") {
      if (now - this.#openedMs >= limits.helloTimeoutMs) this.close("helloTimeout");
      return;
    }
    if (this.#state !== "ready") return;
    if (now - this.#heardMs >= limits.silentTimeoutMs) return this.close("noHeartbeat");
    if (this.stoodStillMs(now) >= limits.slowTimeoutMs) return this.close("slow");
    this.pingIfQuiet(now);
  }

  /** How long nothing has moved though something waits: an acknowledgement, or room in the socket. */
  private stoodStillMs(now: number): number {
    if (this.socket.bufferedBytes < this.context.limits.bufferedBytesMax) this.#takenMs = now;
    const unacknowledgedMs = this.#window.unackedFrames > 0 ? now - this.#window.progressMs : 0;
    return Math.max(unacknowledgedMs, now - this.#takenMs);
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
      this.sendError({
        code: "hello_expected",
        message: `\`hello\` must come before \`${message.type}\`.`,
        retryable: false,
      });
      return this.close("helloExpected");
    }
    switch (message.type) {
      case "hello":
        return this.refuse({
          code: "already_welcome",
          message: "`hello` was answered before: send it once a connection.",
        });
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
    this.refuse({
      code: "not_subscribed",
      message: `Not subscribed: ${named}. A snapshot is sent of subscribed symbols.`,
    });
  }

  private acknowledge(frame: number, now: number): void {
    // What waited for the window does not wait for the next turn as well: a first screen is full after one round trip.
    const wasFull = !this.#window.isOpen(0);
    if (this.#window.acknowledge(frame, now)) return wasFull ? this.flush() : undefined;
    this.refuse({
      code: "bad_ack",
      message: `\`frame\` ${frame} was never sent: the last one is ${this.#window.frame}.`,
    });
  }

  /** The answer to a ping, or to a later one: messages keep their order, so what went before the ping has arrived. */
  private ponged(pingTimeMs: number | undefined, now: number): void {
    if (!this.#asked || (pingTimeMs ?? Infinity) < this.#asked.timeMs) return;
    if (!this.#acks) this.#window.acknowledge(this.#asked.frame, now);
    this.#asked = undefined;
  }

  /** A quiet market, a quiet client, or a client that acknowledges by `pong` alone and has frames that nobody asked about. */
  private pingIfQuiet(now: number): void {
    const { heartbeatIntervalMs, unackedBytesMax } = this.context.limits;
    const quiet = now - this.#spokeMs >= heartbeatIntervalMs || now - this.#heardMs >= heartbeatIntervalMs;
    const waiting = this.#window.unackedFrames > 0 && now - this.#window.progressMs >= heartbeatIntervalMs;
    const filling = this.#window.unackedBytes > unackedBytesMax / 4;
    if (!quiet && (this.#acks || !(waiting || filling))) return;
    if (this.#asked && now - this.#pingedMs < heartbeatIntervalMs) return;
    this.#pingedMs = now;
    this.#asked ??= { timeMs: now, frame: this.#window.frame };
    this.send({ type: "ping", timeMs: now });
  }

  /** Answers a message that cannot be served; the last straw closes. */
  private refuse(fault: Fault | { code: string; message: string }): void {
    this.sendError({ ...fault, retryable: false });
    if (++this.#badMessages >= this.context.limits.badMessagesMax) this.close("badMessages");
  }

  private sendError(error: Omit<ServerMessageOf<"error">, "type">): void {
    this.send({ type: "error", ...error });
  }

  private send(message: ServerMessage): void {
    this.sendText(encode(message));
    // Answers are not part of the window, so a peer that asks and never reads is bounded here.
    if (this.socket.bufferedBytes > 2 * this.context.limits.bufferedBytesMax) this.close("slow");
  }

  private sendText(text: string): void {
    this.#spokeMs = this.context.nowMs();
    this.socket.send(text);
  }

  private rateText(): string {
    const { inboundMessagesPerSecond: rate, inboundMessagesBurst: burst } = this.context.limits;
    return `More than ${rate} messages a second (${burst} at once): put several symbols into one message.`;
  }

  private sizeText(): string {
    return `The message is larger than ${this.context.limits.inboundBytesMax} bytes: split it.`;
  }
}

function timeEcho(timeMs: number | undefined): { pingTimeMs?: number } {
  return timeMs === undefined ? {} : { pingTimeMs: timeMs };
}

/** Bytes that a message took on the wire: of a text in UTF-8. */
function sizeOf(data: unknown): number {
  if (typeof data === "string") return utf8Bytes(data);
  return data instanceof ArrayBuffer ? data.byteLength : 0;
}

/** Counted without encoding, which would copy a flood before it is refused. A pair of surrogates makes four bytes. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
  }
  return bytes;
}
