/** The clock of a replay: how far it is in its recording, and what the recorded feed's clock said there. */
import type { Clock } from "../../../shared/mod.ts";
import type { FeedClock } from "../feed.ts";
import type { RecordingHeader } from "./header.ts";
import type { ReplayTape } from "./replay_tape.ts";

export interface ReplayClockOptions {
  readonly clock: Clock;
  readonly tape: ReplayTape;
  /** The recorded feed's clock, from the header. */
  readonly recorded: RecordingHeader["clock"];
  readonly speed: number | "stepped";
}

export class ReplayClock implements FeedClock {
  /** Exchange seconds per second of the server; of a replay that no time drives, as it was recorded. */
  readonly speed: number;
  readonly simulated: boolean;
  readonly #options: ReplayClockOptions;
  readonly #rate: number;
  #positionMs = 0;
  #lastNowMs: number;
  #paused = false;

  constructor(options: ReplayClockOptions) {
    const { recorded, speed, clock } = options;
    this.#options = options;
    this.#rate = speed === "stepped" ? 0 : speed;
    this.speed = Number.isFinite(this.#rate) && this.#rate > 0 ? recorded.speed * this.#rate : recorded.speed;
    this.simulated = recorded.simulated;
    this.#lastNowMs = clock.nowMs();
  }

  get tradingDate(): number {
    return this.#options.tape.moment.tradingDate;
  }

  /** Between two recorded moments the clock goes on at its speed, and waits for the later one where it would pass it. */
  get exchangeTimeMs(): number {
    const { tape, recorded } = this.#options;
    const { moment, nextMoment } = tape;
    if (!nextMoment || !tape.started || !Number.isFinite(this.#rate)) return moment.exchangeTimeMs;
    const sinceMs = Math.max(0, this.#positionMs + this.#pendingMs() - moment.offsetMs);
    const timeMs = moment.exchangeTimeMs + Math.floor(sinceMs * recorded.speed);
    return Math.max(moment.exchangeTimeMs, Math.min(nextMoment.exchangeTimeMs, timeMs));
  }

  /** Up to where in the recording everything is due, in milliseconds. */
  get positionMs(): number {
    return this.#positionMs;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Milliseconds of the server's clock until something is due; `undefined` where time moves nothing. */
  get waitMs(): number | undefined {
    if (this.#paused || this.#rate === 0) return undefined;
    const { nextMoment } = this.#options.tape;
    if (!nextMoment || this.#rate === Infinity) return 0;
    return Math.max(0, Math.ceil((nextMoment.offsetMs - this.#positionMs) / this.#rate));
  }

  /** Takes in the time that has passed. */
  advance(): void {
    this.#positionMs += this.#pendingMs();
    this.#lastNowMs = this.#options.clock.nowMs();
  }

  moveTo(positionMs: number): void {
    this.#positionMs = positionMs;
    this.#lastNowMs = this.#options.clock.nowMs();
  }

  pause(): void {
    if (this.#paused) return;
    if (this.#rate !== Infinity) this.advance();
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#lastNowMs = this.#options.clock.nowMs();
  }

  /** A clock that is set back stands still: a replay never goes back. */
  #pendingMs(): number {
    if (this.#paused || this.#rate === 0) return 0;
    if (this.#rate === Infinity) return Infinity;
    return Math.max(0, this.#options.clock.nowMs() - this.#lastNowMs) * this.#rate;
  }
}
