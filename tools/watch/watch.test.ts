import { assert, assertEquals } from "@std/assert";
import { FakeClock } from "../testing/fake_clock.ts";
import { FakeTransport } from "../testing/fake_transport.ts";
import { change, MOUTAI, PING_AN, quote, snapshot, symbol, update, welcome } from "../testing/server_messages.ts";
import type { WatchOptions } from "./options.ts";
import type { Terminal } from "./terminal.ts";
import { DRAW_INTERVAL_MS, startWatch } from "./watch.ts";

interface World {
  readonly clock: FakeClock;
  readonly transport: FakeTransport;
  /** What went to the output since the last look. */
  out(): string;
  err(): string;
  goLive(): void;
  readonly watch: ReturnType<typeof startWatch>;
  closePipe(): void;
}

function setUp(changes: Partial<WatchOptions> = {}, isTerminal = false, rows = 30): World {
  const clock = new FakeClock();
  const transport = new FakeTransport();
  const written = { out: "", err: "" };
  let isPipeOpen = true;
  const terminal: Terminal = {
    isTerminal,
    hasColor: false,
    size: () => ({ columns: 112, rows }),
    write: (text) => {
      written.out += text;
      return isPipeOpen;
    },
    writeError: (text) => written.err += text,
  };
  const options: WatchOptions = {
    symbols: [MOUTAI, PING_AN],
    server: "ws://x/ws",
    json: false,
    language: "en",
    ...changes,
  };
  const watch = startWatch({ options, transport, clock, random: () => 0, terminal });
  const take = (name: "out" | "err") => {
    const text = written[name];
    written[name] = "";
    return text;
  };
  const goLive = () => {
    transport.last.open();
    transport.last.say(welcome());
  };
  return {
    clock,
    transport,
    out: () => take("out"),
    err: () => take("err"),
    goLive,
    watch,
    closePipe: () => isPipeOpen = false,
  };
}

const first = snapshot(1, quote(MOUTAI, 4), quote(PING_AN, 9));

Deno.test("into a pipe goes one line for each change, and what happens to the line goes to the errors", () => {
  const { transport, out, err, goLive } = setUp();
  goLive();
  transport.last.say(first, update(2, change(MOUTAI, 4, 5)), update(3, change(MOUTAI, 4, 5)));
  const lines = out().split("\n");
  assertEquals(lines.map((line) => line.split("\t").slice(1, 4)), [
    ["600519.SH", "Name", "10.04"],
    ["000001.SZ", "Name", "10.09"],
    ["600519.SH", "Name", "10.05"],
    [],
  ]);
  assertEquals(err(), "connecting · ws://x/ws\ngreeting · ws://x/ws\nlive · ws://x/ws\n");
  transport.last.end(4008, "frames not acknowledged in time");
  assertEquals(
    err(),
    "reconnecting · ws://x/ws\nThe server closed the connection with code 4008: frames not acknowledged in time.\n",
  );
});

Deno.test("as JSON every line is an object that says what it is", () => {
  const { clock, transport, out, err, goLive } = setUp({ json: true });
  goLive();
  transport.last.say(first);
  const rejected = [{ symbol: PING_AN, code: "unknown_symbol" }];
  transport.last.say({ type: "subscribed", id: 1, ok: [MOUTAI], rejected, active: 1, rate: 10 });
  clock.advance(300);
  transport.last.end(1006);
  const objects = out().trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(objects.map(({ type }) => type), [
    "state",
    "state",
    "state",
    "quote",
    "quote",
    "rejected",
    "state",
    "error",
  ]);
  const [, , , known] = objects;
  assertEquals([known.symbol, known.lastPrice, known.seq, known.fresh], [MOUTAI, 1_004, 4, true]);
  assertEquals(objects[5].symbols, { [PING_AN]: "unknown_symbol" });
  assertEquals(err(), "");
});

