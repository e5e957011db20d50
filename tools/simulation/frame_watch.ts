import { decodeClientBytes, splitMessages } from "../../shared/binary/mod.ts";
import { FRAME_BIT, FRAME_NUMBER_BIT, UPDATE_BIT } from "../../shared/binary/wire.ts";
import { decodeClient, type Limits } from "../../shared/mod.ts";
import { type Data, sizeOf } from "./connection.ts";
import type { Verdict } from "./verdict.ts";

/** Bytes of the largest frame: a day's candles of one symbol, with room to spare. */
const FRAME_BYTES_MAX = 64 * 1024;

/** Watches one connection from outside: what the server keeps for it stays bounded, and what is acknowledged has arrived. */
export class FrameWatch {
  readonly #unacknowledged: { readonly frame: number; readonly bytes: number }[] = [];
  #unacknowledgedBytes = 0;
  #sentFrame = 0;
  #arrivedFrame = 0;

  constructor(private readonly name: string, private readonly limits: Limits, private readonly verdict: Verdict) {}

  /** The server handed a message over, after which its socket holds `bufferedBytes`. */
  sent(data: Data, bufferedBytes: number): void {
    const { limits, verdict, name } = this;
    if (bufferedBytes > 2 * limits.bufferedBytesMax + FRAME_BYTES_MAX) {
      verdict.fail(`the socket of ${name} holds ${bufferedBytes} bytes`);
    }
    for (const message of messagesIn(data)) this.#sent(message);
  }

  #sent(data: Data): void {
    const { limits, verdict, name } = this;
    const frame = frameOf(data, this.#sentFrame);
    if (frame === undefined) return;
    if (frame !== this.#sentFrame + 1) verdict.fail(`${name} sent frame ${frame} after frame ${this.#sentFrame}`);
    this.#sentFrame = frame;
    this.#unacknowledged.push({ frame, bytes: sizeOf(data) });
    this.#unacknowledgedBytes += sizeOf(data);
    if (this.#unacknowledged.length > limits.ackWindowFrames) {
      verdict.fail(`${name} has ${this.#unacknowledged.length} frames unacknowledged`);
    }
    if (this.#unacknowledgedBytes > limits.unackedBytesMax + FRAME_BYTES_MAX) {
      verdict.fail(`${name} has ${this.#unacknowledgedBytes} bytes unacknowledged`);
    }
  }

  /** The message reached the phone. */
  arrived(data: Data): void {
    for (const message of messagesIn(data)) {
      this.#arrivedFrame = frameOf(message, this.#arrivedFrame) ?? this.#arrivedFrame;
    }
  }

  /** The client's message reached the server. */
  heard(data: Data): void {
    const acknowledged = ackOf(data);
    if (acknowledged === undefined) return;
    if (acknowledged > this.#arrivedFrame) {
      this.verdict.fail(
        `${this.name} acknowledged frame ${acknowledged} and has got no more than ${this.#arrivedFrame}`,
      );
    }
    while ((this.#unacknowledged[0]?.frame ?? Infinity) <= acknowledged) {
      this.#unacknowledgedBytes -= this.#unacknowledged.shift()?.bytes ?? 0;
    }
  }
}

function messagesIn(data: Data): readonly Data[] {
  return typeof data === "string" ? [data] : splitMessages(data);
}

/**
 * Number of the frame, where the message is one. Read from its beginning alone, because it is asked of every message.
 *
 * @param before Number of the frame before, which a binary frame counts on from.
 */
function frameOf(data: Data, before: number): number | undefined {
  if (typeof data === "string") {
    const match = /^\{"type":"(?:snapshot|update|candles|trades)","frame":(\d+)/.exec(data);
    return match ? Number(match[1]) : undefined;
  }
  const type = new Uint8Array(data)[0] ?? 0;
  if (type & UPDATE_BIT) return before + 1;
  if (!(type & FRAME_BIT)) return undefined;
  // A number is written only where frames were left out, and a server leaves none out.
  return type & FRAME_NUMBER_BIT ? NaN : before + 1;
}

function ackOf(data: Data): number | undefined {
  if (typeof data === "string" && !data.startsWith('{"type":"ack"')) return undefined;
  const decoded = typeof data === "string" ? decodeClient(data) : decodeClientBytes(data);
  return decoded.ok && decoded.message.type === "ack" ? decoded.message.frame : undefined;
}
