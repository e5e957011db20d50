import type { UpdateStep } from "../../shared/binary/mod.ts";
import { maskOf } from "../../shared/binary/quote_base.ts";
import type { Channel, QuoteUpdate, ServerMessage, ServerMessageOf } from "../../shared/mod.ts";
import { FlushRound } from "../../server/delivery/flush_round.ts";
import { updateBody } from "../../server/delivery/update_parts.ts";
import { ExchangeFeed } from "../../server/feed/exchange_feed.ts";
import { QuoteBoard } from "../../server/market/quote_board.ts";
import { DEFAULT_WATCHLIST, INDEX_SYMBOLS } from "../../miniprogram/store/default_watchlist.ts";
import { FakeClock } from "../testing/fake_clock.ts";
import { Viewer } from "../testing/viewer.ts";

/** What one client gets, in order: a snapshot, then updates, each as a message and as the steps that its parts are made from. */
export interface QuoteStream {
  readonly snapshot: ServerMessageOf<"snapshot">;
  readonly updates: readonly { message: ServerMessageOf<"update">; steps: readonly UpdateStep[] }[];
}

/** The simulated market for `spanMs`, as a newcomer's watchlist of 17 symbols gets it at `ratePerSecond` frames a second. */
export function simulateQuoteStream(ratePerSecond: number, withCandle: boolean, spanMs: number): QuoteStream {
  const clock = new FakeClock(Date.parse("2026-11-20T22:10:00+08:00"));
  const feed = new ExchangeFeed({ clock, seed: 1 });
  const board = new QuoteBoard("bench", feed.instruments, () => clock.nowMs());
  feed.start(board);
  const viewer = new Viewer(board);
  const symbols = [...DEFAULT_WATCHLIST, ...INDEX_SYMBOLS];
  viewer.ask((all) =>
    all.subscribe({ type: "subscribe", id: 1, symbols, channels: [withCandle ? "candle" : "quote"] })
  );
  const snapshot = viewer.next(clock.nowMs());
  if (snapshot?.type !== "snapshot") throw new Error("A watchlist begins with a snapshot");
  const followed = viewer.subscriptions.position.view.items.map((item) => ({ item, from: item.state.version! }));
  const updates: { message: ServerMessageOf<"update">; steps: UpdateStep[] }[] = [];
  for (let leftMs = spanMs; leftMs > 0; leftMs -= 1_000 / ratePerSecond) {
    clock.advance(1_000 / ratePerSecond);
    const quotes: QuoteUpdate[] = [];
    const steps: UpdateStep[] = [];
    for (const each of followed) {
      const { item, from } = each;
      const to = item.state.version!;
      if (to.seq === from.seq) continue;
      const update = JSON.parse(String(updateBody(item, from, false, "json"))) as QuoteUpdate;
      quotes.push(update);
      const withDepth = update.depth !== undefined;
      const parts = { mask: maskOf(update), withCandle: update.candle !== undefined, withDepth, crc: update.crc };
      steps.push({ prev: from.seq, to, ...parts, from });
      each.from = to;
    }
    if (quotes.length === 0) continue;
    updates.push({
      message: { type: "update", frame: updates.length + 2, serverTimeMs: clock.nowMs(), quotes },
      steps,
    });
  }
  feed.stop();
  return { snapshot, updates };
}

/** What frames of one kind took on the wire. */
export interface FrameUse {
  /** Updates, or trades, or candles. */
  parts: number;
  binaryBytes: number;
  jsonBytes: number;
}

/**
 * What the server itself sends in `spanMs` at `ratePerSecond` frames a second, checksums included, by kind of frame. The heads
 * of WebSocket's frames are counted.
 */
export function measureLine(
  channels: readonly Channel[],
  symbols: readonly string[],
  ratePerSecond: number,
  spanMs: number,
): Map<string, FrameUse> {
  const clock = new FakeClock(Date.parse("2026-11-20T22:10:00+08:00"));
  const feed = new ExchangeFeed({ clock, seed: 1 });
  const board = new QuoteBoard("bench", feed.instruments, () => clock.nowMs());
  feed.start(board);
  const viewers = { json: new Viewer(board), binary: new Viewer(board, { form: "binary" }) };
  const request = { type: "subscribe" as const, id: 1, symbols: [...symbols], channels: [...channels] };
  for (const viewer of Object.values(viewers)) {
    viewer.ask((all) => all.subscribe(request));
    viewer.all(clock.nowMs());
  }
  const uses = new Map<string, FrameUse>();
  for (let leftMs = spanMs; leftMs > 0; leftMs -= 1_000 / ratePerSecond) {
    clock.advance(1_000 / ratePerSecond);
    const round = () => new FlushRound(clock.nowMs());
    for (let text = viewers.json.take(round()); text !== undefined; text = viewers.json.take(round())) {
      const bytes = viewers.binary.take(round());
      if (typeof text !== "string" || bytes === undefined) throw new Error("Both lines have the same frames");
      count(uses, JSON.parse(text), text.length, bytes.length);
    }
  }
  feed.stop();
  return uses;
}

function count(uses: Map<string, FrameUse>, message: ServerMessage, jsonBytes: number, binaryBytes: number): void {
  const use = uses.get(message.type) ?? { parts: 0, binaryBytes: 0, jsonBytes: 0 };
  uses.set(message.type, use);
  if (message.type === "trades") use.parts += message.runs.reduce((sum, { trades }) => sum + trades.length, 0);
  if (message.type === "candles") use.parts += message.runs.reduce((sum, { candles }) => sum + candles.length, 0);
  if (message.type === "update") use.parts += message.quotes.length;
  use.jsonBytes += jsonBytes + webSocketBytes(jsonBytes);
  use.binaryBytes += binaryBytes + webSocketBytes(binaryBytes);
}

/** RFC 6455: a frame from a server with up to 125 bytes has two bytes of its own, one with up to 64 KiB four. */
export function webSocketBytes(payload: number): number {
  return payload <= 125 ? 2 : 4;
}
