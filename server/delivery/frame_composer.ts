import type { CandleRun, QuoteSnapshot } from "../../shared/mod.ts";
import type { Subscription } from "./subscription.ts";

/** Snapshots in one frame at the most: about 16 KiB, so that one frame never fills the window by itself. */
const SNAPSHOTS_PER_FRAME = 40;

/** Candles after which a frame takes no further run: a whole day of one symbol, about 24 KiB, fits into one. */
const CANDLES_PER_FRAME = 150;

/**
 * Makes the next frame that a client is owed, and notes in its subscriptions what the frame brings them to.
 *
 * Snapshots come first. Then finished candles and what changed take turns: a day's
 * candles of many symbols are many frames, and must not hold the prices up. State is merged by not being written until there is
 * room: whoever asks late gets one newer frame, not several old ones.
 *
 * @returns The frame's JSON text, or `undefined` when nothing is owed.
 */
export function composeFrame(
  subscriptions: Iterable<Subscription>,
  frame: number,
  serverTimeMs: number,
): string | undefined {
  const snapshots: Subscription[] = [];
  const updates: Subscription[] = [];
  const candles: Subscription[] = [];
  for (const subscription of subscriptions) {
    if (subscription.owesSnapshot) snapshots.push(subscription);
    else {
      if (subscription.owesCandles) candles.push(subscription);
      if (subscription.owesUpdate) updates.push(subscription);
    }
  }
  if (snapshots.length > 0) return snapshotFrame(snapshots, frame, serverTimeMs);
  const updatesTurn = frame % 2 === 0;
  if (candles.length > 0 && !(updatesTurn && updates.length > 0)) return candlesFrame(candles, frame, serverTimeMs);
  return updates.length > 0 ? updateFrame(updates, frame, serverTimeMs) : undefined;
}

function snapshotFrame(owed: readonly Subscription[], frame: number, serverTimeMs: number): string {
  const quotes: QuoteSnapshot[] = [];
  for (const subscription of owed.slice(0, SNAPSHOTS_PER_FRAME)) {
    const snapshot = subscription.state.snapshot(subscription.withCandle);
    if (snapshot) quotes.push(snapshot);
    subscription.sentSeq = subscription.state.seq;
  }
  const live = owed.length <= SNAPSHOTS_PER_FRAME;
  return JSON.stringify({ type: "snapshot", frame, serverTimeMs, live, quotes });
}

function candlesFrame(owed: readonly Subscription[], frame: number, serverTimeMs: number): string {
  const runs: CandleRun[] = [];
  let room = CANDLES_PER_FRAME;
  for (const subscription of owed) {
    if (room <= 0) break;
    const run = candleRun(subscription);
    room -= run.candles.length;
    runs.push(run);
  }
  return JSON.stringify({ type: "candles", frame, serverTimeMs, period: "1m", runs });
}

function candleRun(subscription: Subscription): CandleRun {
  const { state } = subscription;
  const { tradingDate, nextSlot } = state.candles;
  const known = subscription.candles?.tradingDate === tradingDate ? subscription.candles.nextSlot : undefined;
  // A client told of an empty day cannot know that the first trade came minutes later: to it that is a hole, unless reset.
  const from = known !== undefined && known >= state.candles.firstSlot ? known : undefined;
  subscription.candles = { tradingDate, nextSlot };
  const candles = [...state.candles.since(from ?? 0)];
  return { symbol: state.instrument.symbol, tradingDate, reset: from === undefined, candles };
}

function updateFrame(owed: readonly Subscription[], frame: number, serverTimeMs: number): string {
  const parts = owed.map((subscription) => {
    const part = subscription.state.encodedUpdate(subscription.sentSeq, subscription.withCandle);
    subscription.sentSeq = subscription.state.seq;
    return part;
  });
  return `{"type":"update","frame":${frame},"serverTimeMs":${serverTimeMs},"quotes":[${parts.join(",")}]}`;
}
