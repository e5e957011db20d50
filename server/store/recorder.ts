/** Carries finished candles from the quote board into the store, a minute of all instruments at a time. */
import { assert } from "@std/assert";
import type { Candle, Instrument, Quote } from "../../shared/mod.ts";
import type { Batch, CandleStore, DailyCandle, DailyRun, MinuteRun } from "./candle_store.ts";
import { StoreError } from "./store_error.ts";

/** What the recorder reads of an instrument's state. */
export interface RecordedState {
  readonly quote: Readonly<Quote> | undefined;
  readonly candles: {
    readonly tradingDate: number;
    readonly finished: readonly Readonly<Candle>[];
    since(slot: number): readonly Readonly<Candle>[];
  };
}

export interface RecorderOptions {
  readonly store: CandleStore;
  readonly instruments: readonly Instrument[];
  readonly stateOf: (symbol: string) => RecordedState | undefined;
  /** Hears of a write that failed; it is tried again at the next call, together with what has come by then. */
  readonly onFault: (error: StoreError) => void;
  /** Trading days of which minutes are kept, the day being traded among them. @default 20 */
  readonly minuteDaysMax?: number;
  /** Candles that wait for a disk with room; beyond them the oldest are given up. @default 500000, about five days */
  readonly pendingCandlesMax?: number;
}

const MINUTE_DAYS_MAX = 20;
const PENDING_CANDLES_MAX = 500_000;

/** Where one instrument stands. */
interface Progress {
  tradingDate: number;
  nextSlot: number;
}

export class Recorder {
  readonly #options: Required<RecorderOptions>;
  readonly #progress = new Map<string, Progress>();
  #pending: Batch[] = [];
  #lostCandles = 0;

  constructor(options: RecorderOptions) {
    this.#options = { minuteDaysMax: MINUTE_DAYS_MAX, pendingCandlesMax: PENDING_CANDLES_MAX, ...options };
  }

  /** Candles given up because the disk had no room for too long. */
  get lostCandles(): number {
    return this.#lostCandles;
  }

  /** Candles that wait to be written. */
  get pendingCandles(): number {
    return this.#pending.reduce((sum, batch) => sum + sizeOf(batch), 0);
  }

  /**
   * Writes what has been finished since the last call, in one transaction. To be called once a minute of the exchange.
   *
   * @param state Words of the market to keep with it, such as where it stands.
   * @returns Whether everything is written now; where not, `onFault` has heard why.
   */
  writeMinutes(state: Readonly<Record<string, unknown>> = {}): boolean {
    return this.#write({ minutes: this.#newMinutes(), state });
  }

  /**
   * Writes the rest of a day, its daily candles and the market's words about itself, in one transaction; then forgets
   * minutes that are too old. To be called after the close and before the next day begins.
   *
   * @param tradingDate The day that closed, yyyymmdd.
   * @throws AssertionError where the day of an instrument is not over.
   */
  closeDay(tradingDate: number, state: Readonly<Record<string, unknown>> = {}): boolean {
    const daily = this.#dailyOf(tradingDate);
    const isWritten = this.#write({ minutes: this.#newMinutes(), daily, state });
    if (isWritten) this.#guarded(() => this.#dropOldMinutes());
    return isWritten;
  }

  #newMinutes(): MinuteRun[] {
    const runs: MinuteRun[] = [];
    for (const { symbol } of this.#options.instruments) {
      const candles = this.#options.stateOf(symbol)?.candles;
      if (!candles || candles.tradingDate === 0) continue;
      let progress = this.#progress.get(symbol);
      if (!progress || progress.tradingDate !== candles.tradingDate) {
        this.#progress.set(symbol, progress = { tradingDate: candles.tradingDate, nextSlot: 0 });
      }
      const fresh = candles.since(progress.nextSlot);
      const last = fresh.at(-1);
      if (!last) continue;
      progress.nextSlot = last.slot + 1;
      runs.push({ symbol, tradingDate: candles.tradingDate, candles: [...fresh] });
    }
    return runs;
  }

  /** A day without a trade, such as one of a suspension, has no candle. */
  #dailyOf(tradingDate: number): DailyRun[] {
    const runs: DailyRun[] = [];
    for (const { symbol } of this.#options.instruments) {
      const quote = this.#options.stateOf(symbol)?.quote;
      if (!quote || quote.tradingDate !== tradingDate || quote.open === 0) continue;
      const { phase, open, high, low, lastPrice, volume, turnover } = quote;
      // A candle once written never changes: one of a day that still trades would be wrong for ever.
      assert(phase === "closed" || phase === "suspended", `The day ${tradingDate} of ${symbol} is not over: ${phase}`);
      const candle: DailyCandle = { tradingDate, open, high, low, close: lastPrice, volume, turnover };
      runs.push({ symbol, candles: [candle] });
    }
    return runs;
  }

  #write(batch: Batch): boolean {
    this.#pending.push(batch);
    const isWritten = this.#guarded(() => this.#options.store.write(merged(this.#pending)));
    if (isWritten) this.#pending = [];
    else this.#boundPending();
    return isWritten;
  }

  #guarded(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#options.onFault(error);
      return false;
    }
  }

  #boundPending(): void {
    let size = this.pendingCandles;
    while (size > this.#options.pendingCandlesMax && this.#pending.length > 1) {
      const lost = this.#pending.shift();
      const count = lost ? sizeOf(lost) : 0;
      size -= count;
      this.#lostCandles += count;
    }
  }

  #dropOldMinutes(): void {
    const dates = this.#options.store.minuteDates();
    const oldest = dates.at(-this.#options.minuteDaysMax);
    if (oldest !== undefined && oldest !== dates[0]) this.#options.store.dropMinutesBefore(oldest);
  }
}

function sizeOf({ minutes = [], daily = [] }: Batch): number {
  return daily.length + minutes.reduce((sum, { candles }) => sum + candles.length, 0);
}

function merged(batches: readonly Batch[]): Batch {
  return {
    minutes: batches.flatMap(({ minutes = [] }) => minutes),
    daily: batches.flatMap(({ daily = [] }) => daily),
    state: Object.assign({}, ...batches.map(({ state }) => state)) as Record<string, unknown>,
  };
}
