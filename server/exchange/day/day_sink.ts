import type { Side } from "../book/order_rules.ts";
import type { SymbolDay } from "./symbol_day.ts";

/**
 * Hears what happens in a day, in the order of time. The day is handed over as it is at that moment; whoever wants to keep
 * something copies it.
 */
export interface DaySink {
  /** A match. Its totals are in the tape already. @param takerSide 0 for an auction, which is told as one trade. */
  trade(day: SymbolDay, price: number, size: number, takerSide: Side | 0): void;
  /** Something changed in the five best levels of the book. Trades have been told before. */
  quote(day: SymbolDay): void;
  /** The indicative price of a running auction, or what it leaves over, changed; or the opening auction has ended with it. */
  indicative(day: SymbolDay): void;
  /** A phase began; the first one of the day is told first of all. */
  phase(day: SymbolDay): void;
}
