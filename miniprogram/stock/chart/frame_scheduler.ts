/** How a surface offers its next frame: `canvas.requestAnimationFrame` on a phone. */
export interface FrameSource {
  requestAnimationFrame(callback: () => void): number;
  cancelAnimationFrame(handle: number): void;
}

/** Draws at most once a frame, however often it is asked, and never when nobody asked. */
export class FrameScheduler {
  private readonly source: FrameSource;
  private readonly draw: () => void;
  private handle: number | undefined;

  constructor(source: FrameSource, draw: () => void) {
    this.source = source;
    this.draw = draw;
  }

  /** Asks for a drawing in the next frame. */
  request(): void {
    if (this.handle !== undefined) return;
    this.handle = this.source.requestAnimationFrame(() => {
      this.handle = undefined;
      this.draw();
    });
  }

  /** Forgets a drawing that was asked for. */
  cancel(): void {
    if (this.handle === undefined) return;
    this.source.cancelAnimationFrame(this.handle);
    this.handle = undefined;
  }
}
