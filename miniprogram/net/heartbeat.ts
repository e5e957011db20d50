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
 * Three things make a line stalled: nothing is heard, what is heard was long on its way, or our ping stays unanswered, as
 * where the way to the server alone has failed: the server then has our acknowledgements no more, holds its frames
 * back, and only asks whether we are there.
 *
 * Deadlines are timers that every message cancels and sets anew; no time of day is compared, so a phone whose clock is
 * set, in whichever direction, neither loses a good line nor keeps a dead one.
 */
export class Heartbeat {
  private readonly clock: Clock;
  private readonly events: HeartbeatEvents;
  private readonly intervalMs: number;
  private readonly silence: Timer;
  private readonly idle: Timer;
  private readonly sample: Timer;
  private readonly answer: Timer;
  private askedAtMs = 0;
  /** What the last answer took, within reason: a slow line gets so much more time for the next. */
  private lastAnswerMs = 0;
  private isUnanswered = false;
  private isStalled = false;
  private isStopped = false;

  /** @param intervalMs The interval that `welcome` states. */
  constructor(clock: Clock, intervalMs: number, events: HeartbeatEvents) {
    this.clock = clock;
    this.events = events;
    this.intervalMs = intervalMs;
    this.silence = new Timer(clock);
    this.idle = new Timer(clock);
    this.sample = new Timer(clock);
    this.answer = new Timer(clock);
    this.watch(this.patienceMs);
    this.idle.set(intervalMs, () => this.ping());
    this.sample.set(RTT_SAMPLE_INTERVAL_MS, () => this.ping());
  }

  /** Silence, and age of a message, from which on nothing is live, in milliseconds. */
  get patienceMs(): number {
    return this.intervalMs + STALL_GRACE_MS;
  }

  /** A message came, whichever, and it was not long on its way. */
  heard(): void {
    if (this.isStopped) return;
    this.watch(this.patienceMs);
    this.recover();
  }

  /** A message came that was longer on its way than {@link patienceMs}: the line is there, and what it brings is old. */
  heardLate(): void {
    if (this.isStopped) return;
    this.silence.set(this.patienceMs + RECONNECT_AFTER_STALL_MS, () => this.events.dead());
    // It may be our own clock that was set; the answer to a ping tells.
    if (!this.answer.isSet && !this.isUnanswered) this.ping();
    this.stall();
  }

  /** A ping was answered in time. */
  answered(): void {
    if (this.isStopped) return;
    this.lastAnswerMs = Math.min(this.intervalMs, Math.max(0, this.clock.nowMs() - this.askedAtMs));
    this.answer.clear();
    this.isUnanswered = false;
    this.recover();
  }

  /** Something went out that shows, by what comes back, whether the server hears us: an acknowledgement brings the next frame. */
  sent(): void {
    if (!this.isStopped) this.idle.set(this.intervalMs, () => this.ping());
  }

  /** There is reason to doubt the line: asks now, and takes silence of {@link STALL_GRACE_MS} for an answer. */
  probe(): void {
    if (this.isStopped || this.isStalled) return;
    this.watch(STALL_GRACE_MS);
    // Last, because a line that cannot even send ends here, and nothing may be set after that.
    this.ping();
  }

  /** Sets nothing off any more and leaves no timer. */
  stop(): void {
    this.isStopped = true;
    [this.silence, this.idle, this.sample, this.answer].forEach((timer) => timer.clear());
  }

  private ping(): void {
    this.sample.set(RTT_SAMPLE_INTERVAL_MS, () => this.ping());
    this.idle.set(this.intervalMs, () => this.ping());
    if (!this.answer.isSet && !this.isUnanswered) {
      this.askedAtMs = this.clock.nowMs();
      this.answer.set(STALL_GRACE_MS + this.lastAnswerMs, () => {
        this.isUnanswered = true;
        this.stall();
      });
    }
    this.events.ping();
  }

  private watch(silenceMs: number): void {
    this.silence.set(silenceMs, () => {
      // Set before the event: whoever hears it may stop this heartbeat, and nothing may be set after that.
      this.silence.set(RECONNECT_AFTER_STALL_MS, () => this.events.dead());
      this.stall();
    });
  }

  private stall(): void {
    if (this.isStalled || this.isStopped) return;
    this.isStalled = true;
    this.events.stalled();
  }

  private recover(): void {
    if (!this.isStalled || this.isUnanswered) return;
    this.isStalled = false;
    this.events.recovered();
  }
}
