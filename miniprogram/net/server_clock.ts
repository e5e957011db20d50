import type { SteadyClock } from "./steady_clock";

/** A longer round trip than this was not one: a line that silent is called stalled, so our own clock must have been set. */
const RTT_MAX_MS = 10_000;

/** What the server's clock shows, estimated from round trips: at half of one, the server looked at its clock. */
export class ServerClock {
  private readonly clock: SteadyClock;
  private offsetMs = 0;
  private lastRttMs: number | undefined;

  constructor(clock: SteadyClock) {
    this.clock = clock;
  }

  /** The last measured round trip, in milliseconds. */
  get rttMs(): number | undefined {
    return this.lastRttMs;
  }

  /** The server's time, in milliseconds since 1970-01-01 UTC; our own before anything was measured. */
  nowMs(): number {
    return this.clock.nowMs() + this.offsetMs;
  }

  /**
   * One question and its answer. Returns whether they make a measurement.
   *
   * @param askedMs When we asked, on our {@link SteadyClock}.
   * @param serverTimeMs What the server's clock showed, where it said so.
   */
  sample(askedMs: number, serverTimeMs: number | undefined): boolean {
    const nowMs = this.clock.nowMs();
    const rttMs = nowMs - askedMs;
    if (!(rttMs >= 0 && rttMs <= RTT_MAX_MS)) return false;
    this.lastRttMs = rttMs;
    if (serverTimeMs !== undefined) this.offsetMs = serverTimeMs + rttMs / 2 - nowMs;
    return true;
  }

  /** Forgets the server: the next one has another clock. */
  reset(): void {
    this.offsetMs = 0;
    this.lastRttMs = undefined;
  }
}
