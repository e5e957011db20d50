/**
 * The hours of a trading day, and what an exchange accepts in each of them.
 *
 * Times are milliseconds since midnight in Shanghai.
 */
import type { Phase } from "../../../shared/mod.ts";

const at = (hours: number, minutes: number): number => (hours * 60 + minutes) * 60_000;

export const OPENING_AUCTION_MS: number = at(9, 15);
/** From here to the match no order of the opening auction can be cancelled. */
export const NO_CANCEL_MS: number = at(9, 20);
/** The opening auction ends: its orders match. Until 09:30 nothing is accepted. */
export const OPENING_MATCH_MS: number = at(9, 25);
export const MORNING_MS: number = at(9, 30);
export const LUNCH_MS: number = at(11, 30);
export const AFTERNOON_MS: number = at(13, 0);
/** The closing auction begins; nothing in it can be cancelled. */
export const CLOSING_AUCTION_MS: number = at(14, 57);
/** The closing auction ends: its orders match, and the day is over. */
export const CLOSE_MS: number = at(15, 0);

/** One stretch of the day, from `startMs` until the next begins. */
export interface Stretch {
  readonly startMs: number;
  /** As a quote names it. The silence before 09:30 is `opening_auction` still: its result stands, nothing trades. */
  readonly phase: Phase;
  /** How orders meet: `collect` only rests them, `match` trades them at once, `none` accepts no order. */
  readonly orders: "none" | "collect" | "match";
  readonly mayCancel: boolean;
}

/** In the order of time, beginning at midnight. */
export const STRETCHES: readonly Stretch[] = [
  { startMs: 0, phase: "pre_open", orders: "none", mayCancel: false },
  { startMs: OPENING_AUCTION_MS, phase: "opening_auction", orders: "collect", mayCancel: true },
  { startMs: NO_CANCEL_MS, phase: "opening_auction", orders: "collect", mayCancel: false },
  { startMs: OPENING_MATCH_MS, phase: "opening_auction", orders: "none", mayCancel: false },
  { startMs: MORNING_MS, phase: "continuous", orders: "match", mayCancel: true },
  { startMs: LUNCH_MS, phase: "lunch", orders: "none", mayCancel: false },
  { startMs: AFTERNOON_MS, phase: "continuous", orders: "match", mayCancel: true },
  { startMs: CLOSING_AUCTION_MS, phase: "closing_auction", orders: "collect", mayCancel: false },
  { startMs: CLOSE_MS, phase: "closed", orders: "none", mayCancel: false },
];

/** Index in {@link STRETCHES} of the stretch that a time of day falls into. */
export function stretchAt(msOfDay: number): number {
  let index = 0;
  for (let i = 1; i < STRETCHES.length; i++) if (STRETCHES[i]!.startMs <= msOfDay) index = i;
  return index;
}
