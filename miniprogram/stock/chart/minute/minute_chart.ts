import { Breath } from "../breath";
import { FrameScheduler } from "../frame_scheduler";
import { InvalidateMask } from "../invalidate_mask";
import type { Pixel } from "../../../chart/scales";
import { type MinuteDay, MinuteSeries } from "../series/minute_series";
import { redraw } from "../strip";
import type { CanvasSize, ChartStyle, ChartSurface } from "../surface";
import { changedFrame, type MinuteFrame, minuteFrame } from "./minute_frame";
import { drawAuctionRegions, drawMinuteGrid } from "./minute_grid";
import { drawMinuteLabels, minuteLabels } from "./minute_labels";
import { drawAuctionLine, drawLastDot, drawPriceFill, drawPriceLines, drawVolumes } from "./minute_lines";
import { drawMinuteOverlay } from "./minute_overlay";
import { type MinuteReadout, minuteReadout, readMinute } from "./minute_readout";
import type { AuctionPoint } from "./price_range";

/** From the back to the front. The fill is opaque, so it lies under the grid. */
const PLOT = [
  drawAuctionRegions,
  drawPriceFill,
  drawMinuteGrid,
  drawVolumes,
  drawAuctionLine,
  drawPriceLines,
  drawLastDot,
  drawMinuteLabels,
];

/**
 * A 分时 chart of one day, or of five.
 *
 * Each method asks for one drawing in the next frame, of no more than what changed; a call that changes nothing asks for
 * none.
 */
export class MinuteChart {
  private readonly series = new MinuteSeries();
  private readonly mask = new InvalidateMask();
  private readonly scheduler: FrameScheduler;
  private readonly breath = new Breath();
  private auction: readonly AuctionPoint[] | undefined;
  private drawn: MinuteFrame | undefined;
  private pointer: number | undefined;
  private breathDrawn: number | undefined;

  constructor(private readonly surface: ChartSurface, private size: CanvasSize, private style: ChartStyle) {
    this.scheduler = new FrameScheduler(surface.frames, () => this.draw());
  }

  /**
   * Takes the state of one day, or of several, the oldest first. After a tick give the new state of all of them: finished
   * candles are recognised, and only what changed is drawn.
   */
  setDays(days: readonly MinuteDay[]): void {
    const from = this.series.update(days);
    if (from === Infinity) return;
    if (from > 0 && this.drawn && this.isBreathing()) this.breath.start(this.surface.nowMs());
    this.mask.data(from);
    if (this.pointer !== undefined) this.mask.pointer();
    this.scheduler.request();
  }

  /** What is known of the opening auction: none of it is an empty list, and `undefined` takes its region away. */
  setAuction(auction: readonly AuctionPoint[] | undefined): void {
    if (auction === this.auction) return;
    this.auction = auction;
    this.everything();
  }

  /** Changes the colours, the language or the size of the labels. */
  setStyle(style: ChartStyle): void {
    if (style === this.style) return;
    this.style = style;
    if (!this.isBreathing()) this.breath.stop();
    this.everything();
  }

  /** The canvases' own `width` and `height` must have been set before: doing so clears them. */
  resize(size: CanvasSize): void {
    this.size = size;
    this.everything();
  }

  /** Puts the crosshair on the point nearest to a finger. @returns what it reads; `undefined` when there is no point */
  pointAt(x: Pixel): MinuteReadout | undefined {
    const readout = readMinute(this.series, this.frame().slots, x);
    this.setPointer(readout?.index);
    return readout;
  }

  /** Takes the crosshair away. */
  clearPointer(): void {
    this.setPointer(undefined);
  }

  /** What the crosshair reads; without one, the last point. `undefined` when there is none. */
  readout(): MinuteReadout | undefined {
    const index = Math.min(this.pointer ?? Infinity, this.series.length - 1);
    return index < 0 ? undefined : minuteReadout(this.series, index);
  }

  /** Draws nothing more. */
  dispose(): void {
    this.scheduler.cancel();
  }

  private setPointer(index: number | undefined): void {
    if (index === this.pointer) return;
    this.pointer = index;
    this.mask.pointer();
    this.scheduler.request();
  }

  private isBreathing(): boolean {
    return this.style.breathes && this.style.theme.isLive;
  }

  private everything(): void {
    this.drawn = undefined;
    this.mask.everything();
    this.scheduler.request();
  }

  private frame(): MinuteFrame {
    const { series, auction, style, size } = this;
    return minuteFrame({ series, auction, style, size });
  }

  private draw(): void {
    const { plotFrom, overlay } = this.mask.take();
    const frame = this.frame();
    if (plotFrom < Infinity) this.drawPlot(frame, plotFrom);
    const breath = this.breath.phase(this.surface.nowMs());
    if (breath !== undefined) this.scheduler.request();
    if (overlay || breath !== this.breathDrawn) this.drawOverlay(frame, breath);
  }

  private drawPlot(frame: MinuteFrame, plotFrom: number): void {
    const { plot } = this.surface;
    const changed = changedFrame(frame, this.drawn, plotFrom);
    const drawn = changed === frame ? { ...frame, labels: minuteLabels(frame) } : changed;
    redraw(plot, this.size, drawn.pixels, drawn.strip, () => {
      for (const draw of PLOT) draw(plot, drawn);
    });
    this.drawn = drawn;
  }

  private drawOverlay(frame: MinuteFrame, breath: number | undefined): void {
    const { overlay } = this.surface;
    redraw(overlay, this.size, frame.pixels, { left: 0, right: this.size.width }, () => {
      drawMinuteOverlay(overlay, frame, this.pointer === undefined ? undefined : this.readout(), breath);
    });
    this.breathDrawn = breath;
  }
}
