import type { CloseName, Limits } from "../../shared/mod.ts";
import type { FlowWindow } from "./flow_window.ts";

/** What time asks for: an end, a ping, or nothing. */
export type Demand = CloseName | "ping" | undefined;

/** Looks further apart than this, in milliseconds, tell that the server itself stood still: what came meanwhile is not read yet. */
const STANDSTILL_MS = 2_000;

/**
 * Whether a client is still there and still moving, by what was heard of it and what it has taken. It keeps no timer:
 * whoever holds it asks now and then.
 */
export class Liveness {
  #heardMs: number;
  #spokeMs: number;
  /** When the newest ping was sent. */
  #pingedMs = 0;
  /** The oldest ping not answered yet, and the last frame sent before it: the answer acknowledges that frame, no later one. */
  #asked: { readonly timeMs: number; readonly frame: number } | undefined;
  /** When the socket last took what it was given: a peer that only talks and never reads stands still here. */
  #takenMs: number;
  /** When it was last asked what is to be done, and since when without a standstill. */
  #lookedMs: number;
  #awakeMs: number;

  constructor(private readonly limits: Limits, nowMs: number) {
    this.#heardMs = this.#spokeMs = this.#takenMs = nowMs;
    this.#lookedMs = this.#awakeMs = nowMs;
  }

  heard(nowMs: number): void {
    this.#heardMs = nowMs;
  }

  spoke(nowMs: number): void {
    this.#spokeMs = nowMs;
  }

  /** Notes a ping. @param frame The last frame sent before it. */
  pinged(frame: number, nowMs: number): void {
    this.#pingedMs = nowMs;
    this.#asked ??= { timeMs: nowMs, frame };
  }

  /**
   * Notes the answer to a ping, or to a later one: messages keep their order, so what went before the ping has arrived.
   *
   * @returns The last frame that the client has for certain, or `undefined` for an answer to nothing.
   */
  ponged(pingTimeMs: number | undefined): number | undefined {
    if (!this.#asked || (pingTimeMs ?? Infinity) < this.#asked.timeMs) return undefined;
    const { frame } = this.#asked;
    this.#asked = undefined;
    return frame;
  }

  /** What is to be done now for a client with this window. @param acks Whether it acknowledges frames by `ack`. */
  demand(window: FlowWindow, bufferedBytes: number, acks: boolean, nowMs: number): Demand {
    if (nowMs - this.#lookedMs >= STANDSTILL_MS) this.#awakeMs = nowMs;
    this.#lookedMs = nowMs;
    if (this.isSilent(nowMs)) return "noHeartbeat";
    if (this.stoodStillMs(window, bufferedBytes, nowMs) >= this.limits.slowTimeoutMs) return "slow";
    return this.needsPing(window, acks, nowMs) ? "ping" : undefined;
  }

  /** Nobody is silent who was not asked, and heard for a while since: a server that stood still has to wait as well. */
  private isSilent(nowMs: number): boolean {
    const { heartbeatIntervalMs, silentTimeoutMs } = this.limits;
    if (!this.#asked || nowMs - this.#heardMs < silentTimeoutMs) return false;
    const sinceMs = Math.max(this.#asked.timeMs, this.#awakeMs);
    return nowMs - sinceMs >= Math.min(heartbeatIntervalMs, silentTimeoutMs - heartbeatIntervalMs);
  }

  /** How long nothing has moved though something waits: an acknowledgement, or room in the socket. */
  private stoodStillMs(window: FlowWindow, bufferedBytes: number, nowMs: number): number {
    if (bufferedBytes < this.limits.bufferedBytesMax) this.#takenMs = nowMs;
    const unacknowledgedMs = window.unackedFrames > 0 ? nowMs - window.progressMs : 0;
    return Math.max(unacknowledgedMs, nowMs - this.#takenMs);
  }

  /** A quiet market, a quiet client, or a client that acknowledges by `pong` alone and has frames that nobody asked about. */
  private needsPing(window: FlowWindow, acks: boolean, nowMs: number): boolean {
    const { heartbeatIntervalMs, unackedBytesMax } = this.limits;
    const quiet = nowMs - this.#spokeMs >= heartbeatIntervalMs || nowMs - this.#heardMs >= heartbeatIntervalMs;
    const waiting = window.unackedFrames > 0 && nowMs - window.progressMs >= heartbeatIntervalMs;
    const filling = window.unackedBytes > unackedBytesMax / 4;
    if (!quiet && (acks || !(waiting || filling))) return false;
    return this.#asked === undefined || nowMs - this.#pingedMs >= heartbeatIntervalMs;
  }
}
