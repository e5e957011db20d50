import type { ClientMessage, CloseName, Limits, ServerMessageOf } from "../../shared/mod.ts";
import type { DeliveryStats } from "./delivery_stats.ts";
import type { SessionCodec } from "./session_codec.ts";
import { TokenBucket } from "./token_bucket.ts";

export type Refusal = Omit<ServerMessageOf<"error">, "type">;

/** What came in: a message to serve, or why not, and whether that ends the session. */
export type Inbound =
  | { readonly ok: true; readonly message: ClientMessage }
  | { readonly ok: false; readonly refusal: Refusal; readonly close?: CloseName };

const WRONG_KIND = {
  json: "tickwire.v1.json takes text messages only.",
  binary: "tickwire.v1.bin takes binary messages only.",
};

/** What stands between the socket and the session: rate, size, form. Nothing that passes here is unreadable. */
export class InboundGate {
  readonly #bucket: TokenBucket;
  #badMessages = 0;

  constructor(
    private readonly limits: Limits,
    private readonly codec: SessionCodec,
    private readonly stats: DeliveryStats,
    nowMs: number,
  ) {
    this.#bucket = new TokenBucket(limits.inboundMessagesPerSecond, limits.inboundMessagesBurst, nowMs);
  }

  /** Reads what a socket received. It never throws. */
  read(data: unknown, nowMs: number): Inbound {
    const { inboundBytesMax, inboundMessagesBurst: burst, inboundMessagesPerSecond: rate } = this.limits;
    const bytes = sizeOf(data);
    this.stats.messagesReceived++;
    this.stats.bytesReceived += bytes;
    if (!this.#bucket.take(nowMs)) {
      const message = `More than ${rate} messages a second (${burst} at once): put several symbols into one message.`;
      const refusal = { code: "rate_exceeded", message, retryable: true, retryAfterMs: 1_000 };
      return { ok: false, refusal, close: "rateExceeded" };
    }
    if (bytes > inboundBytesMax) {
      const message = `The message is larger than ${inboundBytesMax} bytes: split it.`;
      return { ok: false, refusal: { code: "message_too_big", message, retryable: false }, close: "messageTooBig" };
    }
    const decoded = this.codec.decode(data);
    if (!decoded) return this.bad({ code: "wrong_kind", message: WRONG_KIND[this.codec.form] });
    return decoded.ok ? { ok: true, message: decoded.message } : this.bad(decoded.fault);
  }

  /** Counts a message that cannot be served, here or by the session; the last straw closes. */
  bad(fault: { readonly code: string; readonly message: string; readonly id?: number }): Inbound & { ok: false } {
    const refusal = { ...fault, retryable: false };
    return ++this.#badMessages >= this.limits.badMessagesMax
      ? { ok: false, refusal, close: "badMessages" }
      : { ok: false, refusal };
  }
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
