import type { Trade, TradeRun } from "../lib/shared";
import type { KnownTrades, TradeGap } from "./quote_client";

/** Trades of one symbol that are held; older ones are let go. */
export const TRADES_HELD_MAX = 300;

/** What is known of a symbol of which no trade was ever heard. */
export const NO_TRADES: KnownTrades = { tradingDate: undefined, trades: [], gaps: [] };

/** A run of trades, as far as it matters here. */
export type TradesRun = Pick<TradeRun, "tradingDate" | "reset" | "missed" | "trades">;

/**
 * The newest trades of one symbol's day. Their numbers follow each other without a hole, except where the server itself said
 * that some cannot be had any more: such a gap is kept with the list, and goes when the trades before it do.
 */
export class TradeSeries {
  private known: KnownTrades = NO_TRADES;
  private next = 1;

  /** The same object until something changes. */
  all(): KnownTrades {
    return this.known;
  }

  /** The day, and the number of the trade that should come next; `undefined` where nothing is known of a day. */
  position(): { tradingDate: number; nextNo: number } | undefined {
    const { tradingDate } = this.known;
    return tradingDate === undefined ? undefined : { tradingDate, nextNo: this.next };
  }

  /** The day as the quote tells it: a new one begins empty. Returns whether anything changed. */
  startDay(tradingDate: number): boolean {
    const { tradingDate: held, trades } = this.known;
    if (held === undefined || tradingDate <= held) return false;
    this.replace({ tradingDate, trades: [], gaps: [] }, 1);
    return trades.length > 0;
  }

  /**
   * Trades from the server. `"gap"` says that some are missing of which the server said nothing, and that nothing was changed:
   * ask for a snapshot. What is already held, or belongs to a day gone by, is left out.
   */
  append(run: TradesRun): "changed" | "unchanged" | "gap" {
    const { tradingDate, reset, missed, trades } = run;
    const held = this.known;
    if (!areContiguous(trades)) return "gap";
    if (!reset && held.tradingDate !== undefined && tradingDate < held.tradingDate) return "unchanged";
    const continues = !reset && tradingDate === held.tradingDate;
    const next = continues ? this.next : reset ? trades[0]?.no ?? 1 : 1;
    const first = trades[0]?.no ?? next + (reset ? 0 : missed);
    // The run builds on `first - missed`. That may be before what is held, but not behind it.
    if (!reset && first - missed > next) return "gap";
    const fresh = trades.filter(({ no }) => no >= next);
    if (continues && fresh.length === 0 && first <= next) return "unchanged";
    const gaps: TradeGap[] = continues ? [...held.gaps] : [];
    if (first > next) gaps.push({ beforeNo: first, missed: first - next });
    const all = (continues ? [...held.trades, ...fresh] : fresh).slice(-TRADES_HELD_MAX);
    const oldest = all[0]?.no ?? first;
    this.replace(
      { tradingDate, trades: all, gaps: gaps.filter(({ beforeNo }) => beforeNo >= oldest) },
      first + trades.length,
    );
    return "changed";
  }

  /** Forgets the day and all its trades. Returns whether there were any. */
  clear(): boolean {
    const hadTrades = this.known.trades.length > 0;
    this.replace(NO_TRADES, 1);
    return hadTrades;
  }

  private replace(known: KnownTrades, next: number): void {
    this.known = known;
    this.next = next;
  }
}

function areContiguous(trades: readonly Trade[]): boolean {
  return trades.every(({ no }, i) => i === 0 || no === (trades[i - 1]?.no ?? 0) + 1);
}
