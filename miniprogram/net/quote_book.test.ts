import fc from "fast-check";
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import {
  candle,
  candles,
  change,
  DAY,
  MOUTAI,
  PING_AN,
  quote,
  snapshot,
  update,
} from "../../tools/testing/server_messages.ts";
import { price } from "../lib/shared";
import { QuoteBook } from "./quote_book";

const NOW = 5_000;
const NOTHING = { quotes: [], candles: [] };
const listed = ({ quotes, candles }: ReturnType<QuoteBook["applyUpdate"]>) => ({
  quotes: Array.from(quotes),
  candles: Array.from(candles),
});

function bookWith(seq: number): QuoteBook {
  const book = new QuoteBook();
  book.applySnapshot(snapshot(1, quote(MOUTAI, seq), quote(PING_AN, seq)), NOW);
  return book;
}

Deno.test("a snapshot makes a quote known and in step", () => {
  const book = new QuoteBook();
  assertEquals([book.quote(MOUTAI), book.isInStep(MOUTAI), book.changedAtMs(MOUTAI)], [undefined, false, undefined]);
  const changed = book.applySnapshot(snapshot(1, quote(MOUTAI, 7, { candle: candle(3) })), NOW);
  assertEquals(listed(changed), { quotes: [MOUTAI], candles: [MOUTAI] });
  assertEquals(book.quote(MOUTAI), { ...quote(MOUTAI, 7), merged: 0 });
  assertEquals([book.isInStep(MOUTAI), book.changedAtMs(MOUTAI)], [true, NOW]);
  assertEquals(book.candles(MOUTAI), [candle(3)]);
});

Deno.test("an update changes the fields that it names, in a new object", () => {
  const book = bookWith(7);
  const before = book.quote(MOUTAI);
  const changed = book.applyUpdate(update(2, change(MOUTAI, 7, 10, { volume: 5_000 })), NOW + 1);
  assertEquals(listed(changed), { quotes: [MOUTAI], candles: [] });
  const expected = { ...quote(MOUTAI, 7), seq: 10, merged: 3, lastPrice: price(1_010), volume: 5_000 };
  assertEquals(book.quote(MOUTAI), expected);
  assertEquals([before?.seq, book.changedAtMs(MOUTAI), book.changedAtMs(PING_AN)], [7, NOW + 1, NOW]);
});

Deno.test("an update heard again, or older than what is known, changes nothing", () => {
  const book = bookWith(7);
  book.applyUpdate(update(2, change(MOUTAI, 7, 10)), NOW);
  const before = book.quote(MOUTAI);
  const again = book.applyUpdate(update(3, change(MOUTAI, 7, 10), change(MOUTAI, 2, 9)), NOW + 9);
  assertEquals(listed(again), NOTHING);
  assertStrictEquals(book.quote(MOUTAI), before);
  assertEquals([book.isInStep(MOUTAI), book.takeRepairs()], [true, []]);
});

Deno.test("a gap is repaired by one request, however many updates follow, and by the snapshot alone", () => {
  const book = bookWith(7);
  const before = book.quote(MOUTAI);
  assertEquals(listed(book.applyUpdate(update(2, change(MOUTAI, 9, 11)), NOW)), { quotes: [MOUTAI], candles: [] });
  assertEquals([book.isInStep(MOUTAI), book.isInStep(PING_AN)], [false, true]);
  assertEquals(book.takeRepairs(), [MOUTAI]);
  assertEquals(listed(book.applyUpdate(update(3, change(MOUTAI, 11, 12)), NOW)), NOTHING);
  assertEquals(book.takeRepairs(), []);
  assertStrictEquals(book.quote(MOUTAI), before);
  book.applySnapshot(snapshot(4, quote(MOUTAI, 12)), NOW);
  assertEquals([book.isInStep(MOUTAI), book.quote(MOUTAI)?.seq], [true, 12]);
  book.applyUpdate(update(5, change(MOUTAI, 20, 21)), NOW);
  assertEquals(book.takeRepairs(), [MOUTAI], "the next gap is asked for again");
});

Deno.test("an update of a symbol without a snapshot asks for one and shows nothing", () => {
  const book = new QuoteBook();
  assertEquals(listed(book.applyUpdate(update(1, change(MOUTAI, 3, 4)), NOW)), NOTHING);
  assertEquals([book.quote(MOUTAI), book.takeRepairs()], [undefined, [MOUTAI]]);
});

Deno.test("a hole in the candles asks for a snapshot as well", () => {
  const book = bookWith(7);
  book.applyCandles(candles(2, MOUTAI, [0, 1], { reset: true }));
  assertEquals(listed(book.applyCandles(candles(3, MOUTAI, [3]))), { quotes: [MOUTAI], candles: [] });
  assertEquals([book.takeRepairs(), book.candles(MOUTAI).length], [[MOUTAI], 2]);
  book.applySnapshot(snapshot(4, quote(MOUTAI, 8)), NOW);
  assertEquals(listed(book.applyCandles(candles(5, MOUTAI, [0, 1, 2, 3], { reset: true }))).candles, [MOUTAI]);
  assertEquals([book.isInStep(MOUTAI), book.takeRepairs(), book.candles(MOUTAI).length], [true, [], 4]);
});

