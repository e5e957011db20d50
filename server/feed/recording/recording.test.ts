import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  type AuctionStep,
  OPENING_AUCTION_SECONDS,
  Phase,
  price,
  type Quote,
  QUOTE_FIELDS,
  type SymbolCode,
} from "../../../shared/mod.ts";
import type { QuoteChanges } from "../feed.ts";
import { ByteWriter } from "./byte_writer.ts";
import { ChunkWriter, preamble } from "./chunks.ts";
import { FORMAT_VERSION, makeHeader, RecordingError } from "./header.ts";
import {
  INSTRUMENTS,
  MemoryTarget,
  OPEN_MS,
  record,
  recordingOf,
  sampleQuote,
  ScriptedFeed,
  sourceOf,
  type Step,
  textOf,
  type Tick,
} from "./memory_recording.ts";
import { RecordEncoder } from "./record_encoder.ts";
import { type CutRecord, Recording } from "./recording.ts";
import { RecordingWriter } from "./recording_writer.ts";

const GOOD = makeHeader({ instruments: INSTRUMENTS, clock: new ScriptedFeed().clock, startedMs: 5, seed: 7 });

const someTick = fc.tuple(
  fc.constantFrom(...INSTRUMENTS.map(({ symbol }) => symbol)),
  fc.record(
    Object.fromEntries(QUOTE_FIELDS.map((field) => [
      field,
      field === "phase"
        ? fc.constantFrom(...Phase.options)
        : fc.oneof(fc.nat(100), fc.nat(1_000_000), fc.maxSafeNat(), fc.constant(Number.MAX_SAFE_INTEGER)),
    ])),
    { requiredKeys: [] },
  ) as fc.Arbitrary<QuoteChanges>,
) as fc.Arbitrary<Tick>;

/** What a reader gets: the ticks, and how it ended. Nothing may throw but the constructor, and that a RecordingError. */
function read(bytes: Uint8Array): { refused?: string; ticks: Tick[]; end?: "end" | CutRecord } {
  const ticks: Tick[] = [];
  try {
    for (const record of recordingOf(bytes).records()) {
      if (record.kind === "tick") ticks.push([record.symbol, record.changes]);
      else if (record.kind === "end") return { ticks, end: "end" };
      else if (record.kind === "cut") return { ticks, end: record };
    }
    throw new Error("records ended without an end or a cut");
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    return { refused: error.message, ticks };
  }
}

Deno.test("any ticks come back from a recording as they were, in their order", () => {
  fc.assert(
    fc.property(fc.array(someTick, { maxLength: 40 }), fc.nat(50), (ticks, atStart) => {
      const { ticks: got, end } = read(record(ticks, { atStart }).bytes);
      assertEquals(end, "end");
      assertEquals(got as unknown, ticks as unknown);
    }),
    { seed: 11, numRuns: 500 },
  );
});

const someStep = fc.tuple(
  fc.constantFrom(...INSTRUMENTS.map(({ symbol }) => symbol)),
  fc.record({
    second: fc.nat(OPENING_AUCTION_SECONDS),
    price: fc.nat(500_000).map(price),
    matched: fc.oneof(fc.nat(1_000_000), fc.maxSafeNat()),
    unmatched: fc.oneof(fc.integer(), fc.maxSafeInteger()),
  }),
) satisfies fc.Arbitrary<Step>;

Deno.test("steps of auctions come back among the ticks, as they were and where they were", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(someStep, someTick), { maxLength: 40 }), (records) => {
      const target = new MemoryTarget();
      const writer = new RecordingWriter(target, GOOD);
      for (const [symbol, told] of records) {
        if ("second" in told) writer.auction(symbol, told);
        else writer.tick(symbol, told as QuoteChanges);
      }
      writer.end();
      const got = [...recordingOf(target.bytes).records()].slice(0, -1).map((record) =>
        record.kind === "auction"
          ? [record.symbol, record.step]
          : record.kind === "tick" && [record.symbol, record.changes]
      );
      assertEquals(got as unknown, records as unknown);
    }),
    { seed: 12, numRuns: 300 },
  );
});

