import { assert, assertEquals } from "@std/assert";
import { price } from "../../../shared/mod.ts";
import { PREAMBLE_BYTES } from "./chunks.ts";
import { FORMAT_VERSION, makeHeader, RECORDING_MAGIC, RecordingHeader } from "./header.ts";
import { INSTRUMENTS, MemoryTarget, OPEN_MS, sampleQuote, ScriptedFeed } from "./memory_recording.ts";
import { TAG_AUCTION, TAG_CLOCK, TAG_END, TAG_FIRST_TICK, TAG_STARTED } from "./records.ts";
import { CHUNK_BYTES, RecordingWriter } from "./recording_writer.ts";

const FIELDS = ["lastPrice", "volume", "turnover", "exchangeTimeMs", "high", "low"]
  .concat(["open", "prevClose", "limitUp", "limitDown", "tradingDate", "phase"]);
const PHASES = ["pre_open", "opening_auction", "continuous", "lunch", "closing_auction", "closed", "suspended"];

const DOC = await Deno.readTextFile(new URL("FORMAT.md", import.meta.url));

Deno.test("FORMAT.md has the constants of the code", () => {
  assert(DOC.startsWith(`# The recording, format ${FORMAT_VERSION}\n`));
  assert(DOC.includes(`\`${RECORDING_MAGIC}\`, in ASCII`));
  assert(DOC.includes(`closes a chunk at ${CHUNK_BYTES / 1_024} KiB`));
  const tags = [...DOC.matchAll(/^\| ([\d–]+)(?: \+ n)? +\| (\w+) /gm)].map(([, tag, name]) => `${tag} ${name}`);
  assertEquals(tags.slice(-6), [
    `${TAG_CLOCK} clock`,
    `${TAG_STARTED} started`,
    `${TAG_END} end`,
    `${TAG_AUCTION} auction`,
    `${TAG_AUCTION + 1}–${TAG_FIRST_TICK - 1} none`,
    `${TAG_FIRST_TICK} tick`,
  ]);
  for (const field of Object.keys(RecordingHeader.shape)) assert(DOC.includes(`\n- \`${field}\`: `), field);
});

Deno.test("FORMAT.md's example is what the writer writes", () => {
  const target = new MemoryTarget();
  const { clock } = new ScriptedFeed();
  const [instrument] = INSTRUMENTS;
  assert(instrument);
  // The checksums go on from the header's, so it stands here as it was when the example was made.
  const header = { ...makeHeader({ instruments: [instrument], clock, startedMs: 0 }), fields: FIELDS, phases: PHASES };
  const writer = new RecordingWriter(target, header);
  const headerBytes = target.bytes.length;
  assert(headerBytes > PREAMBLE_BYTES);
  writer.clock(0, 20261120, OPEN_MS);
  writer.tick(instrument.symbol, sampleQuote());
  writer.auction(instrument.symbol, { second: 600, price: price(1_000), matched: 100, unmatched: -50 });
  writer.tick(instrument.symbol, { volume: 300, turnover: 300_000, exchangeTimeMs: OPEN_MS + 20 });
  writer.started();
  writer.clock(50, 20261120, OPEN_MS + 50);
  writer.tick(instrument.symbol, {
    volume: 400,
    turnover: 400_100,
    lastPrice: 1_001 as never,
    exchangeTimeMs: OPEN_MS + 45,
  });
  writer.end();
  const hex = [...target.bytes.subarray(headerBytes)].map((byte) => byte.toString(16).padStart(2, "0"));
  const example = DOC.split("<!-- example -->")[1]?.match(/```\n([^`]*)```/)?.[1] ?? "";
  const bytes = example.split("\n").flatMap((line) => line.split("#")[0]?.match(/\S+/g) ?? []);
  assertEquals(bytes, hex);
});
