import { assert, assertEquals, assertThrows, fail } from "@std/assert";
import { price } from "../../../shared/mod.ts";
import { ExchangeFeed } from "../exchange_feed.ts";
import { FakeClock } from "../../../tools/testing/fake_clock.ts";
import type { FeedSink, QuoteChanges } from "../feed.ts";
import { RecordingError } from "./header.ts";
import { INSTRUMENTS, MemoryTarget, recordingOf, sampleQuote, ScriptedFeed, TickList } from "./memory_recording.ts";
import { createRecordingFile, openRecordingFile } from "./recording_file.ts";
import { Recording } from "./recording.ts";
import { RecordingFeed } from "./recording_feed.ts";
import { FLUSH_INTERVAL_MS } from "./recording_sink.ts";
import type { RecordingTarget } from "./recording_writer.ts";

const MAOTAI = INSTRUMENTS[0]!.symbol;

function setUp(target: RecordingTarget = new MemoryTarget(), sink: FeedSink = new TickList()) {
  const clock = new FakeClock();
  const feed = new ScriptedFeed(INSTRUMENTS.map(({ symbol }) => [symbol, sampleQuote()]));
  const faults: string[] = [];
  const recorded = new RecordingFeed({ feed, target, clock, seed: 7, onFault: (message) => faults.push(message) });
  return { clock, feed, recorded, faults, sink };
}

const trade = (volume: number): QuoteChanges => ({ volume, turnover: volume * 1_000 });

/** Every record but the clock's, in short. */
const kinds = (bytes: Uint8Array) =>
  [...recordingOf(bytes).records()].filter(({ kind }) => kind !== "clock").map((record) =>
    record.kind === "tick" ? record.changes.volume : record.kind
  );

Deno.test("a recorded feed passes everything on, and the file has it all with the place where the start returned", () => {
  const target = new MemoryTarget();
  const { clock, feed, recorded, sink, faults } = setUp(target);
  assertEquals(recorded.instruments, INSTRUMENTS);
  assert(recorded.clock === feed.clock);
  recorded.start(sink);
  clock.advance(250);
  feed.sink?.tick(MAOTAI, trade(300));
  recorded.stop();
  assertEquals((sink as TickList).ticks.length, 4);
  assertEquals(kinds(target.bytes), [100, 100, 100, "started", 300, "end"]);
  const { header } = recordingOf(target.bytes);
  assertEquals([header.seed, header.startedMs], [7, 1_800_000_000_000]);
  const moments = [...recordingOf(target.bytes).records()].flatMap((r) => r.kind === "clock" ? [r.offsetMs] : []);
  assertEquals([...new Set(moments)], [0, 250]);
  assertEquals([faults, target.closed, feed.stopped, clock.pendingTimers], [[], 1, 1, 0]);
  recorded.stop();
  assertEquals(target.closed, 1);
});

Deno.test("where an auction stood is written down and passed on, at the moment at which it was told", () => {
  const target = new MemoryTarget();
  const { clock, feed, recorded, sink } = setUp(target);
  recorded.start(sink);
  clock.advance(250);
  const step = { second: 3, price: price(1_000), matched: 100, unmatched: -300 };
  feed.sink?.auction?.(MAOTAI, step);
  recorded.stop();
  assertEquals((sink as TickList).steps, [[MAOTAI, step]]);
  assertEquals(kinds(target.bytes), [100, 100, 100, "started", "auction", "end"]);
  const records = [...recordingOf(target.bytes).records()];
  const at = records.findIndex(({ kind }) => kind === "auction");
  assertEquals(records[at], { kind: "auction", symbol: MAOTAI, step });
  const moment = records[at - 1];
  assertEquals(moment?.kind === "clock" && moment.offsetMs, 250);
});

Deno.test("trades and books are passed on and not written down", () => {
  const target = new MemoryTarget();
  const { feed, recorded } = setUp(target);
  const heard: string[] = [];
  recorded.start({ tick() {}, trade: () => heard.push("trade"), bookChanged: () => heard.push("book") });
  feed.sink?.trade?.(MAOTAI, { no: 1, price: price(1_000), size: 100, side: "buy", exchangeTimeMs: 0 });
  feed.sink?.bookChanged?.(MAOTAI, () => fail("it is read"));
  recorded.stop();
  assertEquals(heard, ["trade", "book"]);
  assertEquals(kinds(target.bytes), [100, 100, 100, "started", "end"]);
});

