/** Lets a page look at every message in both directions. */
import type { ClientMessage, ServerMessage } from "../lib/shared";
import type { MessageData } from "./transport";

/** Messages that are remembered. */
export const TAP_ENTRIES_MAX = 200;

/** Bytes of a binary message that are shown. */
export const HEX_BYTES_MAX = 256;

export interface TapEntry {
  /** Counts from 1 since somebody listens. */
  readonly no: number;
  /** Our own clock, in milliseconds since 1970-01-01 UTC. */
  readonly atMs: number;
  readonly direction: "in" | "out";
  readonly via: "socket" | "poll";
  /** `type` of the message; `?` where it could not be read. */
  readonly type: string;
  /** Length on the wire, in bytes. */
  readonly bytes: number;
  /** The message as it was understood; `undefined` where it could not be read. */
  readonly message: ClientMessage | ServerMessage | undefined;
  /** The text as it was sent, for a message that was text. */
  readonly text?: string;
  /** The first {@link HEX_BYTES_MAX} bytes of a binary message, two digits each, with spaces between. */
  readonly hex?: string;
}

type Listener = (entry: TapEntry) => void;

export class Tap {
  private readonly nowMs: () => number;
  private readonly report: (error: unknown) => void;
  private readonly listeners = new Set<Listener>();
  private entries: TapEntry[] = [];
  private count = 0;

  /** @param nowMs The wall clock. @param report Takes what a listener throws. */
  constructor(nowMs: () => number, report: (error: unknown) => void) {
    this.nowMs = nowMs;
    this.report = report;
  }

  /** Whether anybody listens. Ask before {@link record}: what nobody sees is not worth describing. */
  get isOpen(): boolean {
    return this.listeners.size > 0;
  }

  listen(listener: Listener): () => void {
    // A wrapper of its own for each call, so that one function added twice is removed one at a time.
    const own: Listener = (entry) => listener(entry);
    this.listeners.add(own);
    this.entries.forEach((entry) => this.tell(own, entry));
    return () => {
      this.listeners.delete(own);
      if (this.isOpen) return;
      this.entries = [];
      this.count = 0;
    };
  }

  record(
    direction: TapEntry["direction"],
    via: TapEntry["via"],
    data: MessageData,
    message: ClientMessage | ServerMessage | undefined,
  ): void {
    this.count += 1;
    const type = message ? message.type : "?";
    const head = { no: this.count, atMs: this.nowMs(), direction, via, type, message };
    const entry: TapEntry = typeof data === "string"
      ? { ...head, bytes: utf8Length(data), text: data }
      : { ...head, bytes: data.byteLength, hex: hexOf(data) };
    this.entries.push(entry);
    if (this.entries.length > TAP_ENTRIES_MAX) this.entries.shift();
    Array.from(this.listeners).forEach((listener) => this.tell(listener, entry));
  }

  private tell(listener: Listener, entry: TapEntry): void {
    try {
      listener(entry);
    } catch (error) {
      this.report(error);
    }
  }
}

function hexOf(data: ArrayBuffer): string {
  const bytes = new Uint8Array(data, 0, Math.min(data.byteLength, HEX_BYTES_MAX));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** Length of a text in UTF-8, in bytes. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a pair counts two of the pair's four bytes.
    if (unit >= 0x800) bytes += unit >= 0xd800 && unit <= 0xdfff ? 1 : 2;
    else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}
