import type { Dice } from "./dice.ts";
import { type Conditions, Pipe } from "./pipe.ts";
import type { Timeline } from "./timeline.ts";

export type Data = string | ArrayBuffer;

/** What travels: a handshake, messages, a close and its echo, all in order. */
type Parcel =
  | { readonly kind: "handshake" }
  | { readonly kind: "answer"; readonly protocol: string | undefined }
  | { readonly kind: "message"; readonly data: Data }
  | { readonly kind: "close"; readonly code: number; readonly reason: string; readonly isEcho: boolean };

/** What a phone's platform hears of a connection. */
export interface PhoneEnd {
  opened(protocol: string): void;
  received(data: Data): void;
  ended(code: number, reason: string): void;
  failed(text: string): void;
}

/** What a server hears of one. */
export interface ServerEnd {
  received(data: Data): void;
  ended(): void;
}

/** Answers handshakes. `undefined` refuses; the end of the connection is set before any message comes. */
export type Accept = (connection: Connection) => { readonly protocol: string; readonly end: ServerEnd } | undefined;

/** Bytes of a handshake, and of what surrounds a message. */
const HANDSHAKE_BYTES = 500;
const OVERHEAD_BYTES = 8;

/** Longest time after which Deno finds out that a peer is gone, in milliseconds: its idle timeout. */
const IDLE_TIMEOUT_MS = 12_000;

/** One WebSocket between a phone and a server, over TCP as it really is: lossless until it breaks, and then anything. */
export class Connection {
  readonly down: Pipe<Parcel>;
  readonly up: Pipe<Parcel>;
  #server: ServerEnd | undefined;
  #isPhoneDone = false;
  #isServerDone = false;
  #isCut = false;

  constructor(
    readonly id: number,
    readonly offered: readonly string[],
    private readonly timeline: Timeline,
    private readonly dice: Dice,
    conditions: Conditions,
    private readonly phone: PhoneEnd,
    accept: Accept,
  ) {
    this.down = new Pipe<Parcel>(timeline, dice, conditions, (parcel) => this.#reachesPhone(parcel));
    this.up = new Pipe<Parcel>(timeline, dice, conditions, (parcel) => this.#reachesServer(parcel, accept));
    this.up.send({ kind: "handshake" }, HANDSHAKE_BYTES);
  }

  /** Whether neither end knows of an end. */
  get isWhole(): boolean {
    return !this.#isCut && !this.#isPhoneDone && !this.#isServerDone;
  }

  /** Whether neither end can tell the other anything any more. */
  get isOver(): boolean {
    return this.#isPhoneDone && (this.#isServerDone || this.#server === undefined);
  }

  /** Bytes that the server handed over and its kernel did not take. */
  get serverBufferedBytes(): number {
    return this.down.bufferedBytes;
  }

  sendDown(data: Data): void {
    if (!this.#isServerDone) this.down.send({ kind: "message", data }, sizeOf(data) + OVERHEAD_BYTES);
  }

  sendUp(data: Data): void {
    if (!this.#isPhoneDone) this.up.send({ kind: "message", data }, sizeOf(data) + OVERHEAD_BYTES);
  }

  closeDown(code: number, reason: string): void {
    if (this.#isServerDone) return;
    this.#isServerDone = true;
    this.down.send({ kind: "close", code, reason, isEcho: false }, OVERHEAD_BYTES);
  }

  closeUp(code: number, reason: string): void {
    if (!this.#isPhoneDone) this.up.send({ kind: "close", code, reason, isEcho: false }, OVERHEAD_BYTES);
  }

  /** The phone's platform has let go of its end and wants to hear nothing more. */
  forgetPhone(): void {
    this.#isPhoneDone = true;
    this.down.close();
  }

  /** The line breaks. What is under way may or may not arrive, and each end hears of it at once, late, or never. */
  cut(): void {
    if (this.#isCut) return;
    this.#isCut = true;
    this.down.cut();
    this.up.cut();
    if (this.dice.chance(0.7)) this.timeline.after(this.#noticeMs(15_000), () => this.#tellPhone());
    if (this.dice.chance(0.8)) this.timeline.after(this.#noticeMs(IDLE_TIMEOUT_MS), () => this.#tellServer());
  }

  /** The server's process died: its kernel resets the line, which the phone hears of, or not where the machine is gone. */
  serverDied(isMachineGone: boolean): void {
    this.#isServerDone = true;
    this.#isCut = true;
    this.down.cut();
    this.up.close();
    if (!isMachineGone) this.timeline.after(this.down.conditions.latencyMs, () => this.#tellPhone());
  }

  #noticeMs(latestMs: number): number {
    return this.dice.chance(0.6) ? this.down.conditions.latencyMs : this.dice.below(latestMs);
  }

  #tellPhone(): void {
    if (this.#isPhoneDone) return;
    this.forgetPhone();
    this.phone.failed("the connection was reset");
  }

  #tellServer(): void {
    if (this.#isServerDone) return;
    this.#isServerDone = true;
    this.#server?.ended();
  }

  #reachesPhone(parcel: Parcel): void {
    if (this.#isPhoneDone) return;
    if (parcel.kind === "message") return this.phone.received(parcel.data);
    if (parcel.kind === "close") {
      if (!parcel.isEcho) this.up.send({ ...parcel, isEcho: true }, OVERHEAD_BYTES);
      this.forgetPhone();
      return this.phone.ended(parcel.code, parcel.reason);
    }
    if (parcel.kind !== "answer") return;
    if (parcel.protocol !== undefined) return this.phone.opened(parcel.protocol);
    this.forgetPhone();
    this.phone.failed("the handshake was refused");
  }

  #reachesServer(parcel: Parcel, accept: Accept): void {
    if (parcel.kind === "handshake") {
      const accepted = accept(this);
      this.#server = accepted?.end;
      return this.down.send({ kind: "answer", protocol: accepted?.protocol }, HANDSHAKE_BYTES);
    }
    if (parcel.kind === "close") {
      if (!parcel.isEcho) this.down.send({ ...parcel, isEcho: true }, OVERHEAD_BYTES);
      return this.#tellServer();
    }
    if (parcel.kind === "message" && !this.#isServerDone) this.#server?.received(parcel.data);
  }
}

/** Bytes of a message on the wire, nearly: all but names is ASCII. */
export function sizeOf(data: Data): number {
  return typeof data === "string" ? data.length : data.byteLength;
}
