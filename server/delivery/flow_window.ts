import type { Limits } from "../../shared/mod.ts";

/** A client that has not been sent anything needs no list of its own. */
const NOTHING_SENT: number[] = [];

/**
 * How much of what was sent to one client is still on its way, and hence whether more may be sent.
 *
 * Without this the kernel takes megabytes for a peer that reads slowly, minutes of stale prices, before the socket's
 * own `bufferedAmount` moves. A client that sends `ack` is bounded in frames and bytes; one that does not is bounded in
 * bytes alone, and its `pong` acknowledges what was sent before the `ping`.
 */
export class FlowWindow {
  #frame = 0;
  #ackedFrame = 0;
  #unackedBytes = 0;
  /** Bytes of each frame that is not acknowledged, oldest first. */
  #sent: number[] = NOTHING_SENT;
  #progressMs: number;

  constructor(
    private readonly limits: Pick<Limits, "ackWindowFrames" | "unackedBytesMax" | "bufferedBytesMax">,
    private readonly acks: boolean,
    nowMs: number,
  ) {
    this.#progressMs = nowMs;
  }

  /** Number of the last frame sent; 0 before the first. */
  get frame(): number {
    return this.#frame;
  }

  get unackedBytes(): number {
    return this.#unackedBytes;
  }

  get unackedFrames(): number {
    return this.#frame - this.#ackedFrame;
  }

  /** When the client last moved on, or was last in step. */
  get progressMs(): number {
    return this.#progressMs;
  }

  /** Whether a frame may be sent now. @param bufferedBytes What the socket itself still holds. */
  isOpen(bufferedBytes: number): boolean {
    return bufferedBytes < this.limits.bufferedBytesMax &&
      this.#unackedBytes < this.limits.unackedBytesMax &&
      (!this.acks || this.unackedFrames < this.limits.ackWindowFrames);
  }

  /** Numbers the next frame; call {@link sent} once its size is known. */
  nextFrame(): number {
    return this.#frame + 1;
  }

  sent(bytes: number, nowMs: number): void {
    if (this.unackedFrames === 0) this.#progressMs = nowMs;
    this.#frame++;
    this.#unackedBytes += bytes;
    if (this.#sent === NOTHING_SENT) this.#sent = [];
    this.#sent.push(bytes);
  }

  /** Acknowledges every frame up to `frame`; older acknowledgements change nothing. False for a frame never sent. */
  acknowledge(frame: number, nowMs: number): boolean {
    if (frame > this.#frame) return false;
    if (frame <= this.#ackedFrame) return true;
    const count = frame - this.#ackedFrame;
    for (let i = 0; i < count; i++) this.#unackedBytes -= this.#sent[i] ?? 0;
    this.#sent.splice(0, count);
    this.#ackedFrame = frame;
    this.#progressMs = nowMs;
    return true;
  }
}
