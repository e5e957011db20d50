import fc from "fast-check";
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import {
  candle,
  candles,
  change,
  DAY,
  depth,
  MOUTAI,
  PING_AN,
  quote,
  snapshot,
  symbol,
  trades,
  update,
  withCrc,
} from "../../tools/testing/server_messages.ts";
import { price } from "../lib/shared";
import { QuoteBook } from "./quote_book";

const NOW = 5_000;
const NOTHING = { quotes: [], candles: [] };
const listed = ({ quotes, candles }: ReturnType<QuoteBook["applyUpdate"]>) => ({
  quotes: Array.from(quotes),
  candles: Array.from(candles),
});
const repairsOf = (book: QuoteBook) => Array.from(book.takeRepairs().keys());

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

Deno.test("a snapshot that a poll has overtaken brings the symbol into step, and no price back", () => {
  const book = new QuoteBook();
  book.applySnapshot(snapshot(1, quote(MOUTAI, 10)), 0);
  book.goCold();
  const { quotes } = book.applySnapshot(snapshot(1, quote(MOUTAI, 9, { candle: candle(3) })), 0);
  assertEquals([Array.from(quotes), book.isInStep(MOUTAI), book.quote(MOUTAI)?.seq], [[MOUTAI], true, 10]);
  assertEquals(book.candles(MOUTAI), [candle(3)]);
  book.applyUpdate(update(2, change(MOUTAI, 9, 11)), 0);
  assertEquals([book.isInStep(MOUTAI), book.quote(MOUTAI)?.seq, book.repairs.gap], [true, 11, 0]);
});

Deno.test("an update heard again, or older than what is known, changes nothing", () => {
  const book = bookWith(7);
  book.applyUpdate(update(2, change(MOUTAI, 7, 10)), NOW);
  const before = book.quote(MOUTAI);
  const again = book.applyUpdate(update(3, change(MOUTAI, 7, 10), change(MOUTAI, 2, 9)), NOW + 9);
  assertEquals(listed(again), NOTHING);
  assertStrictEquals(book.quote(MOUTAI), before);
  assertEquals([book.isInStep(MOUTAI), repairsOf(book)], [true, []]);
});

Deno.test("a gap is repaired by one request, however many updates follow, and by the snapshot alone", () => {
  const book = bookWith(7);
  const before = book.quote(MOUTAI);
  assertEquals(listed(book.applyUpdate(update(2, change(MOUTAI, 9, 11)), NOW)), { quotes: [MOUTAI], candles: [] });
  assertEquals([book.isInStep(MOUTAI), book.isInStep(PING_AN)], [false, true]);
  assertEquals(repairsOf(book), [MOUTAI]);
  assertEquals(listed(book.applyUpdate(update(3, change(MOUTAI, 11, 12)), NOW)), NOTHING);
  assertEquals(repairsOf(book), []);
  assertStrictEquals(book.quote(MOUTAI), before);
  book.applySnapshot(snapshot(4, quote(MOUTAI, 12)), NOW);
  assertEquals([book.isInStep(MOUTAI), book.quote(MOUTAI)?.seq], [true, 12]);
  book.applyUpdate(update(5, change(MOUTAI, 20, 21)), NOW);
  assertEquals(repairsOf(book), [MOUTAI], "the next gap is asked for again");
});

Deno.test("an update of a symbol without a snapshot asks for one and shows nothing", () => {
  const book = new QuoteBook();
  assertEquals(listed(book.applyUpdate(update(1, change(MOUTAI, 3, 4)), NOW)), NOTHING);
  assertEquals([book.quote(MOUTAI), repairsOf(book)], [undefined, [MOUTAI]]);
});

