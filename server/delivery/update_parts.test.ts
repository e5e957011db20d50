import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { price, type Quote, QuoteUpdate } from "../../shared/mod.ts";
import { bookAround, instruments, marketEvent, quoteAtOpen, SampleStock } from "../../tools/testing/sample_market.ts";
import { quoteOf } from "../market/state_version.ts";
import { SymbolState } from "../market/symbol_state.ts";
import type { Known } from "./position.ts";
import { updateBody } from "./update_parts.ts";
import { FOLLOWS, type ViewItem } from "./view.ts";

const [INSTRUMENT] = instruments(1);

function itemOf(follows: number = FOLLOWS.quote): ViewItem & { readonly state: SymbolState } {
  const state = new SymbolState(INSTRUMENT!, 300);
  state.apply(quoteAtOpen());
  return { state, follows, isNear: false };
}

/** The update in JSON, read through the schema that clients use. */
function read(item: ViewItem, known: Exclude<Known, undefined>, withCrc = false): QuoteUpdate {
  const text = updateBody(item, known, withCrc, "json");
  assert(typeof text === "string");
  return QuoteUpdate.parse(JSON.parse(text));
}

Deno.test("an update is made once for all clients in step, and afresh after the next tick", () => {
  const item = itemOf();
  const from = item.state.version!;
  item.state.apply({ volume: 100 });
  for (const form of ["json", "binary"] as const) {
    const body = updateBody(item, from, false, form);
    assertStrictEquals(updateBody({ ...item }, from, false, form), body);
  }
  item.state.apply({ volume: 200 });
  assertEquals(read(item, from).volume, 200);
});

Deno.test("a value that went away and came back is told to whoever has the value between, and to nobody else", () => {
  const item = itemOf();
  const first = item.state.version!;
  item.state.apply({ lastPrice: price(10_01) });
  const between = item.state.version!;
  item.state.apply({ lastPrice: price(10_00) });
  assertEquals([read(item, first).lastPrice, read(item, between).lastPrice], [undefined, price(10_00)]);
});

Deno.test("a client of which only the number of its version is known is told all that changed since", () => {
  const item = itemOf(FOLLOWS.depth);
  item.state.followBook();
  item.state.bookChanged(() => bookAround(10_00, 500));
  item.state.apply({ volume: 100 });
  item.state.apply({ volume: 200, turnover: 7 });
  assertEquals(read(item, 2), {
    ...{ symbol: INSTRUMENT!.symbol, seq: 3, prev: 2, merged: 1, volume: 200, turnover: 7 },
    depth: bookAround(10_00, 500),
  });
});

Deno.test("the checksum is that of the quote, and of the book only for those who have it", () => {
  const [plain, withBook] = [itemOf(), itemOf(FOLLOWS.depth)];
  for (const { state } of [plain, withBook]) {
    state.followBook();
    state.bookChanged(() => bookAround(10_00, 500));
    state.apply({ volume: 100 });
  }
  const [one, other] = [plain, withBook].map((item) => read(item, 1, true).crc);
  assert(one !== undefined && other !== undefined && one !== other);
  assertEquals(read(plain, 1).crc, undefined);
});

Deno.test("property: an update from any version that was seen leads to the present one", () => {
  fc.assert(fc.property(fc.array(marketEvent, { maxLength: 40, size: "max" }), (events) => {
    const stock = new SampleStock();
    const item = itemOf(FOLLOWS.candle);
    const seen = [item.state.version!];
    for (const event of events) {
      const changes = stock.play(event);
      if (!changes) continue;
      item.state.apply(changes);
      seen.push(item.state.version!);
    }
    for (const from of seen.slice(0, -1)) {
      const { symbol, seq, prev, merged, candle, crc: _, ...fields } = read(item, from, true);
      assertEquals([symbol, seq, prev, merged], [
        INSTRUMENT!.symbol,
        item.state.seq,
        from.seq,
        item.state.seq - from.seq,
      ]);
      assertEquals(Object.assign(quoteOf(from.values), fields), item.state.quote as Quote);
      if (candle) assertEquals(candle, item.state.candles.open);
    }
  }));
});
