import { quoteVersion, type UpdateStep } from "../../shared/binary/mod.ts";
import { maskOf } from "../../shared/binary/quote_base.ts";
import type { QuoteUpdate, ServerMessageOf } from "../../shared/mod.ts";
import { ExchangeFeed } from "../../server/feed/exchange_feed.ts";
import { QuoteBoard } from "../../server/market/quote_board.ts";
import { DEFAULT_WATCHLIST, INDEX_SYMBOLS } from "../../miniprogram/store/default_watchlist.ts";
import { FakeClock } from "../testing/fake_clock.ts";

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
  const followed = [...DEFAULT_WATCHLIST, ...INDEX_SYMBOLS].map((symbol) => {
    const state = board.get(symbol);
    const sent = state?.snapshot(withCandle);
    if (!state || !sent) throw new Error(`${symbol} of the watchlist has no quote`);
    return { state, sent: quoteVersion(sent) };
  });
  const quotes = followed.flatMap(({ state }) => state.snapshot(withCandle) ?? []);
  const snapshot = { type: "snapshot" as const, frame: 1, serverTimeMs: clock.nowMs(), live: true, quotes };
  const updates: { message: ServerMessageOf<"update">; steps: UpdateStep[] }[] = [];
  for (let leftMs = spanMs; leftMs > 0; leftMs -= 1_000 / ratePerSecond) {
    clock.advance(1_000 / ratePerSecond);
    const quotes: QuoteUpdate[] = [];
    const steps: UpdateStep[] = [];
    for (const each of followed) {
      const { state, sent: from } = each;
      const now = state.snapshot(withCandle);
      if (!now || now.seq === from.seq) continue;
      const update = JSON.parse(state.encodedUpdate(from.seq, withCandle)) as QuoteUpdate;
      const to = quoteVersion(now);
      quotes.push(update);
      const withDepth = update.depth !== undefined;
      const parts = { mask: maskOf(update), withCandle: update.candle !== undefined, withDepth, crc: update.crc };
      steps.push({ prev: from.seq, to, ...parts, from });
      each.sent = to;
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
