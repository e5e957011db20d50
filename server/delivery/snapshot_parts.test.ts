import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { QuoteSnapshot } from "../../shared/mod.ts";
import { bookAround, instruments, quoteAtOpen } from "../../tools/testing/sample_market.ts";
import { SymbolState } from "../market/symbol_state.ts";
import { snapshotBody } from "./snapshot_parts.ts";
import { updateBody } from "./update_parts.ts";
import { FOLLOWS, type ViewItem } from "./view.ts";

const [INSTRUMENT] = instruments(1);

function newState(): SymbolState {
  const state = new SymbolState(INSTRUMENT!, 300);
  state.followBook();
  state.bookChanged(() => bookAround(10_00, 500));
  state.apply(quoteAtOpen());
  return state;
}

function itemOf(state: SymbolState, follows: number): ViewItem {
  return { state, follows, isNear: false };
}

/** The snapshot in JSON, read through the schema that clients use. */
function read(item: ViewItem): QuoteSnapshot {
  const text = snapshotBody(item, "json");
  assert(typeof text === "string");
  return QuoteSnapshot.parse(JSON.parse(text));
}

Deno.test("a snapshot is made once for all who come to see it, and afresh after the next tick", () => {
  const state = newState();
  for (const form of ["json", "binary"] as const) {
    const body = snapshotBody(itemOf(state, FOLLOWS.quote), form);
    assertStrictEquals(snapshotBody(itemOf(state, FOLLOWS.quote), form), body);
    state.apply({ volume: state.seq * 100 });
    assert(snapshotBody(itemOf(state, FOLLOWS.quote), form) !== body);
  }
  assertEquals(read(itemOf(state, FOLLOWS.quote)).seq, state.seq);
});

Deno.test("each has what it follows: the book, the open minute, or neither", () => {
  const state = newState();
  state.apply({ volume: 100, turnover: 1_000 });
  const has = (follows: number) => {
    const { depth, candle } = read(itemOf(state, follows));
    return [depth !== undefined, candle !== undefined];
  };
  const { quote, depth, candle } = FOLLOWS;
  assertEquals([quote, quote | depth, quote | candle, quote | depth | candle].map(has), [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ]);
});

Deno.test("a snapshot is not taken for an update, from whatever version that leads", () => {
  const item = itemOf(newState(), FOLLOWS.quote);
  const snapshot = snapshotBody(item, "json");
  for (const known of [0, 1]) assert(updateBody(item, known, false, "json") !== snapshot);
});
