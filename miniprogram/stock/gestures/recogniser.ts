import type { Clock } from "../../lib/shared";
import { Timer } from "../../net/timer";
import type { Gesture, TouchPoint } from "./gesture";
import { Velocity } from "./velocity";

/** A finger that rests for so long presses, in milliseconds. */
export const PRESS_AFTER_MS = 350;

/** A finger that moves further than this neither taps nor presses, in layout pixels. */
export const SLOP_PX = 8;

/** Longest time between two taps that are one double tap, in milliseconds. */
export const DOUBLE_TAP_MS = 300;

/** How far apart its two taps may be, in layout pixels. */
const DOUBLE_TAP_SLOP_PX = 24;

/** Fingers closer than this count as this far apart: a ratio of tiny distances would jump. In layout pixels. */
const PINCH_DISTANCE_MIN_PX = 24;

/**
 * - `pending`: one finger that has not decided yet;
 * - `press`: it rested, and now leads the crosshair;
 * - `pan`: it moves sideways;
 * - `scroll`: it moves up or down, which is the page's business, until it is lifted;
 * - `pinch`: two fingers.
 */
type State = "idle" | "pending" | "press" | "pan" | "scroll" | "pinch";

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Turns touches into gestures. Pure but for its clock: a test moves both. */
export class GestureRecogniser {
  private readonly clock: Clock;
  private readonly emit: (gesture: Gesture) => void;
  private readonly pressTimer: Timer;
  private readonly velocity = new Velocity();
  private state: State = "idle";
  /** The fingers as they were last seen. */
  private fingers: readonly TouchPoint[] = [];
  private began: Place = { x: 0, y: 0 };
  private lastTap: (Place & { readonly atMs: number }) | undefined;

  constructor(clock: Clock, emit: (gesture: Gesture) => void) {
    this.clock = clock;
    this.emit = emit;
    this.pressTimer = new Timer(clock);
  }

  /** A finger came. @param fingers All that are on the chart now. */
  start(fingers: readonly TouchPoint[]): void {
    const [first] = fingers;
    if (!first) return;
    if (this.state === "idle") {
      this.emit({ type: "down" });
      this.state = "pending";
      this.began = first;
      this.pressTimer.set(PRESS_AFTER_MS, () => this.press());
    } else if (fingers.length > 1 && this.state !== "pinch") this.beginPinch(fingers);
    this.fingers = fingers;
  }

  /** @param fingers All that are on the chart now. */
  move(fingers: readonly TouchPoint[]): void {
    const [first] = fingers;
    if (!first) return;
    if (this.state === "pending") this.decide(first);
    else if (this.state === "press") this.emit({ type: "press", x: first.x, y: first.y });
    else if (this.state === "pan") this.pan(first);
    else if (this.state === "pinch") this.pinch(fingers);
    this.fingers = fingers;
  }

  /** A finger went. @param fingers Those that stay. */
  end(fingers: readonly TouchPoint[]): void {
    if (this.state === "pinch" && fingers.length > 1) this.fingers = fingers;
    else if (this.state === "pinch" && fingers[0]) this.goOnWithOne(fingers[0]);
    else if (fingers.length === 0) this.finish();
  }

  /** The system took the fingers away, as for a call that comes in. */
  cancel(): void {
    this.pressTimer.clear();
    if (this.state === "press") this.emit({ type: "pressend" });
    if (this.state === "pan") this.emit({ type: "panend", velocity: 0 });
    this.rest();
  }

  private press(): void {
    this.state = "press";
    this.emit({ type: "press", ...placeOf(this.fingers[0] ?? this.began) });
  }

  private decide(finger: TouchPoint): void {
    const [dx, dy] = [finger.x - this.began.x, finger.y - this.began.y];
    if (Math.max(Math.abs(dx), Math.abs(dy)) <= SLOP_PX) return;
    this.pressTimer.clear();
    this.state = Math.abs(dx) > Math.abs(dy) ? "pan" : "scroll";
    if (this.state === "pan") this.moveBy(finger, dx);
  }

  private pan(finger: TouchPoint): void {
    this.moveBy(finger, finger.x - (this.fingers[0]?.x ?? finger.x));
  }

  private moveBy({ x }: TouchPoint, dx: number): void {
    this.velocity.add(this.clock.nowMs(), x);
    if (dx !== 0) this.emit({ type: "pan", dx });
  }

  private beginPinch(fingers: readonly TouchPoint[]): void {
    this.pressTimer.clear();
    if (this.state === "press") this.emit({ type: "pressend" });
    this.velocity.clear();
    this.state = "pinch";
    // Told before anything moves, so that the page does not begin to scroll with two fingers.
    this.emit({ type: "pinch", factor: 1, x: pairOf(fingers)?.x ?? this.began.x, dx: 0 });
  }

  private pinch(fingers: readonly TouchPoint[]): void {
    const [before, now] = [pairOf(this.fingers), pairOf(fingers)];
    if (!before || !now) return;
    const factor = now.distance / before.distance;
    const dx = now.x - before.x;
    if (factor !== 1 || dx !== 0) this.emit({ type: "pinch", factor, x: now.x, dx });
  }

  /** One of two fingers was lifted: the other one goes on to pan, from where it is. */
  private goOnWithOne(finger: TouchPoint): void {
    this.state = "pan";
    this.velocity.clear();
    this.fingers = [finger];
  }

  private finish(): void {
    this.pressTimer.clear();
    if (this.state === "press") this.emit({ type: "pressend" });
    if (this.state === "pan") this.emit({ type: "panend", velocity: this.velocity.at(this.clock.nowMs()) });
    if (this.state === "pending") this.tap(this.began);
    this.rest();
  }

  private tap({ x, y }: Place): void {
    const atMs = this.clock.nowMs();
    const before = this.lastTap;
    this.emit({ type: "tap", x, y });
    const isSecond = before !== undefined && atMs - before.atMs <= DOUBLE_TAP_MS &&
      Math.hypot(x - before.x, y - before.y) <= DOUBLE_TAP_SLOP_PX;
    // A third tap begins anew, so that three are not two double taps.
    this.lastTap = isSecond ? undefined : { x, y, atMs };
    if (isSecond) this.emit({ type: "doubletap", x, y });
  }

  private rest(): void {
    this.state = "idle";
    this.fingers = [];
    this.velocity.clear();
  }
}

function placeOf({ x, y }: Place): Place {
  return { x, y };
}

/** The middle between the first two fingers and their distance. */
function pairOf([one, other]: readonly TouchPoint[]): { x: number; distance: number } | undefined {
  if (!one || !other) return undefined;
  const distance = Math.hypot(one.x - other.x, one.y - other.y);
  return { x: (one.x + other.x) / 2, distance: Math.max(PINCH_DISTANCE_MIN_PX, distance) };
}
