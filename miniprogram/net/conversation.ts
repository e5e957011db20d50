/** What is said over one open socket, from `hello` to its end. It knows nothing of reconnecting, nor of quotes. */
import {
  type ClientMessage,
  type ClientMessageOf,
  CLOSE,
  DEFAULT_LIMITS,
  type Fault,
  type Resume,
  type RetryRule,
  type ServerMessage,
  type ServerMessageOf,
  type Welcome,
} from "../lib/shared";
import { Acknowledger } from "./acknowledger";
import { Heartbeat } from "./heartbeat";
import { codecOf, type HeldQuotes, JSON_CODEC, type MessageCodec } from "./message_codec";
import type { ClientError, ClientErrorCode } from "./quote_client";
import type { ServerClock } from "./server_clock";
import type { SteadyClock } from "./steady_clock";
import type { Tap } from "./tap";
import { Timer } from "./timer";
import type { MessageData, OpenInfo } from "./transport";

/** How long an open socket may take to say `welcome`, in milliseconds. */
export const WELCOME_TIMEOUT_MS = 5_000;

/** Messages that cannot be understood after which a connection is given up. */
export const NONSENSE_MAX = 5;

/** Bounds on the interval that `welcome` states, in milliseconds, so that a wrong one neither floods the line nor leaves it unwatched. */
const INTERVAL_MIN_MS = 100;
const INTERVAL_MAX_MS = 60_000;

/** Messages that carry market data and are acknowledged. */
export type DataMessage = ServerMessageOf<"snapshot" | "update" | "candles" | "trades">;

/** Why this end gives the connection up, what to tell the other end, and what to do next. */
export interface Verdict {
  readonly error: ClientError;
  readonly close: { readonly code: number; readonly reason: string };
  readonly retry: RetryRule;
  /** Whether it is because a binary message could not be read. */
  readonly isUnreadable: boolean;
}

/** What a hello asks for, and what it builds on. */
export interface Greeting {
  readonly resume: Resume | undefined;
  /** What `resume` says is here. */
  readonly held: HeldQuotes;
}

export interface ConversationEvents {
  welcomed(welcome: Welcome): void;
  /** Market data; it is acknowledged when this returns. */
  received(message: DataMessage): void;
  answered(message: ServerMessageOf<"subscribed">): void;
  refused(message: ServerMessageOf<"error">): void;
  draining(message: ServerMessageOf<"drain">): void;
  /** A round trip was measured, in milliseconds. */
  measured(rttMs: number): void;
  /** Any message at all was heard. It comes before whatever the message means. */
  heard(): void;
  stalled(): void;
  recovered(): void;
  /** This end gives up; the conversation has already stopped. */
  brokenOff(verdict: Verdict): void;
}

export interface ConversationOptions {
  readonly clock: SteadyClock;
  readonly serverClock: ServerClock;
  readonly clientName: string;
  readonly tap: Tap;
  /** The subprotocols that were offered; a single one where the platform does not show the choice. */
  readonly offered: readonly string[];
  /** What the hello asks for, looked at when it is sent. */
  readonly greet: () => Greeting;
  readonly send: (data: MessageData) => void;
  readonly events: ConversationEvents;
}

export class Conversation {
  private readonly options: ConversationOptions;
  private readonly events: ConversationEvents;
  private readonly welcomeTimer: Timer;
  private codec: MessageCodec = JSON_CODEC;
  private acknowledger: Acknowledger | undefined;
  private heartbeat: Heartbeat | undefined;
  private welcomed: Welcome | undefined;
  private helloAtMs = 0;
  /** What `welcome` must name. */
  private protocol = "";
  private nonsense = 0;
  private hasStopped = false;

  constructor(options: ConversationOptions) {
    this.options = options;
    this.events = options.events;
    this.welcomeTimer = new Timer(options.clock);
  }

  /** What the server introduced itself with; `undefined` before that. */
  get welcome(): Welcome | undefined {
    return this.welcomed;
  }

