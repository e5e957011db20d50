import type { Context2d } from "./context2d";
import { changedFrame, type Frame, type Furniture, paneAt } from "./frame";
import { InvalidateMask } from "./invalidate_mask";
import type { Pixel } from "../../chart/scales";
import { redraw } from "./strip";
import type { CanvasSize, ChartStyle, ChartSurface } from "./surface";
import { setFont } from "./text";

/** Where a finger reads: a point or a candle, and a height that may lie in any pane. */
export interface Pointer {
  readonly index: number;
  readonly y: Pixel;
}

/**
 * What the charts have in common: two layers, each drawn at most once a frame and no more of it than what changed.
 *
 * Each method asks for one drawing in the next frame; a call that changes nothing asks for none.
 */
export abstract class Chart<Kind extends Frame> {
  protected readonly mask: InvalidateMask;
  protected pointer: Pointer | undefined;
  protected drawn: Kind | undefined;

  constructor(protected readonly surface: ChartSurface, protected size: CanvasSize, protected style: ChartStyle) {
    this.mask = new InvalidateMask(surface.frames, (plotFrom, overlay) => this.draw(plotFrom, overlay));
  }

  /** Changes the colours, the language, the size of the labels or the kind of candles. */
  setStyle(style: ChartStyle): void {
    if (style === this.style) return;
    this.style = style;
    this.resize(this.size);
  }

  /** The canvases' own `width` and `height` must have been set before: doing so clears them. */
  resize(size: CanvasSize): void {
    this.size = size;
    this.everything();
  }

  /** Takes the crosshair away. */
  clearPointer(): void {
    if (this.pointer) this.setPointer(undefined);
  }

  /** Which pane is at a height, 0 for that of the prices; −1 where there is none. */
  paneAt(y: Pixel): number {
    return paneAt(this.frame().panes, y);
  }

  /** Draws nothing more. */
  dispose(): void {
    this.mask.cancel();
  }

  /** All that is to be seen, without its furniture. */
  protected abstract frame(): Kind;
  /** What the axes of a frame say. */
  protected abstract furnish(frame: Kind): Furniture;
  protected abstract drawPlot(context: Context2d, frame: Kind): void;
  /** Draws what lies above the plot. The font is set. */
  protected abstract drawOverlay(context: Context2d, frame: Kind): void;

  protected setPointer(pointer: Pointer | undefined): void {
    this.pointer = pointer;
    this.mask.pointer();
  }

  protected everything(): void {
    this.drawn = undefined;
    this.mask.data(0);
    this.mask.pointer();
  }

  protected draw(plotFrom: number, overlay: boolean): void {
    if (plotFrom === Infinity && !overlay) return;
    const { surface, drawn } = this;
    const frame = this.frame();
    if (plotFrom < Infinity) {
      const next = changedFrame(frame, drawn, plotFrom) ?? { ...frame, ...this.furnish(frame) };
      redraw(surface.plot, next, next.strip, () => this.drawPlot(surface.plot, next));
      this.drawn = next;
      // What lies above goes with the prices' height and with what is read, but not with the view as such.
      overlay ||= next.strip === frame.strip && (!!this.pointer || !drawn?.price.isSame(frame.price));
    }
    if (!overlay) return;
    redraw(surface.overlay, frame, { left: 0, right: this.size.width }, () => {
      setFont(surface.overlay, frame.fontSize);
      this.drawOverlay(surface.overlay, frame);
    });
  }
}
