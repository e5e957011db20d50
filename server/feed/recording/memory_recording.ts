/** For tests: recordings in memory, a feed that does as it is told, and a sink that keeps what it gets. */
import { type AuctionStep, type Instrument, price, type Quote, type SymbolCode } from "../../../shared/mod.ts";
import type { Feed, FeedClock, FeedSink, QuoteChanges } from "../feed.ts";
import type { RecordingSource } from "./chunks.ts";
import { makeHeader } from "./header.ts";
import { Recording } from "./recording.ts";
import { type RecordingTarget, RecordingWriter } from "./recording_writer.ts";

export type Tick = readonly [symbol: SymbolCode, changes: QuoteChanges];

/** A target that counts as full once it holds `bytesMax`. */
export class MemoryTarget implements RecordingTarget {
  readonly name = "day.twr";
  #bytes = new Uint8Array(0);
  closed = 0;
  removed = false;

  constructor(public bytesMax = Infinity) {}

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  write(bytes: Uint8Array): void {
    const room = Math.min(bytes.length, this.bytesMax - this.#bytes.length);
    const grown = new Uint8Array(this.#bytes.length + room);
    grown.set(this.#bytes);
    grown.set(bytes.subarray(0, room), this.#bytes.length);
    this.#bytes = grown;
    if (room < bytes.length) throw new Error("No space left on device (os error 28)");
  }

  verify(): void {
    if (this.removed) throw new Error("the file was removed or replaced");
  }

  close(): void {
    this.closed++;
  }
}

export function sourceOf(bytes: Uint8Array): RecordingSource & { closed: number } {
  return {
    name: "day.twr",
    closed: 0,
    read: (offset, length) => bytes.slice(offset, offset + length),
    close() {
      this.closed++;
    },
  };
}

export const recordingOf = (bytes: Uint8Array) => new Recording(sourceOf(bytes));

export type Step = readonly [symbol: SymbolCode, step: AuctionStep];

export class TickList implements FeedSink {
  readonly ticks: Tick[] = [];
  readonly steps: Step[] = [];

  auction(symbol: SymbolCode, step: AuctionStep): void {
    this.steps.push([symbol, step]);
  }

  tick(symbol: SymbolCode, changes: QuoteChanges): void {
    this.ticks.push([symbol, changes]);
  }

  /** As text, with the fields of each tick in one order. */
  get text(): string {
    return textOf(this.ticks);
  }
}

export function textOf(ticks: readonly Tick[]): string {
  return ticks.map(([symbol, changes]) => {
    const fields = Object.entries(changes).sort(([a], [b]) => a < b ? -1 : 1);
    return `${symbol} ${fields.map(([field, value]) => `${field}=${value}`).join(" ")}`;
  }).join("\n");
}

export const INSTRUMENTS = ["600519.SH", "000001.SZ", "899050.BJ"].map((symbol): Instrument => ({
  symbol: symbol as SymbolCode,
  name: "样本",
  nameEn: `Sample ${symbol}`,
  kind: "stock",
}));

/** 09:30 on Friday, 20 November 2026. */
export const OPEN_MS = Date.parse("2026-11-20T09:30:00+08:00");

export function sampleQuote(changes: Partial<Quote> = {}): Quote {
  return {
    lastPrice: price(1000),
    open: price(1000),
    high: price(1000),
    low: price(1000),
    prevClose: price(990),
    limitUp: price(1089),
    limitDown: price(891),
    volume: 100,
    turnover: 100_000,
    exchangeTimeMs: OPEN_MS,
    tradingDate: 20261120,
    phase: "continuous",
    ...changes,
  };
}

/** A feed whose clock and ticks a test sets. */
export class ScriptedFeed implements Feed {
  readonly instruments = INSTRUMENTS;
  readonly clock = { tradingDate: 20261120, exchangeTimeMs: OPEN_MS, speed: 2, simulated: true } satisfies FeedClock;
  sink: FeedSink | undefined;
  stopped = 0;

  constructor(private readonly atStart: readonly Tick[] = []) {}

  start(sink: FeedSink): void {
    this.sink = sink;
    for (const tick of this.atStart) sink.tick(...tick);
  }

  stop(): void {
    this.stopped++;
  }
}

/** A whole recording of `ticks`: the first `atStart` before the start returned, then one every `everyMs`. */
export function record(ticks: readonly Tick[], { atStart = 0, everyMs = 100, flushEvery = 3, end = true } = {}) {
  const target = new MemoryTarget();
  const { clock } = new ScriptedFeed();
  const writer = new RecordingWriter(target, makeHeader({ instruments: INSTRUMENTS, clock, startedMs: 0 }));
  /** Ticks that are in the file once it has this many bytes. */
  const whole = [{ bytes: target.bytes.length, ticks: 0 }];
  ticks.forEach((tick, i) => {
    if (i === atStart) writer.started();
    const offsetMs = Math.max(0, i + 1 - atStart) * everyMs;
    writer.clock(offsetMs, clock.tradingDate, clock.exchangeTimeMs + offsetMs * clock.speed);
    writer.tick(...tick);
    if (i % flushEvery === flushEvery - 1) {
      writer.flush();
      whole.push({ bytes: target.bytes.length, ticks: i + 1 });
    }
  });
  if (ticks.length <= atStart) writer.started();
  if (end) writer.end();
  else writer.flush();
  whole.push({ bytes: target.bytes.length, ticks: ticks.length });
  return { bytes: target.bytes, whole };
}
