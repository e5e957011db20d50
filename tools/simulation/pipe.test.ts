import { assert, assertEquals } from "@std/assert";
import { Dice } from "./dice.ts";
import { Pipe } from "./pipe.ts";
import { Timeline } from "./timeline.ts";

const BYTES = 100;

function setUp(kernelBytes = 1_000, seed = 1) {
  const timeline = new Timeline();
  const arrived: number[] = [];
  const conditions = { latencyMs: 50, jitterMs: 40, bytesPerMs: 10, kernelBytes };
  const pipe = new Pipe<number>(timeline, new Dice(seed, "pipe"), conditions, (what) => arrived.push(what));
  const send = (count: number) => {
    for (let i = 0; i < count; i++) pipe.send(i, BYTES);
  };
  return { timeline, pipe, arrived, send };
}

const NUMBERS = Array.from({ length: 50 }, (_, i) => i);

Deno.test("everything arrives in order, whatever the jitter, and not before its time", () => {
  const { timeline, arrived, send } = setUp(1_000_000);
  send(50);
  timeline.runUntil(49);
  assertEquals(arrived, []);
  timeline.runUntil(10_000);
  assertEquals(arrived, NUMBERS);
});

Deno.test("while nothing moves the kernel fills, then the sender's own buffer; afterwards all of it arrives", () => {
  const { timeline, pipe, arrived, send } = setUp();
  pipe.hold("stall");
  send(50);
  timeline.runUntil(60_000);
  assertEquals([arrived, pipe.bufferedBytes], [[], 50 * BYTES - 1_000]);
  pipe.release("stall");
  timeline.runUntil(120_000);
  assertEquals([arrived, pipe.bufferedBytes], [NUMBERS, 0]);
});

Deno.test("of what is under way when the line is cut a beginning arrives, of what waits nothing, and it is another one each time", () => {
  const counts = new Set<number>();
  for (let seed = 0; seed < 50; seed++) {
    const { timeline, pipe, arrived, send } = setUp(1_000, seed);
    send(50);
    pipe.cut();
    send(50);
    timeline.runUntil(10_000);
    assertEquals(arrived, NUMBERS.slice(0, arrived.length));
    counts.add(arrived.length);
  }
  assert(Math.max(...counts) <= 10 && counts.size > 5, [...counts].join());
});
