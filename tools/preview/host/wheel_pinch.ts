/// <reference lib="dom" />
import { startTimeout } from "./browser_timers.ts";
import type { Pointer, TouchEventType } from "./gestures.ts";

/** The fingers' distance when the pinch begins, in CSS px. */
const SPREAD_PX = 100;
/** Wheel travel, in CSS px, that changes the distance by a factor of e. */
const TRAVEL_PER_FACTOR_PX = 120;
/** The wheel has come to rest after this long. */
const REST_MS = 200;

type Deliver = (type: TouchEventType, changed: Pointer[], all: Pointer[], source: Event) => void;

/**
 * Lets a visitor with a mouse or touchpad pinch: turning the wheel with Ctrl held, which is also what a browser makes
 * of a pinch on a touchpad, becomes two fingers moving apart or together.
 */
export class WheelPinch {
  #spread = 0;
  #timer = 0;
  #center: { x: number; y: number; target: EventTarget } | null = null;

  constructor(root: HTMLElement, private readonly deliver: Deliver) {
    root.addEventListener("wheel", (event) => this.#turn(event), { passive: false });
  }

  #turn(event: WheelEvent): void {
    if (!event.ctrlKey || !event.target) return;
    event.preventDefault();
    if (!this.#center) {
      this.#center = { x: event.clientX, y: event.clientY, target: event.target };
      this.#spread = SPREAD_PX;
      this.#send("touchstart", event);
    }
    this.#spread *= Math.exp(-event.deltaY / TRAVEL_PER_FACTOR_PX);
    this.#send("touchmove", event);
    clearTimeout(this.#timer);
    this.#timer = startTimeout(() => {
      this.#send("touchend", event);
      this.#center = null;
    }, REST_MS);
  }

  #send(type: TouchEventType, source: Event): void {
    if (!this.#center) return;
    const { x, y, target } = this.#center;
    const half = this.#spread / 2;
    const fingers = [-half, half].map((offset, identifier) => {
      return { identifier, clientX: x + offset, clientY: y, target };
    });
    this.deliver(type, fingers, type === "touchend" ? [] : fingers, source);
  }
}