  /** The socket is open: introduces this client, unless the server chose a protocol that was not offered. */
  begin(info: OpenInfo): void {
    const { offered, greet } = this.options;
    this.protocol = info.protocol ?? offered[0] ?? "";
    if (!offered.includes(this.protocol)) return this.wrongProtocol(this.protocol);
    const { resume, held } = greet();
    this.codec = codecOf(this.protocol, held);
    this.helloAtMs = this.options.clock.nowMs();
    this.welcomeTimer.set(WELCOME_TIMEOUT_MS, () => {
      this.breakOff("no_answer", `The server sent no welcome within ${WELCOME_TIMEOUT_MS} ms.`, CLOSE.noHeartbeat);
    });
    const hello: ClientMessageOf<"hello"> = { type: "hello", client: this.options.clientName, acks: true };
    if (resume) hello.resume = resume;
    this.send(hello);
  }

  /** What came from the server: one message, or several at once. */
  hear(data: MessageData): void {
    if (this.hasStopped) return;
    this.events.heard();
    for (const message of this.codec.split(data)) {
      if (!this.hasStopped) this.hearOne(message);
    }
  }

  private hearOne(data: MessageData): void {
    const decoded = this.codec.decode(data);
    const message = decoded.ok ? decoded.message : undefined;
    const { tap } = this.options;
    if (tap.isOpen) tap.record("in", "socket", data, message);
    if (this.heartbeat) this.note(this.heartbeat, message);
    // Whoever was told of that may have stopped this conversation.
    if (this.hasStopped) return;
    if (decoded.ok) this.take(decoded.message, lengthOf(data));
    else this.takeFault(decoded.fault);
  }

  send(message: ClientMessage): void {
    if (this.hasStopped) return;
    const data = this.codec.encode(message);
    const { tap } = this.options;
    if (tap.isOpen) tap.record("out", "socket", data, message);
    this.options.send(data);
    if (this.heartbeat && message.type === "ack") this.heartbeat.sent();
  }

  /** Whether nothing was heard for so long that nothing can be live, even where the timer that says so slept with its phone. */
  isOverdue(silentMs: number): boolean {
    return this.heartbeat !== undefined && silentMs > this.heartbeat.patienceMs;
  }

  /** There is reason to doubt the line: finds out soon. */
  probe(): void {
    if (this.heartbeat) this.heartbeat.probe();
  }

  /** Says and hears nothing more, and leaves no timer. */
  stop(): void {
    this.hasStopped = true;
    this.welcomeTimer.clear();
    if (this.acknowledger) this.acknowledger.stop();
    if (this.heartbeat) this.heartbeat.stop();
  }

  private take(message: ServerMessage, bytes: number): void {
    switch (message.type) {
      case "welcome":
        return this.takeWelcome(message);
      case "ping":
        return this.send(pongTo(message, this.options.clock.wallMs()));
      case "pong":
        return;
      case "error":
        return this.events.refused(message);
      case "drain":
        return this.events.draining(message);
      case "subscribed":
        return this.events.answered(message);
      default:
        return this.takeData(message, bytes);
    }
  }

  /** What a message says of the line, whatever it says otherwise. */
  private note(heartbeat: Heartbeat, message: ServerMessage | undefined): void {
    const { clock, serverClock } = this.options;
    if (message?.type === "pong") {
      const { pingTimeMs = clock.nowMs(), timeMs } = message;
      if (message.pingTimeMs !== undefined) this.measure(pingTimeMs, timeMs);
      if (clock.nowMs() - pingTimeMs <= heartbeat.patienceMs) heartbeat.answered();
    }
    const saidMs = message && saidAtMs(message);
    if (saidMs !== undefined && serverClock.nowMs() - saidMs > heartbeat.patienceMs) heartbeat.heardLate();
    else heartbeat.heard();
  }