Deno.test("a step that no feed may send is refused, and leaves nothing behind", () => {
  const out = new ByteWriter();
  const encoder = new RecordEncoder(GOOD, out);
  const step = { second: 3, price: price(1_000), matched: 100, unmatched: -300 };
  const odd = [{ second: 601 }, { second: -1 }, { price: price(1_000) / 3 }, { matched: NaN }, { unmatched: Infinity }];
  for (const changes of odd) {
    assertThrows(() => encoder.auction(INSTRUMENTS[0]!.symbol, { ...step, ...changes } as AuctionStep), RangeError);
  }
  assertThrows(() => encoder.auction("000002.SZ" as SymbolCode, step), RangeError, "000002.SZ");
  assertEquals(out.length, 0);
});

const DAY: readonly Tick[] = Array.from({ length: 20 }, (_, i): Tick => {
  const symbol = INSTRUMENTS[i % 3]!.symbol;
  if (i < 3) return [symbol, sampleQuote()];
  return [symbol, { volume: 100 + i * 200, turnover: 100_000 + i * 200_300, lastPrice: 1_000 + i } as Partial<Quote>];
});

Deno.test("a recording cut at any byte gives what is whole, and says where it ended", () => {
  const { bytes, whole } = record(DAY);
  const headerBytes = whole[0]!.bytes;
  for (let length = 0; length < bytes.length; length++) {
    const { refused, ticks, end } = read(bytes.slice(0, length));
    if (length < headerBytes) {
      assert(refused?.startsWith("day.twr"), `${length}: ${refused}`);
      continue;
    }
    const expected = whole.filter((mark) => mark.bytes <= length).at(-1)!.ticks;
    assertEquals(textOf(ticks), textOf(DAY.slice(0, expected)), `cut at ${length}`);
    assert(typeof end === "object" && /^day\.twr ends early, at byte \d+: it /.test(end.message), `cut at ${length}`);
  }
  assertEquals(read(bytes).end, "end");
});

Deno.test("no flipped byte makes a wrong tick: what comes is the beginning of what was, and the flip is reported", () => {
  const { bytes } = record(DAY);
  for (let at = 0; at < bytes.length; at++) {
    for (const flip of [0x01, 0x80, 0xff]) {
      const damaged = bytes.slice();
      damaged[at]! ^= flip;
      const { refused, ticks, end } = read(damaged);
      assert(refused !== undefined || typeof end === "object", `byte ${at} ^ ${flip} went unnoticed`);
      assertEquals(textOf(ticks), textOf(DAY.slice(0, ticks.length)), `byte ${at} ^ ${flip}`);
    }
  }
});

Deno.test("a chunk that is missing, doubled or out of its place is found", () => {
  const { bytes, whole } = record(DAY);
  const [header, first, second] = whole.map((mark) => mark.bytes) as [number, number, number];
  const part = (from: number, to?: number) => [...bytes.slice(from, to)];
  const cases = {
    missing: [...part(0, header), ...part(first)],
    doubled: [...part(0, first), ...part(header, first), ...part(first)],
    swapped: [...part(0, header), ...part(first, second), ...part(header, first), ...part(second)],
  };
  for (const [name, mixed] of Object.entries(cases)) {
    const { ticks, end } = read(Uint8Array.from(mixed));
    assert(typeof end === "object" && end.message.includes("it is damaged"), name);
    assertEquals(ticks.length, name === "doubled" ? 3 : 0, name);
  }
});

Deno.test("a recording of format 1, which has no auctions, is read as it was", () => {
  const { bytes } = record(DAY);
  const old = bytes.slice();
  old[8] = 1;
  assertEquals(read(old), read(bytes));
  assertEquals(read(old).end, "end");
  for (const version of [0, FORMAT_VERSION + 1]) {
    old[8] = version;
    assert(read(old).refused?.includes(`has format ${version}`));
  }
});

Deno.test("what follows a good end is not looked at", () => {
  const { bytes } = record(DAY);
  assertEquals(read(Uint8Array.from([...bytes, 1, 2, 3])), read(bytes));
});

