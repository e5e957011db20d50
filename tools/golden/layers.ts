/// <reference lib="dom" />
import type { CanvasSize, ChartSurface } from "../../miniprogram/stock/chart/surface.ts";

/** A chart's two canvases, off the screen, and frames that come when they are asked for. */
export class Layers {
  readonly surface: ChartSurface;
  readonly #canvases: readonly HTMLCanvasElement[];
  #callbacks: (() => void)[] = [];

  constructor({ width, height, pixelRatio }: CanvasSize) {
    this.#canvases = [0, 1].map(() => {
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(width * pixelRatio);
      canvas.height = Math.round(height * pixelRatio);
      return canvas;
    });
    const [plot, overlay] = this.#canvases.map((canvas) => canvas.getContext("2d")!) as [
      CanvasRenderingContext2D,
      CanvasRenderingContext2D,
    ];
    const frames = {
      requestAnimationFrame: (callback: () => void) => this.#callbacks.push(callback),
      cancelAnimationFrame: () => void (this.#callbacks = []),
    };
    this.surface = { plot, overlay, frames, nowMs: () => 0 };
  }

  /** Runs what was asked for. */
  frame(): void {
    const callbacks = this.#callbacks;
    this.#callbacks = [];
    for (const callback of callbacks) callback();
  }

  /** Draws both onto a sheet, one on the other. */
  copyTo(sheet: CanvasRenderingContext2D, left: number, top: number, background: string): void {
    const { width, height } = this.#canvases[0]!;
    sheet.fillStyle = background;
    sheet.fillRect(left, top, width, height);
    for (const canvas of this.#canvases) sheet.drawImage(canvas, left, top);
  }

  /** The pixels of both, one on the other. */
  pixels(): ImageData {
    const { width, height } = this.#canvases[0]!;
    const sheet = newCanvas(width, height);
    this.copyTo(sheet, 0, 0, "#ffffff");
    return sheet.getImageData(0, 0, width, height);
  }
}

/** A canvas in memory, for pixels to be read from. */
export function newCanvas(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas.getContext("2d", { willReadFrequently: true })!;
}
