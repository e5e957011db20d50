import type { CandlePosition } from "../market/candle_series.ts";
import type { StateVersion } from "../market/state_version.ts";
import type { TradePosition } from "../market/trade_series.ts";
import { FOLLOWS, type View, type ViewItem } from "./view.ts";

/**
 * What a client has of one quote: a version, or no more than the number of one, which it brought along from an earlier
 * connection. Undefined, it has nothing, and a snapshot is owed.
 */
export type Known = StateVersion | number | undefined;

/** Kinds of frames. */
export type FrameKind = "snapshot" | "update" | "candles" | "trades";

const NONE: readonly undefined[] = [];

/**
 * What a client has of everything in its view: of the items with the same places. It never changes: a frame leads from one to
 * the next. Clients that have the same hold the same object, and so it is known without a comparison that one frame serves all.
 */
export class Position {
  /**
   * @param timeMs `serverTimeMs` of the last frame, or of `welcome` before the first.
   * @param candles Where the client stands with the candles of each item; an empty array for views without events.
   * @param trades The same for trades.
   * @param lastKind Kind of the last frame: kinds take turns.
   * @param updateMs `serverTimeMs` of the last frame of quotes, which alone decides when the slow things are due again.
   */
  constructor(
    readonly view: View,
    readonly timeMs: number,
    readonly known: readonly Known[],
    readonly candles: readonly (CandlePosition | undefined)[] = NONE,
    readonly trades: readonly (TradePosition | undefined)[] = NONE,
    readonly lastKind: FrameKind = "snapshot",
    readonly updateMs = timeMs,
  ) {}
}

/** Whether something of the quote, or of the book where that is followed, is newer than what the client has. */
export function owesUpdate({ state, follows }: ViewItem, known: Exclude<Known, undefined>): boolean {
  const followsBook = (follows & FOLLOWS.depth) !== 0;
  // Of an earlier connection the number says only which quote it had: a book, or a minute, may not have been followed then.
  if (typeof known === "number") {
    return state.seq > known || followsBook && state.version?.book !== undefined || owesMinute({ state, follows });
  }
  return state.seq > known.seq || followsBook && state.version?.book !== known.book;
}

/** Whether there is an open minute for whom it is new. */
function owesMinute({ state, follows }: Pick<ViewItem, "state" | "follows">): boolean {
  return (follows & FOLLOWS.candle) !== 0 && state.candles.open !== undefined;
}

export function owesCandles({ state, follows }: ViewItem, known: CandlePosition | undefined): boolean {
  if (!(follows & FOLLOWS.candle) || state.seq === 0) return false;
  if (!known) return true;
  const { tradingDate, nextSlot } = state.candles.position;
  return known.tradingDate !== tradingDate || known.nextSlot < nextSlot;
}

export function owesTrades({ state, follows }: ViewItem, known: TradePosition | undefined): boolean {
  if (!(follows & FOLLOWS.trades) || state.isIndex || state.seq === 0) return false;
  if (!known) return true;
  const { tradingDate, nextNo } = state.trades.position;
  return known.tradingDate !== tradingDate || known.nextNo < nextNo;
}
