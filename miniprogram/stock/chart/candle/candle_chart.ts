import { formatPrice } from "../../../format/price";
import type { CandlePeriod } from "../../../lib/shared";
import { FrameScheduler } from "../frame_scheduler";
import { InvalidateMask } from "../invalidate_mask";
import type { Pixel } from "../../../chart/scales";
import { CandleSeries, type ChartCandle } from "../series/candle_series";
import { redraw } from "../strip";
import type { CanvasSize, ChartStyle, ChartSurface } from "../surface";
import { fontSizeOf } from "../text";
import { drawCandles } from "./candle_bodies";
import { type CandleFrame, candleFrame, changedFrame, isSameScale } from "./candle_frame";
import { drawCandleAxes, drawCandleGrid } from "./candle_grid";
import { drawLowerPanes, drawMainLines } from "./candle_lines";
import { type CandlePointer, drawCandleOverlay } from "./candle_overlay";
import { type CandleReadout, candleReadout } from "./candle_readout";
import { CandleView } from "./candle_view";
import { drawExtremeLabels } from "./extreme_labels";
import { DEFAULT_INDICATORS, type IndicatorChoice, newPane, type Pane } from "./panes";

/** From the back to the front. */
const PLOT = [drawCandleGrid, drawLowerPanes, drawCandles, drawMainLines, drawCandleAxes, drawExtremeLabels];

/** How many widths of the view there should be left of it: with fewer, older candles are asked for. */
const WIDTHS_AHEAD = 1;

/**
 * A K线 chart: candles, what is calculated from them, and a view that fingers move.
 *
 * Each method asks for one drawing in the next frame, of no more than what changed. Candles that arrive never move what
 * is seen, unless the newest candle is on the screen: then the view goes on with it.
 */
export class CandleChart {
  /** Called when the view comes near the oldest candle, once for each time that candles are set or put in front. */
  onOlderNeeded: (() => void) | undefined;
  private series = new CandleSeries("day");
  private choice = DEFAULT_INDICATORS;
  private main: Pane | undefined;
  private lower: readonly Pane[] = [];
  private readonly view = new CandleView();
  private readonly mask = new InvalidateMask();
  private readonly scheduler: FrameScheduler;
  private drawn: CandleFrame | undefined;
  private pointer: CandlePointer | undefined;
  private hasAsked = false;

  constructor(private readonly surface: ChartSurface, private size: CanvasSize, private style: ChartStyle) {
    this.scheduler = new FrameScheduler(surface.frames, () => this.draw());
    this.setCandles([], "day");
  }

  /** Shows other candles, by rising time, the newest of them on the screen. */
  setCandles(candles: readonly ChartCandle[], period: CandlePeriod): void {
    this.series = new CandleSeries(period);
    this.series.merge(candles);
    this.makePanes();
    this.view.restart(this.series.length, this.size, this.lastPriceText(), this.fontSize());
    this.pointer = undefined;
    this.hasAsked = false;
    this.everything();
  }

  /** Takes newer forms of candles: the open one after a tick, the next one, or several after the line was lost. */
  merge(candles: readonly ChartCandle[]): void {
    const from = this.series.merge(candles);
    if (from === Infinity) return;
    for (const { indicator } of this.panes()) indicator.calculate(this.series, from);
    this.view.appended(this.series.length, this.size, this.lastPriceText(), this.fontSize());
    this.mask.data(from);
    this.mask.pointer();
    this.scheduler.request();
  }

  /** Puts older candles in front, by rising time. What is seen stays where it is. */
  prepend(candles: readonly ChartCandle[]): void {
    const added = this.series.prepend(candles);
    this.hasAsked = false;
    if (added === 0) return;
    for (const { indicator } of this.panes()) indicator.calculate(this.series);
    this.view.prepended(added);
    if (this.pointer) this.pointer = { ...this.pointer, index: this.pointer.index + added };
    this.everything();
  }

  /** Chooses what is drawn over the candles and below them. */
  setIndicators(choice: IndicatorChoice): void {
    this.choice = choice;
    this.makePanes();
    this.everything();
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
    this.view.resized(size, this.lastPriceText(), this.fontSize());
    this.everything();
  }

  /** Moves the candles with a finger. @param distance In layout pixels; above 0 to the right, which shows older ones */
  panBy(distance: number): void {
    this.view.stopFling();
    this.view.panBy(distance, this.size.width);
    this.viewChanged();
  }

  /** Makes the candles wider or narrower about the place between two fingers, which stays. @param factor Above 1: wider */
  zoomAt(x: Pixel, factor: number): void {
    this.view.stopFling();
    this.view.zoomAt(x, factor, this.size.width);
    this.viewChanged();
  }

