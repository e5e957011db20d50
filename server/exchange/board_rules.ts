/** What each board of the A-share market allows, as dated data: rules change, and a replayed day keeps its own. */
import { type Price, price, PRICE_MAX } from "../../shared/mod.ts";

/** `main` is the main board of Shanghai and Shenzhen, `chinext` 创业板, `star` 科创板, `bse` Beijing. */
export type Board = "main" | "chinext" | "star" | "bse";

export interface BoardRule {
  readonly board: Board;
  /** First day in force, yyyymmdd. */
  readonly from: number;
  /** How far a price may move from prevClose in a day, in per cent. */
  readonly limitPercent: number;
  /** Smallest purchase in shares. The simulator trades whole multiples of it. */
  readonly lot: number;
  /** The price step, in units of 0.01 CNY. */
  readonly tickSize: number;
}

/** Oldest first within a board. New listings and ST shares, which follow other limits, are not simulated. */
export const BOARD_RULES: readonly BoardRule[] = [
  { board: "main", from: 19961216, limitPercent: 10, lot: 100, tickSize: 1 },
  { board: "chinext", from: 20091030, limitPercent: 10, lot: 100, tickSize: 1 },
  { board: "chinext", from: 20200824, limitPercent: 20, lot: 100, tickSize: 1 },
  { board: "star", from: 20190722, limitPercent: 20, lot: 200, tickSize: 1 },
  { board: "bse", from: 20211115, limitPercent: 30, lot: 100, tickSize: 1 },
];

/**
 * The rule of `board` in force on `tradingDate` (yyyymmdd).
 *
 * @throws RangeError when the board had not opened by then.
 */
export function boardRule(board: Board, tradingDate: number): BoardRule {
  const rule = BOARD_RULES.findLast((candidate) => candidate.board === board && candidate.from <= tradingDate);
  if (!rule) throw new RangeError(`No rule for the board "${board}" on ${tradingDate}: it had not opened by then`);
  return rule;
}

export interface DailyLimits {
  readonly limitUp: Price;
  readonly limitDown: Price;
}

/**
 * The highest and the lowest price of a day: prevClose × (1 ± limit), rounded half up to the price step, but at least one
 * step away from prevClose, and never below one step.
 */
export function dailyLimits(prevClose: Price, rule: BoardRule): DailyLimits {
  const { limitPercent, tickSize } = rule;
  // The product is an integer, so a half is exact and the rounding is the exchange's.
  const rounded = (percent: number) => Math.round((prevClose * percent) / (100 * tickSize)) * tickSize;
  const up = Math.max(rounded(100 + limitPercent), prevClose + tickSize);
  const down = Math.min(rounded(100 - limitPercent), prevClose - tickSize);
  return { limitUp: price(Math.min(up, PRICE_MAX)), limitDown: price(Math.max(down, tickSize)) };
}
