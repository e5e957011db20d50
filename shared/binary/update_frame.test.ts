import { assertEquals } from "@std/assert";
import { MOUTAI, PING_AN, quote } from "../../tools/testing/server_messages.ts";
import { price } from "../market.ts";
import type { ServerMessage } from "../messages.ts";
import {
  changedMask,
  encodeSnapshotBody,
  encodeSnapshotFrame,
  encodeUpdateBody,
  encodeUpdateFrame,
  type NumberedPart,
  quoteVersion,
  ServerDecoder,
  ServerEncoder,
  type UpdatePart,
} from "./mod.ts";

const sent = [quote(MOUTAI, 7), quote(PING_AN, 4)];
const snapshot: ServerMessage = { type: "snapshot", frame: 1, serverTimeMs: 1_000, live: true, quotes: sent };

/** The parts of an update in which every quote gains a tick. */
const parts = sent.map((each) => {
  const from = quoteVersion(each);
  const to = quoteVersion({ ...each, seq: each.seq + 1, lastPrice: price(1_500), volume: each.volume + 300 });
  const step = { prev: from.seq, to, mask: changedMask(from, to), withCandle: false, withDepth: false };
  return { symbol: each.symbol, body: encodeUpdateBody({ ...step, crc: undefined, from }) };
});

/** The same parts under the numbers that a connection has. */
function numbered({ numbers }: ServerEncoder, some: readonly UpdatePart[]): NumberedPart[] {
  return some.map(({ symbol, body }) => ({ number: numbers.numberOf(symbol)!, body }));
}

Deno.test("a frame made once is, to the byte, the one that each connection would have made", () => {
  const encoders = [new ServerEncoder(), new ServerEncoder()];
  const decoders = encoders.map((encoder) => {
    const decoder = new ServerDecoder();
    decoder.decode(encoder.encode(snapshot));
    return decoder;
  });
  for (const [serverTimeMs, some] of [[1_100, parts], [1_100.5, parts.slice(0, 1)], [1_050, []]] as const) {
    const [first, second] = encoders as [ServerEncoder, ServerEncoder];
    const shared = encodeUpdateFrame(first.timeMs, serverTimeMs, numbered(first, some));
    assertEquals(shared, second.encodeUpdate(second.frame + 1, serverTimeMs, some));
    first.advance(serverTimeMs);
    assertEquals({ ...first }, { ...second });
    assertEquals(decoders.map((decoder) => decoder.decode(shared).ok), [true, true]);
  }
});

Deno.test("a snapshot made of ready parts is, to the byte, the one that a connection would have made", () => {
  for (const live of [true, false]) {
    const encoder = new ServerEncoder();
    encoder.encode({ type: "subscribed", id: 1, ok: [MOUTAI, PING_AN], rejected: [], active: 2, rate: 5 });
    const bodies = sent.map((each) => ({ symbol: each.symbol, body: encodeSnapshotBody(each) }));
    const shared = encodeSnapshotFrame(encoder.timeMs, 1_000, live, numbered(encoder, bodies));
    assertEquals(shared, encoder.encode({ ...snapshot, live }));
  }
});

for (const count of [127, 128]) {
  Deno.test(`a frame of ${count} quotes comes back`, () => {
    const encoder = new ServerEncoder();
    const symbols = Array.from({ length: count }, (_, i) => `${String(600_000 + i)}.SH` as string as typeof MOUTAI);
    const quotes = symbols.map((symbol) => quote(symbol, 7));
    const decoder = new ServerDecoder();
    decoder.decode(encoder.encode({ ...snapshot, quotes }));
    const all = symbols.map((symbol) => ({ symbol, body: parts[0]?.body ?? [] }));
    const decoded = decoder.decode(encodeUpdateFrame(encoder.timeMs, 1_100, numbered(encoder, all)));
    assertEquals(decoded.ok && decoded.message.type === "update" && decoded.message.quotes.length, count);
  });
}

Deno.test("after a resumption updates build on what the client brought along", () => {
  const [brought] = sent;
  const decoder = new ServerDecoder((symbol) => symbol === MOUTAI && brought ? quoteVersion(brought) : undefined);
  const encoder = new ServerEncoder();
  const ok = { type: "subscribed" as const, id: 1, ok: [MOUTAI, PING_AN], rejected: [], active: 2, rate: 5 };
  decoder.decode(encoder.encode(ok));
  const decoded = decoder.decode(encoder.encodeUpdate(1, 1_000, parts.slice(0, 1)));
  assertEquals(decoded.ok && decoded.message.type === "update" && decoded.message.quotes, [
    { symbol: MOUTAI, seq: 8, prev: 7, merged: 1, lastPrice: price(1_500), volume: 1_000 },
  ]);
  const unknown = decoder.decode(encoder.encodeUpdate(2, 1_000, parts.slice(1)));
  assertEquals(unknown.ok, false);
});
