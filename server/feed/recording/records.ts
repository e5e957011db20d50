/** What a recording is a sequence of. In the file each begins with its tag; a tick's tag is also the instrument's number. */
import type { AuctionStep, Price, SymbolCode } from "../../../shared/mod.ts";
import type { QuoteChanges } from "../feed.ts";

/** Where the feed's clock stands. What follows, up to the next one, happened at this moment. */
export interface ClockRecord {
  readonly kind: "clock";
  /** Milliseconds of the server's clock since the recording began; it never falls. */
  readonly offsetMs: number;
  readonly tradingDate: number;
  readonly exchangeTimeMs: number;
}

export interface TickRecord {
  readonly kind: "tick";
  readonly symbol: SymbolCode;
  readonly changes: QuoteChanges;
}

/** Where an opening auction stood. */
export interface AuctionRecord {
  readonly kind: "auction";
  readonly symbol: SymbolCode;
  readonly step: AuctionStep;
}

/** The feed's start has returned: all before it is what had happened of the day. */
export interface StartedRecord {
  readonly kind: "started";
}

/** The recording was ended in good order. */
export interface EndRecord {
  readonly kind: "end";
  readonly ticks: number;
}

export type Recorded = ClockRecord | TickRecord | AuctionRecord | StartedRecord | EndRecord;

/** From which the first step of an instrument's auction differs; every other one differs from the one before. */
export const NO_STEP = { second: 0, price: 0 as Price, matched: 0, unmatched: 0 } satisfies AuctionStep;

export const TAG_CLOCK = 0;
export const TAG_STARTED = 1;
export const TAG_END = 2;
export const TAG_AUCTION = 3;
/** The tag of a tick of the first instrument; the others follow in the order of the header. The tags between are kept free. */
export const TAG_FIRST_TICK = 8;
