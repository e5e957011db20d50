import { type Clock, RECONNECT_AFTER_STALL_MS, STALL_GRACE_MS } from "../lib/shared";
import { Timer } from "./timer";

/** Longest time between two pings of our own, in milliseconds: acknowledgements keep a busy line from being idle, but measure nothing. */
export const RTT_SAMPLE_INTERVAL_MS = 10_000;

export interface HeartbeatEvents {
  /** Sends a `ping`. */
  ping(): void;
  /** The server should have been heard by now: nothing shown is live any more. */
  stalled(): void;
  /** The server was heard after all. */
  recovered(): void;
  /** The line stayed silent: give it up. */
  dead(): void;
}

/**
 * Watches one line for silence and keeps our own end from falling silent.
 *
 * Deadlines are timers that every message cancels and sets anew; no time of day is compared, so a phone whose clock is
 * set, in whichever direction, neither loses a good line nor keeps a dead one.
 */
export class Heartbeat {
  private readonly events: HeartbeatEvents;
  private readonly intervalMs: number;
  private readonly silence: Timer;
  private readonly idle: Timer;
  private readonly sample: Timer;
  private isStalled = false;
  private isStopped = false;

  /** @param intervalMs The interval that `welcome` states. */
  constructor(clock: Clock, intervalMs: number, events: HeartbeatEvents) {
    this.events = events;
    this.intervalMs = intervalMs;
    this.silence = new Timer(clock);
    this.idle = new Timer(clock);
    this.sample = new Timer(clock);
    this.watch(intervalMs + STALL_GRACE_MS);
    this.idle.set(intervalMs, () => this.ping());
    this.sample.set(RTT_SAMPLE_INTERVAL_MS, () => this.ping());
  }

  /** A message came, whichever. */
  heard(): void {
    if (this.isStopped) return;
    this.watch(this.intervalMs + STALL_GRACE_MS);
    if (!this.isStalled) return;
    this.isStalled = false;
    this.events.recovered();
  }

  /** A message went out, whichever. */
  sent(): void {
    if (!this.isStopped) this.idle.set(this.intervalMs, () => this.ping());
  }

  /** There is reason to doubt the line: asks now, and takes silence of {@link STALL_GRACE_MS} for an answer. */
  probe(): void {
    if (this.isStopped || this.isStalled) return;
    this.ping();
    this.watch(STALL_GRACE_MS);
  }

  /** Sets nothing off any more and leaves no timer. */
  stop(): void {
    this.isStopped = true;
    this.silence.clear();
    this.idle.clear();
    this.sample.clear();
  }

  private ping(): void {
    this.sample.set(RTT_SAMPLE_INTERVAL_MS, () => this.ping());
    this.idle.set(this.intervalMs, () => this.ping());
    this.events.ping();
  }

  private watch(silenceMs: number): void {
    this.silence.set(silenceMs, () => {
      this.isStalled = true;
      // Set before the event: whoever hears it may stop this heartbeat, and nothing may be set after that.
      this.silence.set(RECONNECT_AFTER_STALL_MS, () => this.events.dead());
      this.events.stalled();
    });
  }
}
