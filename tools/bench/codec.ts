/**
 * Bytes and time of one quote update, in JSON and in binary, on the simulated market:
 * `deno run --config tools/deno.json tools/bench/codec.ts`.
 */
import { cpuUsage } from "node:process";
import { assertEquals } from "@std/assert";
import {
  encodeUpdateBody,
  encodeUpdateFrame,
  ServerDecoder,
  ServerEncoder,
  type UpdatePart,
  type UpdateStep,
} from "../../shared/binary/mod.ts";
import { decodeServer, encode, type QuoteUpdate } from "../../shared/mod.ts";
import { CHANNELS } from "../../shared/mod.ts";
import { DEFAULT_WATCHLIST, INDEX_SYMBOLS } from "../../miniprogram/store/default_watchlist.ts";
import { measureLine, type QuoteStream, simulateQuoteStream, webSocketBytes } from "./quote_stream.ts";
import { spread } from "./statistics.ts";

const SPAN_MS = 120_000;
const ROUNDS = 31;
/** Rounds before those, until the code is as a server has it that has run for a minute. */
const WARM_UP_ROUNDS = 40;
/** Frames a second of the stream whose time is measured. */
const TIMED_RATE = 10;
/** Parts of the frame whose time is measured by itself. */
const FRAME_PARTS = 20;
/** A stock that is much traded. */
const BUSY_STOCK = "300750.SZ";

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

/** What the server sends by itself, with the checksums that it adds about once a second. */
function printLine(rate: number): void {
  const update = measureLine(["quote"], [...DEFAULT_WATCHLIST, ...INDEX_SYMBOLS], rate, SPAN_MS).get("update");
  const page = measureLine(CHANNELS, [BUSY_STOCK], rate, SPAN_MS);
  const each = (use = { parts: 0, binaryBytes: 0, jsonBytes: 0 }) =>
    [use.parts * 1_000 / SPAN_MS, use.binaryBytes / use.parts, use.jsonBytes / use.parts]
      .map((value) => value.toFixed(1).padStart(8)).join("");
  console.log(`${String(rate).padStart(4)}  ${[update, page.get("update"), page.get("trades")].map(each).join("  ")}`);
}

/** Nanoseconds of `run` for one update: medians of rounds that take turns, so that a busy machine is fair to all. */
function printTimes(): void {
  const stream = simulateQuoteStream(TIMED_RATE, false, SPAN_MS);
  const { diff, json } = encodeStream(stream);
  const count = stream.updates.reduce((sum, { message }) => sum + message.quotes.length, 0);
  const knowing = new ServerEncoder();
  const first = knowing.encode(stream.snapshot);
  const { timeMs } = knowing;
  const parts = stream.updates.map(({ message, steps }) => partsOf(message.quotes, steps));
  const twenty = parts.flat().slice(0, FRAME_PARTS).map(({ body }, i) => ({ number: i + 1, body }));
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
    [`make one shared frame of ${FRAME_PARTS} parts`]: () => {
      for (let i = 0; i < count; i++) encodeUpdateFrame(timeMs, timeMs + 100, twenty);
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
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(work)) {
      const before = cpuUsage();
      run();
      const { user, system } = cpuUsage(before);
      if (round >= 0) times.get(name)?.push((user + system) * 1e3 / count);
    }
  }
  console.log(`\nNanoseconds of processor time an update, ${ROUNDS} rounds: median (least – greatest)`);
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
console.log(
  `\nAs the server sends them, with checksums: of ${
    DEFAULT_WATCHLIST.length + INDEX_SYMBOLS.length
  } quotes the updates; of`,
);
console.log(
  `${BUSY_STOCK} the updates with its book and candle, and the trades. Each: how many a second, bytes, bytes in JSON`,
);
console.log("rate         updates               with book                trades");
for (const rate of [10, 4, 1]) printLine(rate);
printTimes();
