import type { Candle } from "../lib/shared";

const NO_CANDLES: readonly Candle[] = [];

/** A message of finished candles, as far as it matters here. */
export interface FinishedCandles {
  readonly tradingDate: number;
  /** True where they replace what is held; otherwise they follow it. */
  readonly reset: boolean;
  readonly candles: readonly Candle[];
}

/**
 * The minutes of one symbol's trading day: finished candles, which never change and have no gap, and after them the open
 * one, which changes with every trade.
 *
 * Finished candles and quotes travel in different messages. So a minute may be over, by what the quote says, before its
 * finished form is here; until then its last open form stands in for it, and the chart shows no hole.
 */
export class CandleSeries {
  private date: number | undefined;
  private finished: readonly Candle[] = NO_CANDLES;
  private open: readonly Candle[] = NO_CANDLES;
  private joined: readonly Candle[] | undefined;

  /** The day that the candles belong to, yyyymmdd; `undefined` before the first. */
  get tradingDate(): number | undefined {
    return this.date;
  }

  /**
   * The day, and the slot of the finished candle that should come next; `undefined` where nothing is known of a day. A day
   * that begins later than its first slot came whole by a `reset`: its first trade came late.
   */
  position(): { tradingDate: number; nextSlot: number } | undefined {
    const { date, finished } = this;
    const last = finished[finished.length - 1];
    return date === undefined ? undefined : { tradingDate: date, nextSlot: last ? last.slot + 1 : 0 };
  }

  /** Finished candles, then the open one, in order of `slot`. The same array until something changes. */
  all(): readonly Candle[] {
    if (this.joined === undefined) this.joined = [...this.finished, ...this.open];
    return this.joined;
  }

  /** The candle that was open when last heard of; `undefined` where it is finished, or there was none. */
  openCandle(): Candle | undefined {
    return this.open[this.open.length - 1];
  }

  /** The day as the quote tells it: a new one begins empty. Returns whether anything changed. */
  startDay(tradingDate: number): boolean {
    if (this.date !== undefined && tradingDate <= this.date) return false;
    const hadCandles = this.all().length > 0;
    this.replace(tradingDate, NO_CANDLES, NO_CANDLES);
    return hadCandles;
  }

  /** The open candle that came with a quote of the day `tradingDate`. Returns whether anything changed. */
  setOpen(tradingDate: number, candle: Candle): boolean {
    this.startDay(tradingDate);
    const last = this.finished[this.finished.length - 1];
    if (tradingDate !== this.date || (last && candle.slot <= last.slot)) return false;
    this.replace(tradingDate, this.finished, [...this.open.filter((other) => other.slot < candle.slot), candle]);
    return true;
  }

  /**
   * Finished candles from the server. `"gap"` says that some before them are missing here, and that nothing was changed:
   * ask for a snapshot. What is already held, or belongs to a day gone by, is left out.
   */
  append(message: FinishedCandles): "changed" | "unchanged" | "gap" {
    const { tradingDate, reset, candles } = message;
    if (!reset && this.date !== undefined && tradingDate < this.date) return "unchanged";
    const held = reset || tradingDate !== this.date ? NO_CANDLES : this.finished;
    const next = joinContiguous(held, candles);
    if (next === undefined) return "gap";
    // A later message without `reset` continues a day; a day of which nothing is held can only be continued from its start.
    if (!reset && held.length === 0 && next.length > 0 && next[0]?.slot !== 0) return "gap";
    if (!reset && next.length === held.length) return "unchanged";
    const last = next[next.length - 1];
    const open = tradingDate === this.date ? this.open : NO_CANDLES;
    this.replace(tradingDate, next, open.filter((candle) => !last || candle.slot > last.slot));
    return "changed";
  }

  /** Forgets the day and all its candles. Returns whether there were any. */
  clear(): boolean {
    const hadCandles = this.all().length > 0;
    this.replace(undefined, NO_CANDLES, NO_CANDLES);
    return hadCandles;
  }

  private replace(date: number | undefined, finished: readonly Candle[], open: readonly Candle[]): void {
    this.date = date;
    this.finished = finished;
    this.open = open;
    this.joined = undefined;
  }
}

/** `held` followed by those of `more` that come after it, or `undefined` where a slot is missing in between. */
function joinContiguous(held: readonly Candle[], more: readonly Candle[]): readonly Candle[] | undefined {
  const joined = [...held];
  for (const candle of more) {
    const last = joined[joined.length - 1];
    if (last && candle.slot <= last.slot) continue;
    if (last && candle.slot !== last.slot + 1) return undefined;
    joined.push(candle);
  }
  return joined;
}
