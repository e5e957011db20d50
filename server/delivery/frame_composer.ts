/**
 * Makes the frame that leads on from a position. State is merged by not being written until it is asked for: whoever asks late
 * gets one newer frame, not several old ones.
 */
import type { CandleRun, TradeRun } from "../../shared/mod.ts";
import type { CandlePosition } from "../market/candle_series.ts";
import type { TradePosition } from "../market/trade_series.ts";
import type { DeliveryStats } from "./delivery_stats.ts";
import type { FlushRound } from "./flush_round.ts";
import { otherFrame, snapshotFrame, updateFrame } from "./frame_forms.ts";
import { type FrameKind, type Known, owesCandles, owesTrades, owesUpdate, Position } from "./position.ts";
import type { Step } from "./step.ts";
import { snapshotBody } from "./snapshot_parts.ts";
import { mergedSince, updateBody } from "./update_parts.ts";
import type { View, ViewItem } from "./view.ts";

/** Snapshots in one frame at the most: about 16 KiB of JSON, so that one frame never fills the window by itself. */
const SNAPSHOTS_PER_FRAME = 40;

/** Events after which a frame takes no further run: a whole day of one symbol's candles, about 24 KiB of JSON, fits into one. */
const EVENTS_PER_FRAME = 150;

/** Trades that a client gets at first, when it has none. */
export const FIRST_TRADES = 50;

/** What leads on from `position` now; undefined when nothing is owed. Asked again in the same round, it gives the same step. */
export function nextStep(position: Position, round: FlushRound, stats: DeliveryStats): Step | undefined {
  const made = round.steps.get(position);
  if (made) stats.framesShared++;
  if (made !== undefined) return made ?? undefined;
  const step = compose(position, round);
  if (step) stats.framesComposed++;
  round.steps.set(position, step ?? null);
  return step;
}

/** Places of what is owed, by kind. */
interface Owed {
  readonly snapshot: number[];
  readonly update: number[];
  readonly candles: number[];
  readonly trades: number[];
}

/** After a frame of one kind the others have their turn first, so that a day's candles of many symbols do not hold prices up. */
const TURNS: Record<FrameKind, readonly FrameKind[]> = {
  snapshot: ["snapshot", "update", "candles", "trades"],
  update: ["snapshot", "candles", "trades", "update"],
  candles: ["snapshot", "trades", "update", "candles"],
  trades: ["snapshot", "update", "candles", "trades"],
};

function compose(position: Position, round: FlushRound): Step | undefined {
  const owed = owedOf(position, round.nowMs);
  const kind = TURNS[position.lastKind].find((one) => owed[one].length > 0);
  switch (kind) {
    case "snapshot":
      return snapshots(position, owed.snapshot, round);
    case "update":
      return updates(position, owed, round);
    case "candles":
      return candles(position, owed.candles, round);
    case "trades":
      return trades(position, owed.trades, round);
  }
}

const NOTHING: number[] = [];

function owedOf(position: Position, nowMs: number): Owed {
  const { view, known } = position;
  const { hasEvents } = view;
  const owed: Owed = {
    snapshot: [],
    update: [],
    candles: hasEvents ? [] : NOTHING,
    trades: hasEvents ? [] : NOTHING,
  };
  const nearIsDue = !view.hasNear || isNearDue(position, nowMs);
  for (let place = 0; place < view.items.length; place++) {
    const item = view.items[place]!;
    const own = known[place];
    if (own === undefined) {
      if (item.state.seq > 0) owed.snapshot.push(place);
      continue;
    }
    // Events are rare, and come whole at any rate: only updates of what is off the screen wait.
    if ((!item.isNear || nearIsDue) && owesUpdate(item, own)) owed.update.push(place);
    if (!hasEvents) continue;
    if (owesCandles(item, position.candles[place])) owed.candles.push(place);
    if (owesTrades(item, position.trades[place])) owed.trades.push(place);
  }
  return owed;
}

/** Near symbols come with the first update of each of the view's own periods. */
function isNearDue({ view, updateMs }: Position, nowMs: number): boolean {
  return view.nearPeriodOf(nowMs) !== view.nearPeriodOf(updateMs);
}

/** Checksums come with the first update of each of the view's own seconds. */
function isCrcDue({ view, updateMs }: Position, nowMs: number): boolean {
  return view.secondOf(nowMs) !== view.secondOf(updateMs);
}

