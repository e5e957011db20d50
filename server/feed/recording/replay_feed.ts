/** A recording as a feed: the ticks and the auctions of a day that was, in their order, at any speed. */
import type { Clock, Instrument, Phase, SymbolCode, TimerId } from "../../../shared/mod.ts";
import type { Feed, FeedClock, FeedSink, QuoteChanges } from "../feed.ts";
import type { Recording } from "./recording.ts";
import { ReplayClock } from "./replay_clock.ts";
import { ReplayTape } from "./replay_tape.ts";

export const REPLAY_SPEED_MIN = 0.1;
export const REPLAY_SPEED_MAX = 1_000;

/** Most ticks that are pushed at once after the start, so that no turn holds the process up for long. */
const TICKS_PER_TURN = 10_000;

/** Shortest and longest time between two turns, in milliseconds. */
const TURN_MIN_MS = 10;
const TURN_MAX_MS = 1_000;

/** Pause before a recording begins again, in milliseconds. */
export const LOOP_PAUSE_MS = 10_000;

export interface ReplayEnd {
  /** False where the recording was cut or is damaged. */
  readonly complete: boolean;
  /** What happened and where, as a sentence to log. */
  readonly message: string;
}

export interface ReplayFeedOptions {
  readonly recording: Recording;
  readonly clock: Clock;
  /**
   * Recorded seconds per second, from {@link REPLAY_SPEED_MIN} to {@link REPLAY_SPEED_MAX}. `Infinity` is as fast as possible,
   * `"stepped"` moves by {@link ReplayFeed.step} alone.
   * @default 1
   */
  readonly speed?: number | "stepped";
  /**
   * What follows the last tick. `close` sends `phase: "closed"` for whatever is still open, the only ticks that are not in
   * the recording, and stays there; `hold` stays as it is; `loop` begins again after {@link LOOP_PAUSE_MS}, with all dates
   * moved on by whole weeks, because a day cannot come twice.
   * @default "close"
   */
  readonly atEnd?: "close" | "hold" | "loop";
  /** Called once, at the first end. */
  readonly onEnd?: (end: ReplayEnd) => void;
}

/** @throws RangeError from its constructor for a speed out of range. */
export class ReplayFeed implements Feed {
  readonly instruments: readonly Instrument[];
  readonly clock: FeedClock;
  readonly #options: ReplayFeedOptions;
  readonly #tape: ReplayTape;
  readonly #time: ReplayClock;
  readonly #phases = new Map<SymbolCode, Phase>();
  #state: "new" | "running" | "stopped" = "new";
  #sink: FeedSink | undefined;
  #timer: TimerId | undefined;
  #finished = false;
  #loops = false;
  #endReported = false;

  constructor(options: ReplayFeedOptions) {
    const { recording, clock, speed = 1 } = options;
    const inRange = speed === "stepped" || speed === Infinity || speed >= REPLAY_SPEED_MIN && speed <= REPLAY_SPEED_MAX;
    if (!inRange) {
      throw new RangeError(`The replay's speed must be from ${REPLAY_SPEED_MIN} to ${REPLAY_SPEED_MAX}, got ${speed}`);
    }
    this.#options = options;
    this.instruments = recording.header.instruments;
    this.#tape = new ReplayTape(recording);
    this.#time = new ReplayClock({ clock, tape: this.#tape, recorded: recording.header.clock, speed });
    this.clock = this.#time;
  }

  get paused(): boolean {
    return this.#time.paused;
  }

  /**
   * Pushes at once what the recorded feed pushed in its own start.
   *
   * @throws Error when it was started or stopped before.
   */
  start(sink: FeedSink): void {
    if (this.#state !== "new") {
      throw new Error(`A feed starts once, and this one is ${this.#state}: make a new ReplayFeed`);
    }
    this.#state = "running";
    this.#sink = sink;
    this.#push(Infinity);
    this.#schedule(false);
  }

  /** Stops for good, and closes the recording. */
  stop(): void {
    if (this.#state === "stopped") return;
    this.#state = "stopped";
    this.#sink = undefined;
    this.#cancel();
    this.#options.recording.close();
  }

  /** Stands still, the feed's clock too, until {@link resume}. */
  pause(): void {
    this.#time.pause();
    this.#cancel();
  }

  resume(): void {
    if (!this.paused) return;
    this.#time.resume();
    this.#schedule(false);
  }

  /** Goes on to the next moment of the recording and pushes what happened then; for a stepped or a paused replay. */
  step(): void {
    if (this.#state !== "running") return;
    if (this.#finished) return this.#again();
    const { nextMoment } = this.#tape;
    if (nextMoment) this.#time.moveTo(nextMoment.offsetMs);
    this.#push(Infinity);
  }

  #turn(): void {
    this.#timer = undefined;
    if (this.#finished) return this.#again();
    this.#time.advance();
    this.#schedule(this.#push(TICKS_PER_TURN));
  }

  #schedule(behind: boolean): void {
    const { waitMs } = this.#time;
    if (this.#state !== "running" || this.#timer !== undefined || waitMs === undefined) return;
    if (this.#finished && !this.#loops) return;
    const turnMs = behind ? 0 : Math.min(Math.max(waitMs, TURN_MIN_MS), TURN_MAX_MS);
    this.#timer = this.#options.clock.setTimeout(() => this.#turn(), this.#finished ? LOOP_PAUSE_MS : turnMs);
  }

  #cancel(): void {
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Pushes up to `ticksMax` of what is due. True when more may be due. */
  #push(ticksMax: number): boolean {
    const pausedBefore = this.paused;
    for (let left = ticksMax; left > 0 && this.#state === "running"; left--) {
      const { started } = this.#tape;
      // A sink may pause from within a tick; but what had happened before the recorded start belongs together.
      if (started && this.paused && !pausedBefore) return true;
      const record = this.#tape.next(started ? this.#time.positionMs : Infinity);
      if (record?.kind === "tick") this.#tick(record.symbol, record.changes);
      else if (record) this.#sink?.auction?.(record.symbol, record.step);
      else if (!started && this.#tape.started) this.#time.moveTo(this.#tape.moment.offsetMs);
      else {
        if (this.#tape.end) this.#finish();
        return false;
      }
    }
    return true;
  }

  #tick(symbol: SymbolCode, changes: QuoteChanges): void {
    if (changes.phase !== undefined) this.#phases.set(symbol, changes.phase);
    this.#sink?.tick(symbol, changes);
  }

  #finish(): void {
    const { end, ticks } = this.#tape;
    if (this.#finished || !end) return;
    this.#finished = true;
    // An empty recording would begin again for ever and push nothing.
    this.#loops = this.#options.atEnd === "loop" && ticks > 0;
    this.#report(end, ticks);
    if ((this.#options.atEnd ?? "close") === "close") this.#close();
  }

  #report(end: NonNullable<ReplayTape["end"]>, ticks: number): void {
    if (this.#endReported) return;
    this.#endReported = true;
    const { onEnd, recording } = this.#options;
    const message = end.kind === "cut" ? end.message : `${recording.name} was replayed to its end: ${ticks} ticks.`;
    onEnd?.({ complete: end.kind === "end", message });
  }

  #close(): void {
    for (const [symbol, phase] of this.#phases) if (phase !== "closed") this.#tick(symbol, { phase: "closed" });
  }

  #again(): void {
    if (!this.#loops) return;
    if (!this.#tape.rewind()) {
      this.#loops = false;
      return this.#close();
    }
    this.#finished = false;
    this.#schedule(this.#push(TICKS_PER_TURN));
  }
}