Deno.test("a lost line leaves the values and makes them stale; the same epoch goes on where it was", () => {
  const book = bookWith(7);
  book.applyCandles(candles(2, MOUTAI, [0], { reset: true }));
  book.applyUpdate(update(3, change(PING_AN, 9, 11)), NOW);
  book.takeRepairs();
  book.goCold();
  assertEquals([book.isInStep(MOUTAI), book.quote(MOUTAI)?.seq, book.candles(MOUTAI).length], [false, 7, 1]);
  book.applyUpdate(update(1, change(MOUTAI, 7, 9)), NOW);
  assertEquals([book.isInStep(MOUTAI), book.quote(MOUTAI)?.seq], [true, 9]);
  book.applyUpdate(update(1, change(PING_AN, 9, 11)), NOW);
  assertEquals(book.takeRepairs(), [PING_AN], "what was asked on the old line is asked on the new one");
});

Deno.test("a new epoch forgets versions and candles, and keeps quotes as the last known", () => {
  const book = bookWith(7);
  book.applyCandles(candles(2, MOUTAI, [0], { reset: true }));
  assertEquals(listed(book.startEpoch()), { quotes: [], candles: [MOUTAI] });
  assertEquals([book.quote(MOUTAI)?.seq, book.isInStep(MOUTAI), book.candles(MOUTAI)], [7, false, []]);
  assertEquals(listed(book.applyUpdate(update(1, change(MOUTAI, 7, 8)), NOW)), NOTHING);
  assertEquals([book.quote(MOUTAI)?.seq, book.takeRepairs()], [7, [MOUTAI]]);
  const yesterday = quote(MOUTAI, 2, { tradingDate: DAY - 1, candle: candle(5) });
  book.applySnapshot(snapshot(2, yesterday), NOW);
  assertEquals([book.quote(MOUTAI)?.seq, book.isInStep(MOUTAI), book.candles(MOUTAI)], [2, true, [candle(5)]]);
});

Deno.test("a quote of a new day takes the old day's candles away", () => {
  const book = bookWith(7);
  book.applyCandles(candles(2, MOUTAI, [0, 1], { reset: true }));
  const changed = book.applyUpdate(update(3, change(MOUTAI, 7, 8, { tradingDate: DAY + 1 })), NOW);
  assertEquals([listed(changed).candles, book.candles(MOUTAI)], [[MOUTAI], []]);
});

Deno.test("forgetting spares what is wanted, and clearing says what is gone", () => {
  const book = bookWith(7);
  book.applyCandles(candles(2, MOUTAI, [0], { reset: true }));
  book.retain((symbol) => symbol === MOUTAI);
  assertEquals([book.size, book.quote(PING_AN), book.quote(MOUTAI)?.seq], [1, undefined, 7]);
  assertEquals(listed(book.clear()), { quotes: [MOUTAI], candles: [MOUTAI] });
  assertEquals([book.size, book.candles(MOUTAI)], [0, []]);
});

Deno.test("whatever is lost or doubled, a quote in step equals the server's", () => {
  // The server ticks; each update is delivered once, twice or never; a repair asked for is answered a few ticks later.
  const step = fc.record({ ticks: fc.integer({ min: 1, max: 3 }), copies: fc.integer({ min: 0, max: 2 }) });
  fc.assert(fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 0, max: 3 }), (steps, delay) => {
    const book = new QuoteBook();
    let seq = 1;
    let sentSeq = 1;
    let owedAfter = -1;
    let requests = 0;
    let snapshots = 1;
    book.applySnapshot(snapshot(1, quote(MOUTAI, seq)), NOW);
    for (const { ticks, copies } of steps) {
      seq += ticks;
      if (owedAfter === 0) {
        book.applySnapshot(snapshot(1, quote(MOUTAI, seq)), NOW);
        snapshots += 1;
      } else {
        const frame = update(1, change(MOUTAI, sentSeq, seq, { volume: 100 * seq }));
        for (let copy = 0; copy < copies; copy++) book.applyUpdate(frame, NOW);
      }
      sentSeq = seq;
      if (owedAfter >= 0) owedAfter -= 1;
      if (book.takeRepairs().length > 0) {
        requests += 1;
        owedAfter = delay;
      }
      const known = book.quote(MOUTAI);
      assert(known && known.seq <= seq);
      assertEquals([known.lastPrice, known.volume], [price(1_000 + known.seq), 100 * known.seq]);
      if (copies > 0 && book.isInStep(MOUTAI)) assertEquals(known.seq, seq);
    }
    assert(requests <= snapshots, `${requests} requests, ${snapshots} snapshots`);
  }));
});
