import type { FrameSource } from "./surface";

/**
 * Collects the reasons to draw until the next frame, and asks for that frame: ten ticks and a moving finger are one
 * drawing, of no more than what they changed together, and without a reason there is none.
 */
export class InvalidateMask {
  private plotFrom = Infinity;
  private overlay = false;
  private handle: number | undefined;

  /**
   * @param draw Draws what is due: the plot from a point or candle on, where 0 is all of it and `Infinity` none, and the
   * layer above it or not. Neither is due in a frame that was only requested.
   */
  constructor(
    private readonly frames: FrameSource,
    private readonly draw: (plotFrom: number, overlay: boolean) => void,
  ) {}

  /** The last price changed, or candles came at the end. @param index The first that is new or other than it was. */
  data(index: number): void {
    this.plotFrom = Math.min(this.plotFrom, index);
    this.request();
  }

  /** The finger moved, or something breathes: the plot stays as it is. */
  pointer(): void {
    this.overlay = true;
    this.request();
  }

  /** Something moves by itself, and will know in the next frame how far it is. */
  request(): void {
    this.handle ??= this.frames.requestAnimationFrame(() => {
      const { plotFrom, overlay } = this;
      this.plotFrom = Infinity;
      this.overlay = false;
      this.handle = undefined;
      this.draw(plotFrom, overlay);
    });
  }

  /** Draws nothing of what was asked for. */
  cancel(): void {
    if (this.handle !== undefined) this.frames.cancelAnimationFrame(this.handle);
  }
}
