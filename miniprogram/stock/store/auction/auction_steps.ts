import { AUCTION_STEP_SECONDS, type AuctionStep, OPENING_AUCTION_SECONDS } from "../../../lib/shared";
import type { AuctionPoint } from "../../chart/minute/price_range";

/** A step as a book tells it, which does not say what is left over. */
export type KnownStep = Pick<AuctionStep, "second" | "price" | "matched">;

/** Where an auction stands before a bid has reached an ask. */
const NO_STEP = { price: 0, matched: 0 };

/**
 * The steps that were asked for and those that came live, in their order. Of two within the same three seconds the live
 * one counts: the answer may have left before it.
 */
export function joinSteps(past: readonly KnownStep[], live: readonly KnownStep[]): readonly KnownStep[] {
  if (live.length === 0) return past;
  const joined = new Map<number, KnownStep>();
  for (const steps of [past, live]) for (const step of steps) joined.set(placeOf(step), step);
  return Array.from(joined.values()).sort((one, other) => one.second - other.second);
}

/** These steps with another one behind them, or in place of the last; the same where it says nothing new. */
export function withStep(steps: readonly KnownStep[], step: KnownStep): readonly KnownStep[] {
  const last = steps[steps.length - 1];
  const isLast = step.second === OPENING_AUCTION_SECONDS && last?.second !== step.second;
  const { price, matched } = last ?? NO_STEP;
  if (price === step.price && matched === step.matched && !isLast) return steps;
  return joinSteps(steps, [step]);
}

/** What a line goes through: a price stands until another is shown, so a pause between two steps is level, not a slope. */
export function auctionPoints(steps: readonly KnownStep[]): AuctionPoint[] {
  const points: AuctionPoint[] = [];
  for (const { second, price, matched } of steps) {
    const last = points[points.length - 1];
    const heldUntil = second - AUCTION_STEP_SECONDS;
    if (last && last.second < heldUntil) points.push({ ...last, second: heldUntil });
    points.push({ second, price, matched });
  }
  return points;
}

function placeOf({ second }: KnownStep): number {
  return Math.floor(second / AUCTION_STEP_SECONDS);
}