Deno.test("a hole in the candles asks for a snapshot as well", () => {
  const book = bookWith(7);
  book.applyCandles(candles(2, MOUTAI, [0, 1], { reset: true }));
  assertEquals(listed(book.applyCandles(candles(3, MOUTAI, [3]))), { quotes: [MOUTAI], candles: [] });
  assertEquals([repairsOf(book), book.candles(MOUTAI).length], [[MOUTAI], 2]);
  book.applySnapshot(snapshot(4, quote(MOUTAI, 8)), NOW);
  assertEquals(listed(book.applyCandles(candles(5, MOUTAI, [0, 1, 2, 3], { reset: true }))).candles, [MOUTAI]);
  assertEquals([book.isInStep(MOUTAI), repairsOf(book), book.candles(MOUTAI).length], [true, [], 4]);
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
  assertEquals(repairsOf(book), [PING_AN], "what was asked on the old line is asked on the new one");
});

Deno.test("a new epoch forgets versions and candles, and keeps quotes as the last known", () => {
  const book = bookWith(7);
  book.applyCandles(candles(2, MOUTAI, [0], { reset: true }));
  assertEquals(listed(book.startEpoch()), { quotes: [], candles: [MOUTAI] });
  assertEquals([book.quote(MOUTAI)?.seq, book.isInStep(MOUTAI), book.candles(MOUTAI)], [7, false, []]);
  assertEquals(listed(book.applyUpdate(update(1, change(MOUTAI, 7, 8)), NOW)), NOTHING);
  assertEquals([book.quote(MOUTAI)?.seq, repairsOf(book)], [7, [MOUTAI]]);
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
      if (repairsOf(book).length > 0) {
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

Deno.test("a book comes whole, with the quote or alone, and replaces the one before", () => {
  const book = new QuoteBook();
  book.applySnapshot(snapshot(1, quote(MOUTAI, 7, { depth: depth(7) })), NOW);
  assertEquals([book.depth(MOUTAI), book.depth(PING_AN)], [depth(7), undefined]);
  const known = book.quote(MOUTAI);
  const alone = book.applyUpdate(update(2, { symbol: MOUTAI, seq: 7, prev: 7, merged: 0, depth: depth(8) }), NOW + 1);
  assertEquals([Array.from(alone.depths), listed(alone)], [[MOUTAI], NOTHING]);
  assertEquals([book.depth(MOUTAI), book.changedAtMs(MOUTAI)], [depth(8), NOW]);
  assertStrictEquals(book.quote(MOUTAI), known);
  const both = book.applyUpdate(update(3, change(MOUTAI, 7, 9, { depth: depth(9) })), NOW);
  assertEquals([Array.from(both.depths), Array.from(both.quotes)], [[MOUTAI], [MOUTAI]]);
  const without = book.applyUpdate(update(4, change(MOUTAI, 9, 10)), NOW);
  assertEquals([without.depths.size, book.depth(MOUTAI)], [0, depth(9)], "a book that did not change is not sent");
  book.applySnapshot(snapshot(5, quote(MOUTAI, 11)), NOW);
  assertEquals(book.depth(MOUTAI), undefined, "a snapshot without a book says that there is none");
});

Deno.test("where a poll and a slow socket bring the same quote, the newer of their books stays", () => {
  for (const [laterMs, kept] of [[31, depth(9)], [0, depth(9)], [-31, depth(8)], [-3_600_000, depth(9)]] as const) {
    const book = bookWith(7);
    const polled = update(1, change(MOUTAI, 7, 8, { depth: depth(8) }));
    book.applyUpdate(polled, NOW);
    const fromSocket = update(1, change(MOUTAI, 7, 8, { depth: depth(9) }));
    book.applyUpdate({ ...fromSocket, serverTimeMs: polled.serverTimeMs + laterMs }, NOW);
    assertEquals(book.depth(MOUTAI), kept, `written ${laterMs} ms later; an hour earlier is a clock set back`);
    assert(book.isInStep(MOUTAI));
  }
});

Deno.test("a checksum of an overtaken book tells nothing of the newer one", () => {
  const book = bookWith(7);
  const polled = update(1, { symbol: MOUTAI, seq: 7, prev: 7, merged: 0, depth: depth(9) });
  book.applyUpdate(polled, NOW);
  const overtaken = { symbol: MOUTAI, seq: 7, prev: 7, merged: 0, depth: depth(8), crc: 1 };
  book.applyUpdate({ ...update(1, overtaken), serverTimeMs: polled.serverTimeMs - 5 }, NOW);
  assertEquals([book.depth(MOUTAI), repairsOf(book)], [depth(9), []]);
});

Deno.test("a book of another version asks for a snapshot, and a late one is left out", () => {
  const book = bookWith(7);
  book.applyUpdate(update(2, { symbol: MOUTAI, seq: 6, prev: 6, merged: 0, depth: depth(6) }), NOW);
  assertEquals([book.depth(MOUTAI), repairsOf(book)], [undefined, []]);
  book.applyUpdate(update(3, { symbol: MOUTAI, seq: 9, prev: 9, merged: 0, depth: depth(9) }), NOW);
  assertEquals([book.depth(MOUTAI), repairsOf(book)], [undefined, [MOUTAI]]);
});

Deno.test("a book alone brings a symbol into step after a resumption, and repairs no hole of another kind", () => {
  const alone = update(2, { symbol: MOUTAI, seq: 7, prev: 7, merged: 0, depth: depth(7) });
  const book = bookWith(7);
  book.goCold();
  assertEquals([listed(book.applyUpdate(alone, NOW)).quotes, book.isInStep(MOUTAI)], [[MOUTAI], true]);
  book.applyCandles(candles(3, MOUTAI, [3]));
  book.applyUpdate(alone, NOW);
  assertEquals([book.isInStep(MOUTAI), repairsOf(book)], [false, [MOUTAI]]);
});

Deno.test("trades follow each other; a hole asks for a snapshot, and one that the server declares is shown", () => {
  const book = bookWith(7);
  book.applyTrades(trades(2, MOUTAI, [151, 152], { reset: true }));
  const changed = book.applyTrades(trades(3, MOUTAI, [153]));
  assertEquals([Array.from(changed.trades), book.trades(MOUTAI).trades.length], [[MOUTAI], 3]);
  assertEquals([book.trades(PING_AN).trades.length, book.trades("x").tradingDate], [0, undefined]);
  book.applyTrades(trades(4, MOUTAI, [160], { missed: 6 }));
  assertEquals([book.trades(MOUTAI).gaps, repairsOf(book)], [[{ beforeNo: 160, missed: 6 }], []]);
  book.applyTrades(trades(5, MOUTAI, [170]));
  assertEquals([book.isInStep(MOUTAI), repairsOf(book), book.repairs.gap], [false, [MOUTAI], 1]);
  book.applyUpdate(update(6, change(MOUTAI, 7, 8, { tradingDate: DAY + 1 })), NOW);
  assertEquals(book.trades(MOUTAI).trades, [], "a new day begins without trades");
});

Deno.test("a checksum that agrees is counted; one that does not makes the symbol stale and asks once for its snapshot", () => {
  const book = new QuoteBook();
  book.applySnapshot(snapshot(1, withCrc(quote(MOUTAI, 7, { depth: depth(7) }))), NOW);
  const next = withCrc({ ...quote(MOUTAI, 7, { depth: depth(9) }), seq: 9, lastPrice: price(1_009) });
  book.applyUpdate(update(2, change(MOUTAI, 7, 9, { depth: depth(9), crc: next.crc! })), NOW);
  assertEquals([book.isInStep(MOUTAI), book.repairs], [true, { gap: 0, checksum: 0, agreed: 2 }]);
  const wrong = book.applyUpdate(update(3, change(MOUTAI, 9, 10, { crc: 1 })), NOW);
  assertEquals([listed(wrong).quotes, book.isInStep(MOUTAI)], [[MOUTAI], false]);
  assertEquals(Array.from(book.takeRepairs()), [[MOUTAI, "checksum"]]);
  book.applyUpdate(update(4, change(MOUTAI, 10, 11, { crc: 1 })), NOW);
  assertEquals(
    [repairsOf(book), book.position(MOUTAI, ["quote"])],
    [[], { symbol: MOUTAI }],
    "it is no base for anything",
  );
  book.applySnapshot(snapshot(5, withCrc(quote(MOUTAI, 11))), NOW);
  assertEquals([book.isInStep(MOUTAI), book.repairs], [true, { gap: 0, checksum: 1, agreed: 3 }]);
});

Deno.test("a book that is wrong by one share is found out", () => {
  const book = new QuoteBook();
  const { crc } = withCrc(quote(MOUTAI, 7, { depth: depth(7) }));
  const held = depth(7, { asks: [[price(1_008), 201]] });
  book.applySnapshot(snapshot(1, quote(MOUTAI, 7, { depth: held })), NOW);
  book.applyUpdate(update(2, { symbol: MOUTAI, seq: 7, prev: 7, merged: 0, crc: crc! }), NOW);
  assertEquals([book.isInStep(MOUTAI), Array.from(book.takeRepairs())], [false, [[MOUTAI, "checksum"]]]);
});

Deno.test("a snapshot that does not agree with its own checksum is not asked for again at once, but by the next checksum", () => {
  const book = new QuoteBook();
  book.applySnapshot(snapshot(1, quote(MOUTAI, 7, { crc: 1 })), NOW);
  assertEquals([book.isInStep(MOUTAI), repairsOf(book), book.quote(MOUTAI)?.seq], [false, [], 7]);
  book.applyUpdate(update(2, change(MOUTAI, 7, 8)), NOW);
  assertEquals([book.isInStep(MOUTAI), repairsOf(book)], [false, []]);
  const good = withCrc({ ...quote(MOUTAI, 7), seq: 9, lastPrice: price(1_009) });
  book.applyUpdate(update(3, change(MOUTAI, 8, 9, { crc: good.crc! })), NOW);
  assertEquals(book.isInStep(MOUTAI), true);
});

Deno.test("what a server needs to know to send only the rest", () => {
  const book = bookWith(7);
  book.applyCandles(candles(2, MOUTAI, [0, 1], { reset: true }));
  book.applyTrades(trades(3, MOUTAI, [151, 152], { reset: true }));
  assertEquals(book.position(MOUTAI, ["quote", "candle", "trades"]), {
    symbol: MOUTAI,
    seq: 7,
    candles: { tradingDate: DAY, nextSlot: 2 },
    trades: { tradingDate: DAY, nextNo: 153 },
  });
  assertEquals(book.position(MOUTAI, ["quote"]), { symbol: MOUTAI, seq: 7 });
  const unknown = symbol("300750.SZ");
  assertEquals(book.position(unknown, ["quote", "candle"]), { symbol: unknown });
  book.applyCandles(candles(4, PING_AN, [5, 6], { reset: true }));
  const late = { tradingDate: DAY, nextSlot: 7 };
  assertEquals(
    book.position(PING_AN, ["candle"]),
    { symbol: PING_AN, seq: 7, candles: late },
    "a day that began late is whole",
  );
  book.startEpoch();
  assertEquals(book.position(MOUTAI, ["quote", "candle", "trades"]), { symbol: MOUTAI });
});

Deno.test("what the server calls current is in step at once; of what has no version it cannot be said", () => {
  const book = bookWith(7);
  book.goCold();
  assertEquals(listed(book.confirm([MOUTAI, "300750.SZ"])), { quotes: [MOUTAI], candles: [] });
  assertEquals([book.isInStep(MOUTAI), book.isInStep(PING_AN)], [true, false]);
  book.startEpoch();
  assertEquals([listed(book.confirm([MOUTAI])), book.isInStep(MOUTAI)], [NOTHING, false]);
});

Deno.test("an update that builds on an older version than the one here fits as well: its values are absolute", () => {
  const book = bookWith(7);
  book.applyUpdate(update(2, change(MOUTAI, 5, 9, { volume: 5_000 })), NOW);
  assertEquals([book.quote(MOUTAI)?.seq, book.quote(MOUTAI)?.volume, book.isInStep(MOUTAI)], [9, 5_000, true]);
});