Deno.test("a server that is killed loses at most the last second", () => {
  const target = new MemoryTarget();
  const { clock, feed, recorded, sink } = setUp(target);
  recorded.start(sink);
  clock.advance(FLUSH_INTERVAL_MS - 1);
  feed.sink?.tick(MAOTAI, trade(300));
  assertEquals(kinds(target.bytes), [100, 100, 100, "started", "cut"]);
  clock.advance(1);
  assertEquals(kinds(target.bytes), [100, 100, 100, "started", 300, "cut"]);
});

Deno.test("the file grows as the ticks come: no more than a chunk waits in memory, however long the start takes", () => {
  const target = new MemoryTarget();
  const clock = new FakeClock();
  const atStart = Array.from({ length: 40_000 }, (_, i) => [MAOTAI, i ? trade(i * 100) : sampleQuote()] as const);
  const feed = new ScriptedFeed(atStart);
  const recorded = new RecordingFeed({ feed, target, clock, onFault: () => {} });
  recorded.start({
    tick(_, { volume }) {
      if (volume === 3_999_900) assert(target.bytes.length > 100_000, `${target.bytes.length} bytes`);
    },
  });
});

Deno.test("a full disk stops the recording with one line, and the market goes on", () => {
  const target = new MemoryTarget();
  const { clock, feed, recorded, sink, faults } = setUp(target);
  recorded.start(sink);
  target.bytesMax = target.bytes.length + 20;
  feed.sink?.tick(MAOTAI, trade(300));
  clock.advance(FLUSH_INTERVAL_MS);
  feed.sink?.tick(MAOTAI, trade(500));
  clock.advance(10 * FLUSH_INTERVAL_MS);
  recorded.stop();
  assertEquals(faults, [
    "The recording day.twr stopped after 4 ticks: No space left on device (os error 28). " +
    "The market goes on unrecorded; what is in the file can be replayed.",
  ]);
  assertEquals((sink as TickList).ticks.length, 5);
  assertEquals(kinds(target.bytes), [100, 100, 100, "started", "cut"]);
  assertEquals([target.closed, feed.stopped, clock.pendingTimers], [1, 1, 0]);
});

Deno.test("a tick that no feed may send ends the recording before it, and is passed on", () => {
  for (
    const [symbol, changes] of [["600519.SH", { lastPrice: 1.5 }], ["000002.SZ", {}], ["600519.SH", { volume: NaN }]]
  ) {
    const target = new MemoryTarget();
    const { feed, recorded, sink, faults } = setUp(target);
    recorded.start(sink);
    feed.sink?.tick(MAOTAI, trade(300));
    feed.sink?.tick(symbol as typeof MAOTAI, changes as QuoteChanges);
    assertEquals(faults.length, 1, faults.join());
    assert(
      /stopped after 4 ticks: (lastPrice of 600519.SH is 1.5|000002.SZ ticked|volume .* is NaN)/.test(faults[0] ?? ""),
    );
    assertEquals((sink as TickList).ticks.length, 5);
    assertEquals(kinds(target.bytes), [100, 100, 100, "started", 300, "cut"]);
    assertEquals(target.closed, 1);
    const last = [...recordingOf(target.bytes).records()].at(-1);
    assert(last?.kind === "cut" && last.message.includes("it stops without its end mark"), JSON.stringify(last));
  }
});

Deno.test("a tick that its receiver chokes on is in the recording", () => {
  const target = new MemoryTarget();
  const choking: FeedSink = {
    tick(_, { volume }) {
      if (volume === 300) throw new Error("choked");
    },
  };
  const { feed, recorded, faults } = setUp(target, choking);
  recorded.start(choking);
  assertThrows(() => feed.sink?.tick(MAOTAI, trade(300)), Error, "choked");
  recorded.stop();
  assertEquals(kinds(target.bytes), [100, 100, 100, "started", 300, "end"]);
  assertEquals(faults, []);
});

Deno.test("a feed that fails in its start leaves a whole file and no timer", () => {
  const target = new MemoryTarget();
  const choking: FeedSink = {
    tick() {
      throw new Error("choked");
    },
  };
  const { clock, recorded } = setUp(target, choking);
  assertThrows(() => recorded.start(choking), Error, "choked");
  assertEquals(kinds(target.bytes), [100, "end"]);
  assertEquals([clock.pendingTimers, target.closed], [0, 1]);
});

