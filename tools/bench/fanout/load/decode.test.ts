import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type QuoteVersion, quoteVersion, ServerEncoder } from "../../../../shared/binary/mod.ts";
import type { QuoteSnapshot, QuoteUpdate, ServerMessage } from "../../../../shared/messages.ts";
import { buildC, builtPath, findCompiler } from "../build.ts";

const SYMBOLS = 20;
const START_MS = 1_795_140_000_000;

const WELCOME: ServerMessage & { type: "welcome" } = {
  ...{ type: "welcome", session: "s17", epoch: "5b1e", protocol: "tickwire.v1.bin", channels: ["quote", "candle"] },
  ...{ serverTimeMs: START_MS, heartbeatIntervalMs: 4_000, ackWindowFrames: 12 },
  limits: {
    ...{ inboundBytesMax: 16_384, inboundMessagesPerSecond: 20, inboundMessagesBurst: 40, symbolsMax: 500 },
    ...{ rateMinPerSecond: 0.5, rateMaxPerSecond: 10, nearRatePerSecond: 1, silentTimeoutMs: 15_000 },
  },
  market: { tradingDate: 20261120, exchangeTimeMs: START_MS, speed: 1, simulated: true },
};

/** Steps of one symbol: what an update may bring, as delivery sends it to a subscriber of `quote`. */
const step = fc.record({
  symbol: fc.nat({ max: SYMBOLS - 1 }),
  merged: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5_000 })),
  forMs: fc.oneof(fc.nat({ max: 300 }), fc.integer({ min: -5_000, max: 5_000_000 })),
  cents: fc.integer({ min: -4_000, max: 4_000 }),
  lots: fc.nat({ max: 400 }),
  /** Fields beyond those of a trade. */
  others: fc.subarray(["high", "low", "open", "limitUp", "phase"] as const),
  kind: fc.constantFrom("trade", "trade", "trade", "odd turnover", "time alone", "price alone", "whole"),
  crc: fc.option(fc.nat({ max: 0xffff_ffff }), { freq: 6 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function snapshot(index: number): QuoteSnapshot {
  return {
    ...{ symbol: `${600_000 + index}.SH`, name: "基准", nameEn: "Benchmark", kind: "stock", seq: 1 + index },
    ...{ lastPrice: 123_456, open: 123_456, high: 125_925, low: 123_456, prevClose: 123_000 },
    ...{ limitUp: 135_300, limitDown: 110_700, volume: 100, turnover: 12_345_600 },
    ...{ exchangeTimeMs: START_MS + index, tradingDate: 20261120, phase: "continuous" },
  } as QuoteSnapshot;
}

/** The update that `step` makes of a quote, which becomes what it is after it. */
function updateOf(quote: QuoteSnapshot, { merged, forMs, cents, lots, others, kind, crc }: Step): QuoteUpdate {
  const after = {
    lastPrice: Math.max(1, quote.lastPrice + cents),
    volume: quote.volume + lots * 100,
    turnover: quote.turnover + lots * 100 * (quote.lastPrice + cents) + (kind === "odd turnover" ? 7 : 0),
    exchangeTimeMs: Math.max(0, quote.exchangeTimeMs + forMs),
  };
  const { exchangeTimeMs, lastPrice } = after;
  const changes: Record<string, unknown> = kind === "time alone"
    ? { exchangeTimeMs }
    : kind === "price alone"
    ? { lastPrice }
    : { ...after };
  for (const other of others) changes[other] = other === "phase" ? "lunch" : after.lastPrice;
  const update = { symbol: quote.symbol, seq: quote.seq + merged, prev: quote.seq, merged, ...changes };
  Object.assign(quote, changes, { seq: update.seq });
  return (crc === null ? update : { ...update, crc }) as QuoteUpdate;
}

/** A connection's frames, each after its length, and what `load decode` must find in them. */
function streamOf(frames: readonly (readonly Step[])[]) {
  const encoder = new ServerEncoder();
  const quotes = Array.from({ length: SYMBOLS }, (_, index) => snapshot(index));
  const chunks: Uint8Array[] = [];
  const sums = { window: WELCOME.ackWindowFrames, frames: 0, updates: 0, ticks: 0, seqs: 0, times: 0 };
  const write = (message: ServerMessage, bases: (QuoteVersion | undefined)[] = []) => {
    const bytes = encoder.encode(message, { version: () => bases.shift() });
    chunks.push(new Uint8Array(new Uint32Array([bytes.length]).buffer), bytes);
    if (message.type !== "welcome") sums.frames++;
  };
  write(WELCOME);
  const head = (frame: number) => ({ frame, serverTimeMs: START_MS + frame * 100 });
  write({ type: "snapshot", ...head(1), live: true, quotes: structuredClone(quotes) });
  for (const [index, steps] of frames.entries()) {
    const bases: (QuoteVersion | undefined)[] = [];
    const updates = steps.map((one) => {
      const quote = quotes[one.symbol] as QuoteSnapshot;
      bases.push(one.kind === "whole" ? undefined : quoteVersion(structuredClone(quote)));
      const update = updateOf(quote, one);
      sums.updates++;
      sums.ticks += one.merged;
      sums.seqs += quote.seq;
      sums.times += quote.exchangeTimeMs;
      return update;
    });
    write({ type: "update", ...head(index + 2), quotes: updates }, bases);
  }
  return { bytes: new Uint8Array(chunks.flatMap((chunk) => [...chunk])), sums };
}

async function decode(bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const child = new Deno.Command(builtPath("load"), { args: ["decode"], stdin: "piped", stdout: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(bytes);
  await writer.close();
  const { stdout } = await child.output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** The load generator is a program for Linux, written in C. In CI there is a compiler, or this fails. */
const canBuild = Deno.build.os === "linux" && (Deno.env.has("CI") || await findCompiler() !== undefined);

Deno.test({
  name: "the load generator reads of binary frames what was written into them: updates, ticks, versions, times",
  ignore: !canBuild,
  fn: async () => {
    await buildC();
    const frames = fc.array(fc.array(step, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(frames, async (some) => {
        const { bytes, sums } = streamOf(some);
        assertEquals(await decode(bytes), sums);
      }),
      { numRuns: 40 },
    );
  },
});
