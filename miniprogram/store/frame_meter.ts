import type { Clock } from "../lib/shared";
import type { QuoteClient } from "../net/quote_client";

const MS_PER_SECOND = 1_000;

/** Counts what arrives, for the badge and the debug page. It listens as long as the app lives and keeps no timer. */
export class FrameMeter {
  private readonly clock: Clock;
  private second = 0;
  private count = 0;
  private lastCount = 0;
  private lines = 0;
  private isNegotiating = false;

  constructor(client: QuoteClient, clock: Clock) {
    this.clock = clock;
    client.on("change", () => {
      this.roll();
      this.count += 1;
    });
    client.on("state", (state) => {
      if (state === "live" && this.isNegotiating) this.lines += 1;
      this.isNegotiating = state === "negotiating";
    });
  }

  /** Messages that changed something in the last whole second. */
  get framesPerSecond(): number {
    this.roll();
    return this.lastCount;
  }

  /** Lines after the first that became live. */
  get reconnects(): number {
    return Math.max(0, this.lines - 1);
  }

  private roll(): void {
    const second = Math.floor(this.clock.nowMs() / MS_PER_SECOND);
    if (second === this.second) return;
    this.lastCount = second === this.second + 1 ? this.count : 0;
    this.count = 0;
    this.second = second;
  }
}
