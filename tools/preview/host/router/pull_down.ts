/// <reference lib="dom" />
import { callMethod, type OpenPage } from "./page.ts";

/** A pull this far, in CSS px, refreshes. */
const TRIGGER_PX = 50;
const PULL_MAX_PX = 90;

/** Calls onPullDownRefresh when the page is pulled down at its top, where its JSON file enables that. */
export class PullDown {
  #isRefreshing = false;
  #startY: number | null = null;
  #distance = 0;

  constructor(private readonly page: OpenPage, isEnabled: boolean) {
    const { scroller } = page;
    if (!isEnabled) return;
    scroller.addEventListener("touchstart", (event) => this.#begin(event.touches[0]), { passive: true });
    scroller.addEventListener("touchmove", (event) => this.#pull(event.touches[0]), { passive: true });
    scroller.addEventListener("touchend", () => this.#end());
    scroller.addEventListener("touchcancel", () => this.#end());
  }

  /** As if the visitor had pulled. */
  start(): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    this.#show(TRIGGER_PX);
    callMethod(this.page.instance, "onPullDownRefresh");
  }

  /** Lets the page go back up. */
  stop(): void {
    this.#isRefreshing = false;
    this.#show(0);
  }

  #begin(touch: Touch | undefined): void {
    this.#startY = touch && this.page.scroller.scrollTop <= 0 ? touch.clientY : null;
    this.#distance = 0;
  }

  #pull(touch: Touch | undefined): void {
    if (this.#startY === null || !touch || this.#isRefreshing) return;
    this.#distance = Math.min(PULL_MAX_PX, (touch.clientY - this.#startY) / 2);
    if (this.#distance > 0) this.#show(this.#distance);
  }

  #end(): void {
    if (this.#startY === null || this.#isRefreshing) return;
    this.#startY = null;
    if (this.#distance >= TRIGGER_PX) this.start();
    else this.#show(0);
  }

  #show(distance: number): void {
    const { frame, scroller } = this.page;
    frame.toggleAttribute("data-pulled", distance > 0);
    scroller.style.translate = distance > 0 ? `0 ${distance}px` : "";
  }
}