function joined(...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A recording with this header and these chunks, all checksums right. */
function crafted(header: unknown, ...payloads: number[][]): Uint8Array {
  const chunks = new ChunkWriter();
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const parts = [new TextEncoder().encode(text), ...payloads.map((payload) => Uint8Array.from(payload))];
  return joined(preamble(), ...parts.map((part) => chunks.frame(part)));
}

Deno.test("what cannot be begun with is refused with what it is and what to do", () => {
  const bytes = crafted(GOOD);
  const version = bytes.slice();
  version[8] = 3;
  const cases: readonly (readonly [Uint8Array, string])[] = [
    [new Uint8Array(0), "day.twr is empty: there is nothing to replay"],
    [new TextEncoder().encode("date,open,high,low,close\n"), "is not a recording: one begins with the word TICKWIRE"],
    [bytes.slice(0, 10), "ends within its header"],
    [bytes.slice(0, 40), "it breaks off at byte 12, in its header"],
    [version, "has format 3, and this server reads formats 1 to 2: replay it with the version that recorded it"],
    [crafted("{"), "is not JSON"],
    [crafted({ ...GOOD, clock: { ...GOOD.clock, speed: 0 } }), "clock.speed is missing or not valid"],
    [crafted({ ...GOOD, instruments: [{ symbol: "AAPL" }] }), "instruments.0.symbol is missing or not valid"],
    [crafted({ ...GOOD, fields: ["lastPrice", "mood"] }), 'the field "mood", which is unknown'],
    [crafted({ ...GOOD, fields: ["volume", "volume"] }), 'the field "volume", which is unknown here or there twice'],
    [crafted({ ...GOOD, phases: ["siesta"] }), 'the phase "siesta"'],
    [crafted({ ...GOOD, instruments: [INSTRUMENTS[0], INSTRUMENTS[0]] }), "lists an instrument twice"],
  ];
  for (const [made, message] of cases) assertThrows(() => recordingOf(made), RecordingError, message);
  assertEquals(recordingOf(bytes).header as unknown, GOOD as unknown);
});

Deno.test("a chunk with good checksums and impossible content ends the recording there", () => {
  const cases: readonly (readonly [number[], string])[] = [
    [[99, 0], "a tick is of instrument 92 of 3"],
    [[3, 9, 0, 0, 0, 0], "an auction is of instrument 10 of 3"],
    [[3, 0, 0xb2, 0x09], "an auction has no second 601"],
    [[3, 0, 0, 0, 0], "the bytes end within a record"],
    [[3, 0, 3, 0, 0, 0], "a second would be -1"],
    [[3, 0, 0, 3, 0, 0], "a price would be -1"],
    [[5], "a record is of kind 5, which this server does not know"],
    [[8, 0xff, 0xff, 0xff, 1], "fields that the header does not name"],
    [[8, 1], "the bytes end within a record"],
    [[8, 1, 3], "lastPrice would be -1"],
    [[8, 0x80, 0x10, 62], "a phase is number 31 of 7"],
    [[2, 9], "its end counts 9 ticks, and 0 came before it"],
    [[0, 0, 0xff, 0xff, 0xff, 0xff, 0x7f, 0], "a trading date would be -"],
  ];
  for (const [payload, message] of cases) {
    const { ticks, end } = read(crafted(GOOD, payload));
    assertEquals(ticks, []);
    assert(typeof end === "object" && end.message.includes(message), `${message}: ${JSON.stringify(end)}`);
  }
});

Deno.test("a chunk longer than any that is written is not read", () => {
  const { end } = read(crafted(GOOD, new Array(16 * 1_048_576 + 1).fill(1)));
  assert(typeof end === "object" && end.message.includes("it is damaged"));
});

Deno.test("a source that can no longer be read ends the recording, and nothing throws", () => {
  const source = sourceOf(record(DAY).bytes);
  const recording = new Recording(source);
  const records = recording.records();
  assertEquals(records.next().value?.kind, "started");
  source.read = () => {
    throw new Error("Input/output error (os error 5)");
  };
  const last = [...records].at(-1);
  assert(last?.kind === "cut" && last.message.includes("it cannot be read (Input/output error (os error 5))"));
});

Deno.test("a trade that moves only the totals and the time takes six bytes", () => {
  const out = new ByteWriter();
  const encoder = new RecordEncoder(GOOD, out);
  encoder.tick(INSTRUMENTS[0]!.symbol, sampleQuote());
  for (let i = 1; i <= 100; i++) {
    const { length } = out;
    const volume = 100 + i * 500;
    encoder.tick(INSTRUMENTS[0]!.symbol, { volume, turnover: volume * 1_000, exchangeTimeMs: OPEN_MS + i * 50 });
    // One byte says whose it is, one which fields; two are the size, one the money as foreseen, one the time since the last tick.
    assertEquals(out.length - length, 6);
  }
});