function updates(position: Position, owed: Owed, { nowMs, arrivals }: FlushRound): Step {
  const { view, known } = position;
  const withCrc = isCrcDue(position, nowMs);
  let merged = 0;
  const bodies = owed.update.map((place) => {
    const item = view.items[place]!;
    const own = known[place]!;
    merged += mergedSince(item, own);
    return { number: view.itemNumbers[place]!, body: updateBody(item, own, withCrc, view.form) };
  });
  const body = updateFrame(view, position.timeMs, nowMs, bodies);
  const isAll = owed.candles.length + owed.trades.length === 0 && (!view.hasNear || isNearDue(position, nowMs));
  const next = isAll ? arrival(view, nowMs, arrivals) : moved(position, "update", nowMs, owed.update);
  return { kind: "update", body, next, isLast: isAll, parts: bodies.length, merged };
}

/** Where a client stands to whom nothing is owed: the same place for all who arrive now. Symbols that never ticked stay unknown. */
function arrival(view: View, nowMs: number, arrivals: Map<View, Position>): Position {
  let position = arrivals.get(view);
  if (!position) {
    const { items, hasEvents } = view;
    const known = items.map(({ state }): Known => state.version);
    const candles = hasEvents ? items.map(({ state }) => state.candles.position) : undefined;
    const trades = hasEvents ? items.map(({ state }) => state.trades.position) : undefined;
    arrivals.set(view, position = new Position(view, nowMs, known, candles, trades, "update"));
  }
  return position;
}

/** The position after the quotes at `places` were brought up to date. */
function moved(position: Position, kind: FrameKind, nowMs: number, places: readonly number[]): Position {
  const { view, candles, trades } = position;
  const known = position.known.slice();
  for (const place of places) known[place] = view.items[place]!.state.version;
  return new Position(view, nowMs, known, candles, trades, kind, nowMs);
}

function snapshots(position: Position, owed: readonly number[], { nowMs }: FlushRound): Step {
  const { view, timeMs } = position;
  const places = owed.slice(0, SNAPSHOTS_PER_FRAME);
  const bodies = places.map((place) => ({
    number: view.itemNumbers[place]!,
    body: snapshotBody(view.items[place]!, view.form),
  }));
  const body = snapshotFrame(view, timeMs, nowMs, bodies, places.length === owed.length);
  return { kind: "snapshot", body, next: moved(position, "snapshot", nowMs, places), parts: places.length, merged: 0 };
}

function candles(position: Position, owed: readonly number[], { nowMs }: FlushRound): Step {
  const { view, timeMs, known, trades } = position;
  const next = position.candles.slice();
  const runs: CandleRun[] = [];
  let room = EVENTS_PER_FRAME;
  for (const place of owed) {
    if (room <= 0) break;
    const run = candleRun(view.items[place]!, next[place]);
    next[place] = view.items[place]!.state.candles.position;
    room -= run.candles.length;
    runs.push(run);
  }
  const body = otherFrame(view, timeMs, { type: "candles", serverTimeMs: nowMs, period: "1m", runs });
  const after = new Position(view, nowMs, known, next, trades, "candles", position.updateMs);
  return { kind: "candles", body, next: after, parts: runs.length, merged: 0 };
}

function candleRun({ state }: ViewItem, position: CandlePosition | undefined): CandleRun {
  const { tradingDate } = state.candles;
  const known = position?.tradingDate === tradingDate ? position.nextSlot : undefined;
  // A client told of an empty day cannot know that the first trade came minutes later: to it that is a hole, unless reset.
  const from = known !== undefined && known >= state.candles.firstSlot ? known : undefined;
  const run = [...state.candles.since(from ?? 0)];
  return { symbol: state.instrument.symbol, tradingDate, reset: from === undefined, candles: run };
}

function trades(position: Position, owed: readonly number[], { nowMs }: FlushRound): Step {
  const { view, timeMs, known, candles } = position;
  const next = position.trades.slice();
  const runs: TradeRun[] = [];
  let room = EVENTS_PER_FRAME;
  for (const place of owed) {
    if (room <= 0) break;
    const run = tradeRun(view.items[place]!, next[place]);
    next[place] = view.items[place]!.state.trades.position;
    room -= run.trades.length;
    runs.push(run);
  }
  const body = otherFrame(view, timeMs, { type: "trades", serverTimeMs: nowMs, runs });
  const after = new Position(view, nowMs, known, candles, next, "trades", position.updateMs);
  return { kind: "trades", body, next: after, parts: runs.length, merged: 0 };
}

function tradeRun({ state }: ViewItem, position: TradePosition | undefined): TradeRun {
  const { symbol } = state.instrument;
  const { tradingDate } = state.trades;
  if (position?.tradingDate !== tradingDate) {
    return { symbol, tradingDate, reset: true, missed: 0, trades: [...state.trades.newest(FIRST_TRADES)] };
  }
  const { missed, trades } = state.trades.since(position.nextNo);
  return { symbol, tradingDate, reset: false, missed, trades: [...trades] };
}
