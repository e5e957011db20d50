import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { FakeClock } from "../../../tools/testing/fake_clock.ts";
import type { Gesture, TouchPoint } from "./gesture";
import { DOUBLE_TAP_MS, GestureRecogniser, PRESS_AFTER_MS, SLOP_PX } from "./recogniser";

const at = (x: number, y = 100, identifier = 0): TouchPoint => ({ identifier, x, y });

function newHand() {
  const clock = new FakeClock();
  const gestures: Gesture[] = [];
  const hand = new GestureRecogniser(clock, (gesture) => gestures.push(gesture));
  return { clock, gestures, hand, types: () => gestures.map(({ type }) => type) };
}

type Hand = ReturnType<typeof newHand>;

function tap({ hand, clock }: Hand, x: number, y = 100): void {
  hand.start([at(x, y)]);
  clock.advance(40);
  hand.end([]);
}

Deno.test("a short touch is a tap where it began, even if the finger trembled", () => {
  const world = newHand();
  world.hand.start([at(50)]);
  world.hand.move([at(50 + SLOP_PX)]);
  world.hand.end([]);
  assertEquals(world.gestures, [{ type: "down" }, { type: "tap", x: 50, y: 100 }]);
  world.clock.advance(10_000);
  assertEquals([world.gestures.length, world.clock.pendingTimers], [2, 0]);
});

Deno.test("two quick taps at one place are a double tap; slow ones, distant ones and a third are not", () => {
  const cases: [number, number, number][] = [[100, 10, 1], [DOUBLE_TAP_MS + 1, 10, 0], [100, 60, 0]];
  for (const [waitMs, distance, doubles] of cases) {
    const world = newHand();
    tap(world, 50);
    world.clock.advance(waitMs);
    tap(world, 50 + distance);
    assertEquals(world.types().filter((type) => type === "doubletap").length, doubles, `${waitMs} ms, ${distance} px`);
  }
  const world = newHand();
  for (let i = 0; i < 3; i++) tap(world, 50);
  assertEquals(world.types().filter((type) => type === "doubletap").length, 1);
});

Deno.test("a finger that rests leads the crosshair until it is lifted, up and down as well", () => {
  const { hand, clock, gestures } = newHand();
  hand.start([at(50)]);
  clock.advance(PRESS_AFTER_MS - 1);
  hand.move([at(53)]);
  clock.advance(1);
  hand.move([at(80, 240)]);
  hand.end([]);
  assertEquals(gestures.slice(1), [
    { type: "press", x: 53, y: 100 },
    { type: "press", x: 80, y: 240 },
    { type: "pressend" },
  ]);
});

Deno.test("a finger that moves sideways pans by just what it moved, its first pixels included", () => {
  const { hand, gestures } = newHand();
  hand.start([at(50)]);
  for (const x of [54, 62, 70, 65]) hand.move([at(x, 102)]);
  const moved = gestures.reduce((sum, gesture) => sum + (gesture.type === "pan" ? gesture.dx : 0), 0);
  assertEquals(moved, 15);
});

Deno.test("a finger that moves up or down scrolls the page, and nothing here", () => {
  const { hand, clock, types } = newHand();
  hand.start([at(50, 100)]);
  hand.move([at(52, 120)]);
  clock.advance(1_000);
  hand.move([at(150, 140)]);
  hand.end([]);
  assertEquals(types(), ["down"]);
});

Deno.test("a flung finger tells its speed, one that came to rest tells 0", () => {
  for (const [restMs, velocity] of [[0, 0.5], [200, 0]] as const) {
    const { hand, clock, gestures } = newHand();
    hand.start([at(0)]);
    for (let i = 1; i <= 20; i++) {
      clock.advance(10);
      hand.move([at(5 * i)]);
    }
    clock.advance(restMs);
    hand.end([]);
    const last = gestures.at(-1)!;
    assertEquals(last.type, "panend");
    assertAlmostEquals(last.type === "panend" ? last.velocity : NaN, velocity, 1e-9);
  }
});

Deno.test("two fingers pinch about their middle, and the one that stays goes on to pan without a jump", () => {
  const { hand, gestures } = newHand();
  hand.start([at(100)]);
  hand.start([at(100), at(200, 100, 1)]);
  hand.move([at(80), at(240, 100, 1)]);
  hand.end([at(240, 100, 1)]);
  hand.move([at(250, 100, 1)]);
  hand.end([]);
  assertEquals(gestures.slice(1), [
    { type: "pinch", factor: 1, x: 150, dx: 0 },
    { type: "pinch", factor: 1.6, x: 160, dx: 10 },
    { type: "pan", dx: 10 },
    { type: "panend", velocity: 0 },
  ]);
});

Deno.test("a second finger ends the press, and a call that comes in ends everything", () => {
  const { hand, clock, types } = newHand();
  hand.start([at(100)]);
  clock.advance(PRESS_AFTER_MS);
  hand.start([at(100), at(200, 100, 1)]);
  assertEquals(types(), ["down", "press", "pressend", "pinch"]);
  hand.cancel();
  hand.start([at(10)]);
  hand.move([at(40)]);
  hand.cancel();
  assertEquals(types().slice(4), ["down", "pan", "panend"]);
  assertEquals(clock.pendingTimers, 0);
});

Deno.test("fingers that meet pinch by no absurd factor", () => {
  const { hand, gestures } = newHand();
  hand.start([at(100)]);
  hand.start([at(100), at(100, 100, 1)]);
  hand.move([at(100), at(103, 100, 1)]);
  hand.move([at(100), at(124, 100, 1)]);
  assertEquals(gestures.filter(({ type }) => type === "pinch").map((g) => g.type === "pinch" && g.factor), [1, 1, 1]);
});

Deno.test("whatever the fingers do, every number is finite, and no timer stays behind when they have gone", () => {
  const step = fc.record({
    kind: fc.constantFrom("start", "move", "end", "cancel", "wait"),
    fingers: fc.array(fc.record({ x: fc.integer({ min: -50, max: 500 }), y: fc.nat(400) }), { maxLength: 4 }),
    waitMs: fc.nat(600),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    const { hand, clock, gestures, types } = newHand();
    for (const { kind, fingers, waitMs } of steps) {
      const points = fingers.map((finger, identifier) => ({ ...finger, identifier }));
      if (kind === "wait") clock.advance(waitMs);
      else if (kind === "cancel") hand.cancel();
      else hand[kind](points);
    }
    hand.cancel();
    clock.advance(10_000);
    for (const gesture of gestures) {
      for (const value of Object.values(gesture)) {
        assertEquals(typeof value === "string" || Number.isFinite(value), true);
      }
    }
    const presses = types().filter((type, i) => type === "press" && types()[i - 1] !== "press").length;
    assertEquals(types().filter((type) => type === "pressend").length, presses);
    assertEquals(clock.pendingTimers, 0);
  }));
});