  private takeWelcome(welcome: Welcome): void {
    if (this.welcomed) return this.countNonsense("a second welcome");
    if (welcome.protocol !== this.protocol) return this.wrongProtocol(welcome.protocol);
    this.welcomeTimer.clear();
    this.welcomed = welcome;
    this.measure(this.helloAtMs, welcome.serverTimeMs);
    if (welcome.ackWindowFrames > 0) {
      const acknowledging = {
        messagesPerSecond: welcome.limits.inboundMessagesPerSecond,
        windowFrames: welcome.ackWindowFrames,
        windowBytes: DEFAULT_LIMITS.unackedBytesMax,
      };
      this.acknowledger = new Acknowledger(
        this.options.clock,
        acknowledging,
        (frame) => this.send({ type: "ack", frame }),
      );
    }
    const intervalMs = Math.min(INTERVAL_MAX_MS, Math.max(INTERVAL_MIN_MS, welcome.heartbeatIntervalMs));
    this.heartbeat = new Heartbeat(this.options.clock, intervalMs, {
      // The steady clock: a pong that comes after the wall clock was set back still measures a round trip.
      ping: () => this.send({ type: "ping", timeMs: this.options.clock.nowMs() }),
      stalled: () => this.events.stalled(),
      recovered: () => this.events.recovered(),
      dead: () => this.breakOff("silent", "The server was not heard for too long.", CLOSE.noHeartbeat),
    });
    this.events.welcomed(welcome);
  }

  private takeData(message: DataMessage, bytes: number): void {
    if (!this.welcomed) return this.countNonsense(`${message.type} before welcome`);
    this.events.received(message);
    // Whoever received it may have stopped this conversation.
    if (this.acknowledger && !this.hasStopped) this.acknowledger.processed(message.frame, bytes);
  }

  private measure(askedMs: number, serverTimeMs: number | undefined): void {
    const { serverClock } = this.options;
    if (serverClock.sample(askedMs, serverTimeMs) && serverClock.rttMs !== undefined) {
      this.events.measured(serverClock.rttMs);
    }
  }

  private takeFault(fault: Fault): void {
    // A newer server may say more than this client understands: what is unknown is passed over.
    if (fault.code === "unknown_type") return;
    if (!this.codec.isChained) return this.countNonsense(fault.message);
    const text = `A message could not be read, and so none after it: ${fault.message}`;
    this.breakOff("nonsense", text, CLOSE.badMessages, "reconnect", true);
  }

  private countNonsense(what: string): void {
    this.nonsense += 1;
    if (this.nonsense < NONSENSE_MAX) return;
    this.breakOff("nonsense", `${NONSENSE_MAX} messages could not be understood, the last: ${what}`, CLOSE.badMessages);
  }

  private wrongProtocol(protocol: string): void {
    const text = `The server chose the protocol ${protocol || "(none)"}; this client speaks ${
      this.options.offered.join(", ")
    }.`;
    this.breakOff("wrong_protocol", text, CLOSE.protocolNotOffered, "stop");
  }

  private breakOff(
    code: ClientErrorCode,
    text: string,
    { code: closeCode, reason }: { code: number; reason: string },
    retry: RetryRule = "reconnect",
    isUnreadable = false,
  ): void {
    this.stop();
    this.events.brokenOff({ error: { code, text }, close: { code: closeCode, reason }, retry, isUnreadable });
  }
}

/** When the server said it, by its own clock, where the message tells. */
function saidAtMs(message: ServerMessage): number | undefined {
  if (message.type === "ping" || message.type === "pong") return message.timeMs;
  return "serverTimeMs" in message ? message.serverTimeMs : undefined;
}

/** Length of one message, in bytes; of a text about. */
function lengthOf(data: MessageData): number {
  return typeof data === "string" ? data.length : data.byteLength;
}

function pongTo(ping: ServerMessageOf<"ping">, timeMs: number): ClientMessage {
  return ping.timeMs === undefined ? { type: "pong", timeMs } : { type: "pong", pingTimeMs: ping.timeMs, timeMs };
}
