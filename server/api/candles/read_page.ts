import { type HistoryCandle, SLOTS_PER_DAY } from "../../../shared/mod.ts";
import type { CandlePlace } from "../../store/candle_store.ts";
import type { ApiSources } from "../sources.ts";
import { aggregate, isFinished, type Present } from "./aggregate.ts";
import type { Bounds } from "./cursor.ts";
import { currentDate } from "./ex_days.ts";
import { type PartRequest, readParts } from "./parts.ts";
import { partsMax, spanOf } from "./period.ts";

/** Which candles a page is made of, but for its place. */
export type PageScope = Pick<PartRequest, "symbol" | "period" | "limit" | "exDays">;

export interface Page {
  /** Finished, oldest first. */
  readonly candles: HistoryCandle[];
  readonly open: HistoryCandle | null;
  readonly hasEarlier: boolean;
  /** Whether finished candles follow; where they do, the page never changes. */
  readonly hasLater: boolean;
}

export function readPage(scope: PageScope, { before, after }: Bounds, sources: ApiSources): Page {
  return after ? pageAfter(scope, after, sources) : pageBefore(scope, before, sources);
}

/** The latest candles before a place, or of all. */
function pageBefore(scope: PageScope, before: CandlePlace | undefined, sources: ApiSources): Page {
  const { finished, open } = candlesWithin({ ...scope, before, from: "newest" }, sources);
  const hasLater = before !== undefined &&
    hasFinished({ ...scope, after: placeBefore(before), from: "oldest" }, sources);
  // A minute can be missing after a crash; what has others behind it is finished without it.
  const candles = hasLater && open ? [...finished, open] : finished;
  return {
    candles: candles.slice(-scope.limit),
    open: hasLater ? null : open,
    hasEarlier: candles.length > scope.limit,
    hasLater,
  };
}

function pageAfter(scope: PageScope, after: CandlePlace, sources: ApiSources): Page {
  const { finished, open } = candlesWithin({ ...scope, after, from: "oldest" }, sources);
  const candles = finished.slice(0, scope.limit);
  const hasLater = finished.length > scope.limit;
  const [first] = candles;
  const before = first && spanOf(scope.period, placeOf(first))[0];
  const hasEarlier = before !== undefined && hasFinished({ ...scope, before, from: "newest" }, sources);
  return { candles, open: hasLater ? null : open, hasEarlier, hasLater };
}

function hasFinished(request: PartRequest, sources: ApiSources): boolean {
  return candlesWithin({ ...request, limit: 1 }, sources).finished.length > 0;
}

/** Candles within bounds, at least one more than `limit` where there are as many, and all of them whole. */
function candlesWithin(request: PartRequest, sources: ApiSources) {
  const { symbol, period, limit, from } = request;
  // The outermost candle may lack parts that were not read, and one may be unfinished: hence two more than asked for.
  const parts = readParts({ ...request, limit: (limit + 2) * partsMax(period) }, sources);
  const present = presentOf(symbol, sources);
  const all = aggregate(period, parts);
  const last = all.at(-1);
  const isLastFinished = !last || from === "oldest" && all.length > limit + 1 || isFinished(period, last, present);
  const finished = (isLastFinished ? all : all.slice(0, -1)).map(({ candle }) => candle);
  return { finished, open: isLastFinished ? null : last.candle };
}

function presentOf(symbol: string, sources: ApiSources): Present {
  const tradingDate = currentDate(symbol, sources);
  const quote = sources.stateOf(symbol)?.quote;
  return {
    tradingDate,
    isClosed: quote === undefined || quote.phase === "closed" || quote.tradingDate < tradingDate,
    nextTradingDate: tradingDate === 0 ? 0 : sources.calendar.nextTradingDay(tradingDate),
  };
}

/** A place in front of one and behind all others before it; it need not exist. */
function placeBefore({ tradingDate, slot }: CandlePlace): CandlePlace {
  return slot > 0 ? { tradingDate, slot: slot - 1 } : { tradingDate: tradingDate - 1, slot: SLOTS_PER_DAY - 1 };
}

export function placeOf({ tradingDate, slot = 0 }: HistoryCandle): CandlePlace {
  return { tradingDate, slot };
}
