/** Where a replay stands in its recording: it gives out what is due, and knows what the feed's clock said then. */
import { canShift, daysBetweenRuns, shifted } from "./date_shift.ts";
import type { CutRecord, Recording } from "./recording.ts";
import type { AuctionRecord, ClockRecord, EndRecord, Recorded, TickRecord } from "./records.ts";

export class ReplayTape {
  readonly #recording: Recording;
  #records: Generator<Recorded | CutRecord, void>;
  /** Read, and not yet due. */
  #ahead: Recorded | CutRecord | undefined;
  #moment: ClockRecord;
  #started = false;
  #ticks = 0;
  #shiftDays = 0;
  #firstDate: number;
  #lastDate: number;

  constructor(recording: Recording) {
    const { tradingDate, exchangeTimeMs } = recording.header.clock;
    this.#recording = recording;
    this.#records = recording.records();
    this.#moment = { kind: "clock", offsetMs: 0, tradingDate, exchangeTimeMs };
    this.#firstDate = this.#lastDate = tradingDate;
  }

  /** The moment that the last tick belongs to; before the first, what the header says. */
  get moment(): ClockRecord {
    return this.#moment;
  }

  /** The moment that comes next, where it was looked at already. */
  get nextMoment(): ClockRecord | undefined {
    return this.#ahead?.kind === "clock" ? this.#ahead : undefined;
  }

  /** True once all that had happened before the recorded feed's start returned was given out. */
  get started(): boolean {
    return this.#started;
  }

  /** How the recording ends, once everything was given out. */
  get end(): EndRecord | CutRecord | undefined {
    const ahead = this.#ahead;
    return ahead?.kind === "end" || ahead?.kind === "cut" ? ahead : undefined;
  }

  /** Ticks given out in this run. */
  get ticks(): number {
    return this.#ticks;
  }

  /**
   * The next tick or step of an auction that happened up to and including `positionMs` of the recording. `undefined` when there is none,
   * and once where {@link started} becomes true.
   */
  next(positionMs: number): TickRecord | AuctionRecord | undefined {
    for (;;) {
      const record = this.#peek();
      if (!record || record.kind === "end" || record.kind === "cut") return undefined;
      if (record.kind === "clock" && record.offsetMs > positionMs) return undefined;
      this.#ahead = undefined;
      if (record.kind === "clock") this.#moment = record;
      else if (record.kind === "auction") return record;
      else if (record.kind === "tick") {
        this.#ticks++;
        return record;
      } else {
        this.#started = true;
        return undefined;
      }
    }
  }

  /**
   * Back to the beginning, with every date after the last one given out.
   *
   * @returns False where that would leave the years that a quote can carry; then nothing has changed.
   */
  rewind(): boolean {
    const shiftDays = this.#shiftDays + daysBetweenRuns(this.#firstDate, this.#lastDate);
    if (!canShift(this.#lastDate, shiftDays)) return false;
    const { tradingDate, exchangeTimeMs } = this.#recording.header.clock;
    this.#shiftDays = shiftDays;
    this.#records = this.#recording.records();
    this.#ahead = undefined;
    this.#moment = shifted({ kind: "clock", offsetMs: 0, tradingDate, exchangeTimeMs }, shiftDays);
    this.#started = false;
    this.#ticks = 0;
    return true;
  }

  #peek(): Recorded | CutRecord | undefined {
    if (this.#ahead) return this.#ahead;
    const { value } = this.#records.next();
    if (!value) return undefined;
    if (value.kind !== "clock" && value.kind !== "tick") return this.#ahead = value;
    const tradingDate = value.kind === "clock" ? value.tradingDate : value.changes.tradingDate;
    if (tradingDate !== undefined) {
      this.#firstDate = Math.min(this.#firstDate, tradingDate);
      this.#lastDate = Math.max(this.#lastDate, tradingDate);
    }
    return this.#ahead = shifted(value, this.#shiftDays);
  }
}
