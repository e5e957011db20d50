/// <reference lib="dom" />
import type { CDPSession, Page } from "playwright-core";

/** Where a finger is, in pixels of the screen. */
export type Finger = readonly [x: number, y: number];

/** Fingers at one moment; none, they are lifted. */
export type Fingers = readonly Finger[];

declare global {
  /** What `Date.now` says while a gesture is made, in milliseconds; otherwise it tells the time. */
  var timeOfGestureMs: number | undefined;
}

/**
 * Fingers on the screen, as the browser itself reports them. While they move, the page's time is theirs: however late a
 * busy browser hears of a finger, it is as fast as the test says, and two taps are as far apart.
 */
export class Hand {
  private session: CDPSession | undefined;
  private fingersDown = 0;

  private constructor(private readonly page: Page) {}

  /** A hand for a page that has not been opened yet. */
  static async over(page: Page): Promise<Hand> {
    await page.addInitScript(() => {
      const wallMs = Date.now;
      Date.now = () => globalThis.timeOfGestureMs ?? wallMs();
    });
    return new Hand(page);
  }

  /**
   * Moves fingers from one step to the next.
   *
   * @param stepMs Between two steps. A finger moves at once when it has come down, and is lifted where it moved last.
   * @param look Looks at the page after the last step, in the same moment.
   */
  async touch<Seen>(steps: readonly Fingers[], stepMs: number, look: () => Promise<Seen>): Promise<Seen> {
    // One session for all touches: a finger that is down goes with the session that put it there.
    const session = this.session ??= await this.page.context().newCDPSession(this.page);
    let timeMs = await this.page.evaluate(() => Date.now());
    for (const together of this.moments(steps)) {
      await this.page.evaluate((timeMs) => globalThis.timeOfGestureMs = timeMs, timeMs);
      await Promise.all(together.map((fingers) => this.dispatch(session, fingers)));
      await this.page.waitForTimeout(stepMs);
      timeMs += stepMs;
    }
    const seen = await look();
    await this.page.evaluate(() => globalThis.timeOfGestureMs = undefined);
    return seen;
  }

  /** Steps between which no time passes: a browser that is busy between them would see a finger rest that does not. */
  private moments(steps: readonly Fingers[]): Fingers[][] {
    const moments: Fingers[][] = [];
    let [before, mayJoin] = [this.fingersDown, false];
    for (const fingers of steps) {
      const joins = mayJoin || fingers.length < before;
      if (joins && moments.length > 0) moments.at(-1)!.push(fingers);
      else moments.push([fingers]);
      // What follows a finger that has come down belongs to it; what follows that does not.
      mayJoin = fingers.length > before;
      before = fingers.length;
    }
    return moments;
  }

  private async dispatch(session: CDPSession, fingers: Fingers): Promise<void> {
    const more = fingers.length - this.fingersDown;
    this.fingersDown = fingers.length;
    const type = more > 0 ? "touchStart" : more < 0 ? "touchEnd" : "touchMove";
    await session.send("Input.dispatchTouchEvent", { type, touchPoints: fingers.map(([x, y], id) => ({ x, y, id })) });
  }
}
