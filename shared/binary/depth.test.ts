import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { BinaryLine } from "../../tools/testing/binary_line.ts";
import { MOUTAI, quote } from "../../tools/testing/server_messages.ts";
import { type Depth, type DepthLevel, price } from "../market.ts";
import type { QuoteUpdate, ServerMessage } from "../messages.ts";
import { depthOf, depthValues } from "./mod.ts";

const level = (units: number, size: number): DepthLevel => [price(units), size];
const BOOK: Depth = {
  bids: [1_000, 999, 998, 996, 990].map((units) => level(units, 300)),
  asks: [1_001, 1_002, 1_005, 1_006, 1_010].map((units) => level(units, 500)),
  outsideVolume: 400,
  insideVolume: 300,
  indicativePrice: price(0),
  indicativeVolume: 0,
};

/** A client that has this book, and what its line takes to bring it to others, one after the other. */
function following(book: Depth): (changes: Partial<QuoteUpdate> & { depth: Depth }) => number {
  const line = new BinaryLine();
  const first = quote(MOUTAI, 7, { volume: 700, depth: book });
  line.decoder.decode(line.encode({ type: "snapshot", frame: 1, serverTimeMs: 1_000, live: true, quotes: [first] }));
  let frame = 1, seq = 7;
  return (changes) => {
    const merged = changes.merged ?? 0;
    const quotes = [{ symbol: MOUTAI, prev: seq, seq: seq + merged, merged, ...changes }];
    const message: ServerMessage = { type: "update", frame: ++frame, serverTimeMs: 1_000 + 50 * frame, quotes };
    seq += merged;
    const bytes = line.encode(message);
    assertEquals(line.decoder.decode(bytes), { ok: true, message });
    // Without the frame's head of two bytes, and the symbol.
    return bytes.length - 3;
  };
}

Deno.test("a book alone, of which one level changed its size, takes four bytes or five", () => {
  const asks = BOOK.asks.map(([at, size], i) => level(at, i === 0 ? 800 : size));
  assertEquals(following(BOOK)({ depth: { ...BOOK, asks } }), 4);
  const bids = BOOK.bids.map(([at, size], i) => level(at, i === 1 ? 800 : size));
  assertEquals(following(BOOK)({ depth: { ...BOOK, bids } }), 5);
});

Deno.test("a level that a trade ate costs only the level that came into view, and the sum of the trade", () => {
  const asks = [...BOOK.asks.slice(1), level(1_015, 900)];
  const trade = { merged: 1, volume: 1_200, turnover: 1_203_500, exchangeTimeMs: 1_800_000_000_107 };
  assertEquals(following(BOOK)({ ...trade, depth: { ...BOOK, asks, outsideVolume: 900 } }), 12);
});

Deno.test("a side that empties, at a daily limit, and fills again comes back exactly", () => {
  const follow = following(BOOK);
  follow({ depth: { ...BOOK, asks: [] } });
  follow({ depth: { ...BOOK, asks: [], bids: BOOK.bids.slice(0, 2) } });
  follow({ depth: { ...BOOK, asks: [level(1_100, 100)] } });
  follow({ depth: BOOK });
});

Deno.test("an auction's price and volume come as they are", () => {
  following(BOOK)({ depth: { ...BOOK, bids: [], asks: [], indicativePrice: price(1_003), indicativeVolume: 12_300 } });
});

const side = (away: number) =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 40 })), { maxLength: 5 })
    .map((steps) => {
      let units = 1_000;
      return steps.map(([step, lots]) => level(units += away * step, lots * 100));
    });
const book = fc.record({ bids: side(-1), asks: side(1), outside: fc.nat(500), inside: fc.nat(500) });

Deno.test("property: whatever book follows whatever other, the client has it to the number", () => {
  fc.assert(
    fc.property(fc.array(book, { minLength: 2, maxLength: 12 }), (books) => {
      const [first, ...rest] = books.map(({ bids, asks, outside, inside }) => ({
        ...BOOK,
        bids,
        asks,
        outsideVolume: outside,
        insideVolume: inside,
      }));
      const follow = following(first ?? BOOK);
      for (const depth of rest) follow({ depth });
    }),
    { numRuns: 300, seed: 20261120 },
  );
});

Deno.test("a book is the same after it was numbers", () => {
  for (const depth of [BOOK, { ...BOOK, bids: [], asks: BOOK.asks.slice(0, 3) }]) {
    assertEquals(depthOf(depthValues(depth)), depth);
  }
  assertEquals(depthValues(BOOK).length, 25);
});
