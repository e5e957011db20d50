import { assert, assertEquals, assertThrows } from "@std/assert";
import { FakeClock } from "../../../tools/testing/fake_clock.ts";
import { chooseFeed, type FeedChoice } from "./choose_feed.ts";
import { RecordingError } from "./header.ts";
import { INSTRUMENTS, sampleQuote, ScriptedFeed, TickList } from "./memory_recording.ts";

function setUp(choice: Partial<FeedChoice>) {
  const clock = new FakeClock();
  const live = new ScriptedFeed(INSTRUMENTS.map(({ symbol }) => [symbol, sampleQuote()]));
  const lines: string[] = [];
  let made = 0;
  const feed = chooseFeed({ record: "", replay: "", replaySpeed: 1, replayAtEnd: "hold", ...choice }, {
    clock,
    seed: 7,
    live: () => {
      made++;
      return live;
    },
    logger: { info: (line) => lines.push(`info ${line}`), error: (line) => lines.push(`error ${line}`) },
  });
  return { clock, feed, live, lines, made, sink: new TickList() };
}

Deno.test("nothing asked for is the live feed itself", () => {
  const { feed, live } = setUp({});
  assert(feed === live);
});

Deno.test("what one server recorded the next one replays, and a replay can be recorded again", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const [first, second] = [`${folder}/{first}.twr`, `${folder}/second.twr`];
    const { feed, live, sink, clock } = setUp({ record: first });
    feed.start(sink);
    clock.advance(500);
    live.sink?.tick(INSTRUMENTS[0]!.symbol, { volume: 200 });
    feed.stop();
    for (const choice of [{ replay: first, record: second }, { replay: second }]) {
      const replayed = setUp({ replaySpeed: 10, ...choice });
      assertEquals(replayed.made, 0);
      replayed.feed.start(replayed.sink);
      replayed.clock.advance(100);
      replayed.feed.stop();
      assertEquals(replayed.sink.text, sink.text);
      const name = choice.replay.replace("{first}", "{{first}}");
      assertEquals(replayed.lines, [`info ${name} was replayed to its end: 4 ticks.`]);
    }
    const bytes = await Deno.readFile(first);
    await Deno.writeFile(first, bytes.subarray(0, bytes.length - 3));
    const cut = setUp({ replay: first });
    cut.feed.start(cut.sink);
    cut.clock.advance(1_000);
    cut.feed.stop();
    assertEquals(cut.lines.length, 1);
    assert(/^error .*ends early, at byte \d+: it breaks off/.test(cut.lines[0] ?? ""), cut.lines[0]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a file that cannot be used is refused before anything starts, and leaves nothing open", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/notes.txt`;
    await Deno.writeTextFile(path, "these are no ticks");
    assertThrows(() => setUp({ replay: path }), RecordingError, "notes.txt is not a recording");
    assertThrows(() => setUp({ replay: `${folder}/none.twr` }), RecordingError, "there is no such file");
    assertThrows(() => setUp({ record: path }), RecordingError, "is there already");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
