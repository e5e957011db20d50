/** What has to be drawn anew. */
export interface Invalid {
  /** The first point or candle of the plot that changed; 0 means all of it, `Infinity` none. */
  readonly plotFrom: number;
  /** Whether the layer above the plot changed. */
  readonly overlay: boolean;
}

/**
 * Collects, until the next frame, the reasons to draw, and merges them: ten ticks and a moving finger are one drawing,
 * of no more than what they changed together.
 */
export class InvalidateMask {
  private plotFrom = Infinity;
  private overlay = false;

  /** The finger moved, or something breathes: the plot stays as it is. */
  pointer(): void {
    this.overlay = true;
  }

  /** The last price changed, or candles came at the end. @param index The first that is new or other than it was. */
  data(index: number): void {
    this.plotFrom = Math.min(this.plotFrom, index);
  }

  /** Another view, size, theme or instrument. */
  everything(): void {
    this.data(0);
    this.pointer();
  }

  /** What is to be drawn; from now on nothing is. */
  take(): Invalid {
    const taken = { plotFrom: this.plotFrom, overlay: this.overlay };
    this.plotFrom = Infinity;
    this.overlay = false;
    return taken;
  }
}
