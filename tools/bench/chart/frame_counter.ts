/** How the frames of some seconds came. */
export interface FrameCount {
  /** Frames that came, after the first. */
  readonly drawn: number;
  /** Frames that a screen would have shown in that time. */
  readonly due: number;
  /** Frames of the screen that passed without one being drawn, because the one before took longer. */
  readonly dropped: number;
  /** Updates in that time. */
  readonly updates: number;
}

/** What one frame lasts on a screen of 60 frames a second. */
const FRAME_MS = 1_000 / 60;

/** A frame is late when it comes this many frame times after the one before: halfway to the next one. */
const LATE_FRAMES = 1.5;

/** Counts the frames that came, and those that a screen went without. */
export class FrameCounter {
  #startedMs: number | undefined;
  #lastMs = 0;
  #drawn = 0;
  #dropped = 0;

  /** @param nowMs The time that requestAnimationFrame gives, of each frame in turn */
  add(nowMs: number): void {
    if (this.#startedMs === undefined) {
      this.#startedMs = nowMs;
    } else {
      this.#drawn++;
      const passed = (nowMs - this.#lastMs) / FRAME_MS;
      if (passed > LATE_FRAMES) this.#dropped += Math.round(passed) - 1;
    }
    this.#lastMs = nowMs;
  }

  /** From the first frame to the last, in milliseconds; 0 before there are two. */
  get elapsedMs(): number {
    return this.#lastMs - (this.#startedMs ?? 0);
  }

  count(updates: number): FrameCount {
    return { drawn: this.#drawn, due: Math.round(this.elapsedMs / FRAME_MS), dropped: this.#dropped, updates };
  }
}
