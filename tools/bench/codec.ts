/**
 * Bytes and time of one quote update, in JSON and in binary, on the simulated market:
 * `deno run --config tools/deno.json tools/bench/codec.ts`.
 */
import { assertEquals } from "@std/assert";
import {
  encodeUpdateBody,
  ServerDecoder,
  ServerEncoder,
  type UpdatePart,
  type UpdateStep,
} from "../../shared/binary/mod.ts";
import { decodeServer, encode, type QuoteUpdate } from "../../shared/mod.ts";
import { type QuoteStream, simulateQuoteStream } from "./quote_stream.ts";
import { spread } from "./statistics.ts";

const SPAN_MS = 120_000;
const ROUNDS = 11;
/** Frames a second of the stream whose time is measured. */
const TIMED_RATE = 10;
/** RFC 6455: a frame from a server with up to 125 bytes has two bytes of its own, one with up to 64 KiB four. */
const webSocketBytes = (payload: number) => payload <= 125 ? 2 : 4;

interface Frames {
  readonly diff: Uint8Array[];
  readonly whole: Uint8Array[];
  readonly json: string[];
}

function partsOf(quotes: readonly QuoteUpdate[], steps: readonly UpdateStep[]): UpdatePart[] {
  return steps.map((step, i) => ({ symbol: quotes[i]?.symbol ?? raise(), body: encodeUpdateBody(step) }));
}

function raise(): never {
  throw new Error("Every step is that of a quote");
}

/** The stream in its three forms, binary read back and held against what was written. */
function encodeStream({ snapshot, updates }: QuoteStream): Frames {
  const frames: Frames = { diff: [], whole: [], json: [] };
  const diff = new ServerEncoder(), whole = new ServerEncoder(), decoder = new ServerDecoder();
  decoder.decode(diff.encode(snapshot));
  whole.encode(snapshot);
  for (const { message, steps } of updates) {
    const bytes = diff.encodeUpdate(message.frame, message.serverTimeMs, partsOf(message.quotes, steps));
    assertEquals(decoder.decode(bytes), { ok: true, message });
    frames.diff.push(bytes);
    frames.whole.push(whole.encode(message));
    frames.json.push(encode(message));
  }
  return frames;
}

function printBytes(rate: number, withCandle: boolean): void {
  const stream = simulateQuoteStream(rate, withCandle, SPAN_MS);
  const frames = encodeStream(stream);
  const count = stream.updates.reduce((sum, { message }) => sum + message.quotes.length, 0);
  const each = (lengths: number[]) =>
    (lengths.reduce((sum, length) => sum + length + webSocketBytes(length), 0) / count).toFixed(2).padStart(8);
  const steps = stream.updates.flatMap((update) => update.steps);
  const part = (isIndex: boolean) => {
    const lengths = steps.filter(({ to }) => to.isIndex === isIndex).map((step) => encodeUpdateBody(step).length + 1);
    return (lengths.reduce((sum, length) => sum + length, 0) / lengths.length).toFixed(2).padStart(8);
  };
  const cells = [
    String(rate).padStart(4),
    (withCandle ? "yes" : "no").padStart(7),
    (count / stream.updates.length).toFixed(1).padStart(8),
    each(frames.diff.map((bytes) => bytes.length)),
    each(frames.whole.map((bytes) => bytes.length)),
    each(frames.json.map((text) => text.length)),
    part(false),
    part(true),
  ];
  console.log(cells.join("  "));
}

/** Nanoseconds of `run` for one update: medians of rounds that take turns, so that a busy machine is fair to all. */
function printTimes(): void {
  const stream = simulateQuoteStream(TIMED_RATE, false, SPAN_MS);
  const { diff, json } = encodeStream(stream);
  const count = stream.updates.reduce((sum, { message }) => sum + message.quotes.length, 0);
  const first = new ServerEncoder().encode(stream.snapshot);
  const parts = stream.updates.map(({ message, steps }) => partsOf(message.quotes, steps));
  const work: Record<string, () => void> = {
    "encode a part, binary": () => {
      for (const { steps } of stream.updates) steps.forEach((step) => encodeUpdateBody(step));
    },
    "encode a part, JSON.stringify": () => {
      for (const { message } of stream.updates) message.quotes.forEach((update) => JSON.stringify(update));
    },
    "join parts into a frame, binary": () => {
      const encoder = new ServerEncoder();
      encoder.encode(stream.snapshot);
      stream.updates.forEach(({ message }, i) =>
        encoder.encodeUpdate(message.frame, message.serverTimeMs, parts[i] ?? [])
      );
    },
    "decode, binary": () => {
      const decoder = new ServerDecoder();
      decoder.decode(first);
      for (const bytes of diff) decoder.decode(bytes);
    },
    "decode, JSON": () => {
      for (const text of json) decodeServer(text);
    },
  };
  const times = new Map(Object.keys(work).map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(work)) {
      const startedMs = performance.now();
      run();
      times.get(name)?.push((performance.now() - startedMs) * 1e6 / count);
    }
  }
  console.log(`\nNanoseconds an update, ${ROUNDS} rounds: median (least – greatest)`);
  for (const [name, values] of times) console.log(`  ${name.padEnd(34)}${spread(values, 0)}`);
}

console.log(
  "Bytes an update on the wire, the heads of its frame and of WebSocket's included, 14 stocks and 3 indices;",
);
console.log("the last two columns without the heads, of which the updates of one frame take their shares");
console.log("rate  candles   a frame    binary     whole      JSON   a stock  an index");
for (const withCandle of [false, true]) {
  for (const rate of [10, 4, 1, 0.5]) printBytes(rate, withCandle);
}
printTimes();
