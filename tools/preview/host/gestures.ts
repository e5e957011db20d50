/// <reference lib="dom" />
// Turns the browser's touch and mouse events into the touch events, taps and long presses of a mini-program.

import { startTimeout } from "./browser_timers.ts";
import { dispatchTo, elementOf } from "./backend.ts";
import { logicalBox, pageOrigin } from "./phone.ts";
import { WheelPinch } from "./wheel_pinch.ts";

/** A press of at least this long that does not move is a long press. */
const LONG_PRESS_MS = 350;
/** A finger that moves further than this, in CSS px, neither taps nor presses long. */
const TAP_SLOP_PX = 10;
/** Browsers repeat a touch as mouse events; within this time they are ignored. */
const GHOST_MOUSE_MS = 800;
const MOUSE_ID = 0;

type GlassElement = NonNullable<ReturnType<typeof elementOf>>;

/** A finger, or the mouse button, on the screen. */
export interface Pointer {
  identifier: number;
  clientX: number;
  clientY: number;
  target: EventTarget;
}

/** A touch as mini-programs see it; coordinates are relative to the page, `x` and `y` to the target. In CSS px. */
interface PageTouch {
  identifier: number;
  force: number;
  clientX: number;
  clientY: number;
  pageX: number;
  pageY: number;
  x: number;
  y: number;
}

interface Press {
  startX: number;
  startY: number;
  element: GlassElement;
  mayTap: boolean;
  timer: number;
}

/** Listens on `root` for as long as the page lives. */
export class Gestures {
  readonly #presses = new Map<number, Press>();
  #lastTouchMs = -GHOST_MOUSE_MS;
  #isMouseDown = false;
  #mouseTarget: EventTarget | null = null;