  /** Lets the candles run on after a finger let go, ever slower. @param velocity In layout pixels per millisecond */
  fling(velocity: number): void {
    this.view.startFling(velocity, this.surface.nowMs());
    this.scheduler.request();
  }

  /** Holds candles that still run: a finger touched them. */
  hold(): void {
    this.view.stopFling();
  }

  /** Back to the newest candles, at the usual width. */
  reset(): void {
    this.view.restart(this.series.length, this.size, this.lastPriceText(), this.fontSize());
    this.everything();
  }

  /** Whether the newest candle is on the screen. */
  get isAtNewest(): boolean {
    return this.view.isAtNewest;
  }

  /** What is seen, in candles and fractions of one: 0 is where the oldest begins. */
  visible(): { first: number; last: number } {
    const { right, span } = this.view.current;
    return { first: right - span, last: right };
  }

  /** Puts the crosshair on the candle under a finger. @returns what it reads; `undefined` when there is no candle */
  pointAt(x: Pixel, y: Pixel): CandleReadout | undefined {
    const { slots, first, last } = this.frame();
    if (last < first) return undefined;
    const index = Math.min(last, Math.max(first, Math.floor(slots.placeAt(x))));
    this.pointer = { index, y };
    this.redrawOverlay();
    return this.readout();
  }

  /** Takes the crosshair away. */
  clearPointer(): void {
    if (!this.pointer) return;
    this.pointer = undefined;
    this.redrawOverlay();
  }

  /** What the crosshair reads; without one, the newest candle. `undefined` when there is none. */
  readout(): CandleReadout | undefined {
    const index = this.pointer?.index ?? this.series.length - 1;
    return index < 0 ? undefined : candleReadout(this.series, this.panes(), index, this.style.language);
  }

  /** Draws nothing more. */
  dispose(): void {
    this.scheduler.cancel();
  }

  private panes(): Pane[] {
    return this.main ? [this.main, ...this.lower] : [...this.lower];
  }

  private makePanes(): void {
    const { main, lower } = this.choice;
    this.main = main && newPane(main, this.series);
    this.lower = lower.map((name) => newPane(name, this.series));
    for (const { indicator } of this.panes()) indicator.calculate(this.series);
  }

  private lastPriceText(): string {
    const { close, length } = this.series;
    return length === 0 ? "" : formatPrice(close.at(length - 1));
  }

  private fontSize(): number {
    return fontSizeOf(this.style.textScale);
  }

  private redrawOverlay(): void {
    this.mask.pointer();
    this.scheduler.request();
  }

  private everything(): void {
    this.drawn = undefined;
    this.mask.everything();
    this.scheduler.request();
  }

  private viewChanged(): void {
    this.mask.data(0);
    this.scheduler.request();
  }

  private frame(): CandleFrame {
    const { series, main, lower, style, size, view } = this;
    return candleFrame({ series, main, lower, style, size, view: view.current }, this.drawn);
  }

  private draw(): void {
    const before = this.view.current;
    if (this.view.advance(this.surface.nowMs(), this.size.width)) this.scheduler.request();
    if (this.view.current !== before) this.mask.data(0);
    const { plotFrom, overlay } = this.mask.take();
    if (plotFrom === Infinity && !overlay) return;
    const frame = this.frame();
    // The upper layer goes with the candles' height, and with the candle that is read, but not with the view as such.
    const isMoved = this.pointer !== undefined || !this.drawn || !isSameScale(frame.price, this.drawn.price);
    if (overlay || plotFrom === 0 && isMoved) this.drawOverlay(frame);
    if (plotFrom < Infinity) this.drawPlot(frame, plotFrom);
    this.askForOlder(frame);
  }

  private drawPlot(frame: CandleFrame, plotFrom: number): void {
    const { plot } = this.surface;
    const changed = changedFrame(frame, this.drawn, plotFrom);
    // A change beyond the view's right end is not seen.
    const isSeen = changed.strip.left < this.size.width;
    if (isSeen) {
      redraw(plot, this.size, frame.pixels, changed.strip, () => {
        for (const draw of PLOT) draw(plot, changed);
      });
    }
    this.drawn = frame;
  }

  private drawOverlay(frame: CandleFrame): void {
    const { overlay } = this.surface;
    redraw(overlay, this.size, frame.pixels, { left: 0, right: this.size.width }, () => {
      drawCandleOverlay(overlay, frame, this.pointer);
    });
  }

  private askForOlder({ first, view }: CandleFrame): void {
    if (this.hasAsked || this.series.length === 0 || first > view.span * WIDTHS_AHEAD) return;
    this.hasAsked = true;
    this.onOlderNeeded?.();
  }
}