Deno.test("a feed may be stopped from within a tick of its start, or before it", () => {
  const target = new MemoryTarget();
  const { clock, recorded, faults } = setUp(target);
  recorded.start({ tick: () => recorded.stop() });
  assertEquals([kinds(target.bytes), faults, clock.pendingTimers], [[100, "end"], [], 0]);
  const unstarted = new MemoryTarget();
  setUp(unstarted).recorded.stop();
  assertEquals([kinds(unstarted.bytes), unstarted.closed], [["cut"], 1]);
});

Deno.test("a header that cannot be written is known before anything starts", () => {
  const target = new MemoryTarget(30);
  assertThrows(() => setUp(target), RecordingError, "day.twr cannot be written: No space left");
  assertEquals(target.closed, 1);
});

Deno.test("a clock that is set back stands still in the recording", () => {
  const target = new MemoryTarget();
  const { clock, feed, recorded, sink } = setUp(target);
  recorded.start(sink);
  for (const [i, jumpMs] of [400, -300, -3_600_000, 3_600_300, 100].entries()) {
    clock.jump(jumpMs);
    feed.sink?.tick(MAOTAI, trade(300 + i));
  }
  recorded.stop();
  assertEquals(kinds(target.bytes).slice(4), [300, 301, 302, 303, 304, "end"]);
  const offsets = [...recordingOf(target.bytes).records()].flatMap((r) => r.kind === "clock" ? [r.offsetMs] : []);
  assertEquals([...new Set(offsets)], [0, 400, 500]);
});

Deno.test("on the disk: recorded and read again, never overwritten, and a removed file is noticed", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/day.twr`;
    const { recorded, sink, feed, faults } = setUp(createRecordingFile(path));
    recorded.start(sink);
    feed.sink?.tick(MAOTAI, trade(300));
    recorded.stop();
    const source = openRecordingFile(path);
    assertEquals([...new Recording(source).records()].filter(({ kind }) => kind === "tick").length, 4);
    source.close();
    source.close();
    assertThrows(
      () => createRecordingFile(path),
      RecordingError,
      "is there already, and a recording is never overwritten",
    );
    setUp(createRecordingFile(`${folder}/bare.twr`)).recorded.stop();
    setUp(createRecordingFile(`${folder}/bare.twr`)).recorded.stop();
    const bare = await Deno.readFile(`${folder}/bare.twr`);
    await Deno.writeFile(`${folder}/damaged.twr`, Uint8Array.from([...bare, 1, 2, 3]));
    await Deno.writeTextFile(`${folder}/notes.txt`, "not to be lost");
    await Deno.writeFile(`${folder}/empty`, new Uint8Array(0));
    for (const name of ["damaged.twr", "notes.txt", "empty"]) {
      assertThrows(() => createRecordingFile(`${folder}/${name}`), RecordingError, "is there already");
    }
    createRecordingFile(`${folder}/a/new/folder/day.twr`).close();
    assertThrows(() => createRecordingFile(`${path}/day.twr`), RecordingError, "day.twr cannot be opened: ");
    assertThrows(
      () => openRecordingFile(`${folder}/none.twr`),
      RecordingError,
      "none.twr cannot be opened: there is no",
    );
    assertThrows(() => openRecordingFile(folder), RecordingError, "is not a file");
    assertEquals(faults, []);

    for (const lose of [Deno.removeSync, (lost: string) => Deno.renameSync(path, lost)]) {
      const lost = `${folder}/lost.twr`;
      const second = setUp(createRecordingFile(lost));
      second.recorded.start(second.sink);
      lose(lost);
      second.clock.advance(FLUSH_INTERVAL_MS);
      assertEquals(second.faults.length, 1);
      assert(second.faults[0]?.includes("the file was removed or replaced"), second.faults[0]);
      second.recorded.stop();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the simulated exchange takes at most fourteen bytes a tick or a step of an auction, beginnings of days included", () => {
  const clock = new FakeClock();
  const target = new MemoryTarget();
  const feed = new ExchangeFeed({ clock, seed: 1, warmUpMinutes: 20 });
  const recorded = new RecordingFeed({ feed, target, clock, onFault: (message) => assertEquals(message, "") });
  const sink = new TickList();
  recorded.start(sink);
  const headerBytes = 8_000;
  const told = sink.ticks.length + sink.steps.length;
  const perRecord = (target.bytes.length - headerBytes) / told;
  assert(sink.ticks.length > 20_000 && sink.steps.length > 20_000);
  assert(perRecord < 14, `${perRecord} bytes for each of ${told}`);
  recorded.stop();
});