  constructor(private readonly root: HTMLElement, private readonly now: () => number = () => performance.now()) {
    const options = { capture: true, passive: false };
    for (const type of ["touchstart", "touchmove", "touchend", "touchcancel"] as const) {
      root.addEventListener(type, (event) => this.#onTouch(type, event), options);
    }
    new WheelPinch(root, (...values) => this.#deliver(...values));
    root.addEventListener("mousedown", (event) => this.#onMouseDown(event), options);
    globalThis.addEventListener("mousemove", (event) => this.#onMouse("touchmove", event), options);
    globalThis.addEventListener("mouseup", (event) => this.#onMouse("touchend", event), options);
  }

  #onTouch(type: TouchEventType, event: TouchEvent): void {
    this.#lastTouchMs = this.now();
    this.#deliver(type, Array.from(event.changedTouches), Array.from(event.touches), event);
  }

  #onMouseDown(event: MouseEvent): void {
    if (event.button !== 0 || this.now() - this.#lastTouchMs < GHOST_MOUSE_MS || !event.target) return;
    this.#isMouseDown = true;
    this.#mouseTarget = event.target;
    const pointer = this.#mousePointer(event);
    this.#deliver("touchstart", [pointer], [pointer], event);
  }

  #onMouse(type: "touchmove" | "touchend", event: MouseEvent): void {
    if (!this.#isMouseDown) return;
    const pointer = this.#mousePointer(event);
    if (type === "touchend") this.#isMouseDown = false;
    this.#deliver(type, [pointer], type === "touchend" ? [] : [pointer], event);
  }

  #mousePointer(event: MouseEvent): Pointer {
    const target = this.#mouseTarget ?? this.root;
    return { identifier: MOUSE_ID, clientX: event.clientX, clientY: event.clientY, target };
  }

  #deliver(type: TouchEventType, changed: Pointer[], all: Pointer[], source: Event): void {
    const target = elementOf(changed[0]?.target ?? null);
    if (!target) return;
    const touches = all.map(toPageTouch);
    const changedTouches = changed.map(toPageTouch);
    if (type === "touchstart") changed.forEach((pointer) => this.#press(pointer, all.length));
    if (type === "touchmove") changed.forEach((pointer) => this.#move(pointer));
    const prevented = send(target, type, {}, touches, changedTouches, source);
    if (prevented && source.cancelable) source.preventDefault();
    if (type === "touchend") {
      changed.forEach((pointer) => this.#release(pointer, source));
      // The browser would repeat the touch as a click, on whatever has appeared under the finger by then.
      const isField = source.target instanceof Element && source.target.matches("input, textarea");
      if (source instanceof TouchEvent && source.cancelable && !isField) source.preventDefault();
    }
    if (type === "touchcancel") changed.forEach((pointer) => this.#forget(pointer.identifier));
  }

  #press(pointer: Pointer, fingers: number): void {
    const element = elementOf(pointer.target);
    if (!element) return;
    // A second finger makes a pinch of it: nobody taps.
    if (fingers > 1) { for (const id of this.#presses.keys()) this.#disarm(id); }
    const press: Press = { startX: pointer.clientX, startY: pointer.clientY, element, mayTap: fingers === 1, timer: 0 };
    this.#presses.set(pointer.identifier, press);
    if (!press.mayTap) return;
    press.timer = startTimeout(() => {
      const touch = toPageTouch(pointer);
      send(element, "longpress", { x: touch.pageX, y: touch.pageY }, [touch], [touch], undefined);
      send(element, "longtap", { x: touch.pageX, y: touch.pageY }, [touch], [touch], undefined);
      if (hasListener(element, "longpress") || hasListener(element, "longtap")) press.mayTap = false;
    }, LONG_PRESS_MS);
  }

  #move(pointer: Pointer): void {
    const press = this.#presses.get(pointer.identifier);
    if (!press) return;
    const distance = Math.max(Math.abs(pointer.clientX - press.startX), Math.abs(pointer.clientY - press.startY));
    if (distance > TAP_SLOP_PX) this.#disarm(pointer.identifier);
  }

  #release(pointer: Pointer, source: Event): void {
    const press = this.#presses.get(pointer.identifier);
    this.#forget(pointer.identifier);
    if (!press?.mayTap) return;
    const touch = toPageTouch(pointer);
    send(press.element, "tap", { x: touch.pageX, y: touch.pageY }, [], [touch], source);
  }

  #disarm(identifier: number): void {
    const press = this.#presses.get(identifier);
    if (!press) return;
    globalThis.clearTimeout(press.timer);
    press.mayTap = false;
  }

  #forget(identifier: number): void {
    this.#disarmTimer(identifier);
    this.#presses.delete(identifier);
  }

  #disarmTimer(identifier: number): void {
    const press = this.#presses.get(identifier);
    if (press) globalThis.clearTimeout(press.timer);
  }
}

/** The touch events of a mini-program. */
export type TouchEventType = "touchstart" | "touchmove" | "touchend" | "touchcancel";

function send(
  target: GlassElement,
  type: string,
  detail: unknown,
  touches: PageTouch[],
  changedTouches: PageTouch[],
  originalEvent: Event | undefined,
): boolean {
  const extraFields = { touches, changedTouches };
  return dispatchTo(target, type, detail, {
    bubbles: true,
    composed: true,
    capturePhase: true,
    originalEvent,
    extraFields,
  });
}

/** Whether an element on the way up listens for an event type. */
function hasListener(element: GlassElement, type: string): boolean {
  let at: GlassElement | null | undefined = element;
  while (at) {
    const target = (at as unknown as { _$eventTarget?: { listeners: Record<string, unknown> } | null })._$eventTarget;
    if (target && type in target.listeners) return true;
    at = at.getComposedParent() as GlassElement | null;
  }
  return false;
}

function toPageTouch(pointer: Pointer): PageTouch {
  const target = pointer.target instanceof Element ? pointer.target : document.body;
  const point = new DOMRect(pointer.clientX, pointer.clientY);
  const { left: clientX, top: clientY } = logicalBox(point, pageOrigin(target));
  const { left: x, top: y } = logicalBox(point, target.getBoundingClientRect());
  const scroller = target.closest(".page-scroller");
  return {
    identifier: pointer.identifier,
    force: 1,
    clientX,
    clientY,
    pageX: clientX + (scroller?.scrollLeft ?? 0),
    pageY: clientY + (scroller?.scrollTop ?? 0),
    x,
    y,
  };
}
