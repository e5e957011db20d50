import type { SteadyClock } from "./steady_clock";

/** Longest wait that a server may ask for, in milliseconds. */
export const SERVER_WAIT_MAX_MS = 300_000;

/** Times in which no attempt at a line is made, whatever the reason for one, because the server asked for that. */
export class Pauses {
  private readonly clock: SteadyClock;
  private notBeforeMs = 0;
  /** How long after the line's end this client may come back, once the server has announced its stop. */
  private slotMs: number | undefined;

  constructor(clock: SteadyClock) {
    this.clock = clock;
  }

  /** How long no attempt is to be made, in milliseconds; 0 where there is no pause. */
  get remainingMs(): number {
    return Math.max(0, this.notBeforeMs - this.clock.nowMs());
  }

  /** No attempt for `durationMs` from now on, within reason. */
  ask(durationMs: number): void {
    this.notBeforeMs = Math.max(this.notBeforeMs, this.clock.nowMs() + Math.min(durationMs, SERVER_WAIT_MAX_MS));
  }

  /** The server is about to stop: no attempt for `slotMs` from the end of the line on. */
  announce(slotMs: number): void {
    this.slotMs = slotMs;
  }

  /** The line has ended: what was announced begins, once. */
  lineEnded(): void {
    if (this.slotMs !== undefined) this.ask(this.slotMs);
    this.slotMs = undefined;
  }

  /** Another server, which asked for nothing. */
  reset(): void {
    this.notBeforeMs = 0;
    this.slotMs = undefined;
  }
}
