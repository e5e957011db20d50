/// <reference lib="dom" />
import { startTimeout } from "./browser_timers.ts";
import type { FreezableTimers } from "./timers.ts";

/** A phone stops a mini-program's JavaScript about this long after it went to the background. */
export const FREEZE_AFTER_MS = 5_000;

/** Moves the mini-program between foreground, background and frozen, by the tab's visibility or by hand. */
export class Lifecycle {
  readonly showListeners = new Set<() => void>();
  readonly hideListeners = new Set<() => void>();
  /** Told when JavaScript stops; sockets drop without a word. */
  readonly freezeListeners = new Set<() => void>();
  /** How long the background lasts before the freeze, in ms. Tests shorten it. */
  freezeAfterMs = FREEZE_AFTER_MS;
  #isHidden = false;
  #isHeld = false;
  #timer = 0;

  constructor(private readonly timers: FreezableTimers) {
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.#hide();
      else if (!this.#isHeld) this.#show();
    });
  }

  get isInBackground(): boolean {
    return this.#isHidden;
  }

  get isFrozen(): boolean {
    return this.timers.frozen;
  }

  /** Sends the mini-program to the background, where it stays until {@link foreground}. */
  background(): void {
    this.#isHeld = true;
    this.#hide();
  }

  /** Brings it back. */
  foreground(): void {
    this.#isHeld = false;
    this.#show();
  }

  /** Stops JavaScript at once instead of after {@link freezeAfterMs}. */
  freeze(): void {
    globalThis.clearTimeout(this.#timer);
    if (this.timers.frozen) return;
    this.timers.freeze();
    for (const listener of this.freezeListeners) listener();
  }

  #hide(): void {
    if (this.#isHidden) return;
    this.#isHidden = true;
    for (const listener of this.hideListeners) listener();
    this.#timer = startTimeout(() => this.freeze(), this.freezeAfterMs);
  }

  #show(): void {
    if (!this.#isHidden) return;
    this.#isHidden = false;
    globalThis.clearTimeout(this.#timer);
    this.timers.thaw();
    for (const listener of this.showListeners) listener();
  }
}
