import type { Dice } from "./dice.ts";
import type { Planned, Timeline } from "./timeline.ts";

/** What a way through the network is like. */
export interface Conditions {
  readonly latencyMs: number;
  /** What comes on top of the latency, at the most. Order is kept all the same, as TCP keeps it. */
  readonly jitterMs: number;
  readonly bytesPerMs: number;
  /** Bytes that the two kernels hold for one direction; beyond them a sender's own buffer grows. */
  readonly kernelBytes: number;
}

export const CALM: Conditions = { latencyMs: 20, jitterMs: 5, bytesPerMs: 1_000, kernelBytes: 64 * 1024 };

interface Parcel<T> {
  readonly what: T;
  readonly bytes: number;
  arrivesMs: number;
}

/** One direction of a connection: ordered, lossless until it is cut, and with room for so much and no more. */
export class Pipe<T> {
  conditions: Conditions;
  /** Handed over, and not taken by the kernel yet. */
  readonly #waiting: Parcel<T>[] = [];
  #waitingBytes = 0;
  /** In the kernels or on the way, in order. */
  readonly #travelling: Parcel<T>[] = [];
  #travellingBytes = 0;
  #lastArrivalMs = 0;
  readonly #holds = new Set<string>();
  #next: Planned | undefined;
  #isCut = false;

  constructor(
    private readonly timeline: Timeline,
    private readonly dice: Dice,
    conditions: Conditions,
    private readonly deliver: (what: T) => void,
  ) {
    this.conditions = conditions;
  }

  /** What a socket's `bufferedAmount` would say. */
  get bufferedBytes(): number {
    return this.#waitingBytes;
  }

  /** Parcels that were sent and have not arrived. */
  get undelivered(): number {
    return this.#waiting.length + this.#travelling.length;
  }

  send(what: T, bytes: number): void {
    if (this.#isCut) return;
    this.#waiting.push({ what, bytes, arrivesMs: 0 });
    this.#waitingBytes += bytes;
    this.#fillKernel();
  }

  /** Nothing arrives until {@link release} with the same reason. What is sent queues up. */
  hold(reason: string): void {
    this.#holds.add(reason);
  }

  release(reason: string): void {
    if (this.#holds.delete(reason) && this.#holds.size === 0) this.#planNext();
  }

  /** The line is cut somewhere: of what travels a part still arrives, and nothing more is taken. */
  cut(): void {
    this.#isCut = true;
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    this.#travelling.length = this.dice.below(this.#travelling.length + 1);
  }

  /** Whoever listened is gone. */
  close(): void {
    this.#isCut = true;
    this.#waiting.length = 0;
    this.#travelling.length = 0;
  }

  #fillKernel(): void {
    while (this.#travellingBytes < this.conditions.kernelBytes) {
      const parcel = this.#waiting.shift();
      if (!parcel) break;
      this.#waitingBytes -= parcel.bytes;
      const { latencyMs, jitterMs, bytesPerMs } = this.conditions;
      const earliestMs = this.timeline.nowMs + latencyMs + this.dice.below(jitterMs + 1);
      parcel.arrivesMs = Math.max(this.#lastArrivalMs, earliestMs) + Math.floor(parcel.bytes / bytesPerMs);
      this.#lastArrivalMs = parcel.arrivesMs;
      this.#travelling.push(parcel);
      this.#travellingBytes += parcel.bytes;
    }
    this.#planNext();
  }

  #planNext(): void {
    const first = this.#travelling[0];
    if (!first || this.#next || this.#holds.size > 0) return;
    this.#next = this.timeline.after(first.arrivesMs - this.timeline.nowMs, () => {
      this.#next = undefined;
      if (this.#holds.size > 0) return;
      const parcel = this.#travelling.shift();
      if (!parcel) return;
      this.#travellingBytes -= parcel.bytes;
      this.#fillKernel();
      this.deliver(parcel.what);
    });
  }
}
