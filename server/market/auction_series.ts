import { assert } from "@std/assert";
import { AUCTION_STEP_SECONDS, type AuctionStep, OPENING_AUCTION_SECONDS } from "../../shared/mod.ts";

/**
 * Where the opening auction of one instrument stood, step by step through its ten minutes; kept until the next day begins.
 *
 * A step that says what the one before said is left out, but for the last of all: a price stands until another is shown.
 */
export class AuctionSeries {
  #steps: AuctionStep[] = [];

  /** Oldest first, at most 201. */
  get steps(): readonly AuctionStep[] {
    return this.#steps;
  }

  /** Begins a new day; the auction of the day before is no longer kept here. */
  startDay(): void {
    this.#steps = [];
  }

  /** Takes a step. The later of two within {@link AUCTION_STEP_SECONDS} counts; one that comes too late is passed over. */
  add(step: AuctionStep): void {
    const { second } = step;
    assert(second >= 0 && second <= OPENING_AUCTION_SECONDS, `An opening auction has no second ${second}`);
    const steps = this.#steps;
    const last = steps.at(-1);
    if (last && second < last.second) return;
    if (last && placeOf(last) === placeOf(step)) steps.pop();
    if (second === OPENING_AUCTION_SECONDS || !saysTheSame(steps.at(-1), step)) steps.push(step);
  }
}

function placeOf({ second }: AuctionStep): number {
  return Math.floor(second / AUCTION_STEP_SECONDS);
}

function saysTheSame(one: AuctionStep | undefined, other: AuctionStep): boolean {
  return one?.price === other.price && one.matched === other.matched && one.unmatched === other.unmatched;
}