Deno.test("in a terminal the table is drawn over itself, and the terminal is left as it was found", () => {
  const { clock, transport, out, goLive, watch } = setUp({}, true);
  goLive();
  transport.last.say(first);
  clock.advance(DRAW_INTERVAL_MS);
  out();
  transport.last.say(update(2, change(MOUTAI, 4, 5)));
  assertEquals(out(), "", "a change waits for the next drawing");
  clock.advance(DRAW_INTERVAL_MS);
  const frame = out();
  const [up] = frame.split("\r");
  const lines = frame.split("\n");
  assertEquals([up, lines.length - 1], ["\x1b[4A", 4]);
  assert(lines[1]?.includes("10.05") && lines[3]?.startsWith("live"), frame);
  watch.stop();
  assert(out().endsWith("\x1b[?7h\x1b[?25h"));
  clock.advance(60_000);
  assertEquals([out(), clock.pendingTimers], ["", 0]);
});

Deno.test("rows that do not fit into the window are counted instead of drawn", () => {
  const symbols = Array.from({ length: 40 }, (_, i) => symbol(`${600_000 + i}.SH`));
  const { clock, out } = setUp({ symbols }, true, 12);
  clock.advance(0);
  out();
  clock.advance(DRAW_INTERVAL_MS);
  const lines = out().split("\n");
  assert(lines.length - 1 < 12, `${lines.length}`);
  assert(lines.some((line) => line.includes("… 32 more rows")), lines.join("\n"));
});

Deno.test("unknown symbols are named with a hint while the others go on", async () => {
  const { clock, transport, out, goLive, watch } = setUp({}, true);
  goLive();
  const rejected = [{ symbol: PING_AN, code: "unknown_symbol" }];
  transport.last.say(
    { type: "subscribed", id: 1, ok: [MOUTAI], rejected, active: 1, rate: 10 },
    snapshot(1, quote(MOUTAI, 4)),
  );
  clock.advance(300);
  const frame = out();
  assert(frame.includes("Not listed here: 000001.SZ. Check the six digits"), frame);
  watch.stop();
  assertEquals(await watch.done, 0);
});

Deno.test("with nothing but unknown symbols there is nothing to watch", async () => {
  const { clock, transport, err, goLive, watch } = setUp({ symbols: [PING_AN] });
  goLive();
  const rejected = [{ symbol: PING_AN, code: "unknown_symbol" }];
  transport.last.say({ type: "subscribed", id: 1, ok: [], rejected, active: 0, rate: 10 });
  clock.advance(300);
  assertEquals(await watch.done, 1);
  assert(err().includes("there is nothing to watch"));
});

Deno.test("a span of time ends it: well where there was a quote, with 1 where there was none", async () => {
  const seen = setUp({ forMs: 10_000 });
  seen.goLive();
  seen.transport.last.say(first);
  seen.clock.advance(10_000);
  assertEquals([await seen.watch.done, seen.transport.last.closedWith?.code], [0, 1000]);

  const unseen = setUp({ forMs: 10_000 });
  unseen.clock.advance(10_000);
  assertEquals(await unseen.watch.done, 1);
});

Deno.test("a server that is not there is waited for, with one hint how to start one", () => {
  const { clock, transport, err } = setUp();
  for (let i = 0; i < 3; i++) {
    transport.last.fail("connection refused");
    clock.advance(0);
  }
  const said = err();
  assertEquals(said.split("deno task start").length, 2, said);
  assertEquals(said.split("No connection to ws://x/ws: connection refused.").length, 4);
});

Deno.test("a server that wants no further attempt ends it, and says why", async () => {
  const { transport, err, goLive, watch } = setUp();
  goLive();
  transport.last.end(4500, "too many bad messages");
  assertEquals(await watch.done, 1);
  assert(err().endsWith("The server closed the connection with code 4500: too many bad messages.\n"));
});

Deno.test("a pipe that nobody reads any more is an end, not a fault", async () => {
  const { transport, closePipe, goLive, watch, clock } = setUp();
  goLive();
  closePipe();
  transport.last.say(first);
  assertEquals(await watch.done, 0);
  clock.advance(60_000);
  assertEquals(clock.pendingTimers, 0);
});
