import type { Pixel } from "../../../chart/scales";
import { formatPrice } from "../../../format/price";
import type { CandlePeriod } from "../../../lib/shared";
import { Chart } from "../chart";
import type { Context2d } from "../context2d";
import type { Furniture } from "../frame";
import { drawCandles } from "../renderers/candles";
import { drawColumns } from "../renderers/columns";
import { drawLabels } from "../renderers/labels";
import { drawLines } from "../renderers/line";
import { drawGrid } from "../renderers/rules";
import { tagWidth } from "../renderers/tag";
import { CandleSeries, type ChartCandle } from "../series/candle_series";
import type { CanvasSize, ChartStyle, ChartSurface } from "../surface";
import { fontSizeOf } from "../text";
import { leftOfView, type ViewBounds } from "../viewport";
import { within } from "../within";
import { type CandleFrame, candleFrame } from "./candle_frame";
import { candleFurniture } from "./candle_labels";
import { drawCandleOverlay } from "./candle_overlay";
import { type CandleReadout, candleReadout } from "./candle_readout";
import { CandleView, viewBounds } from "./candle_view";
import { DEFAULT_INDICATORS, type IndicatorChoice, newStudy, type Studies } from "./panes";

/** How many widths of the view there should be left of it: with fewer, older candles are asked for. */
const WIDTHS_AHEAD = 1;

/** Between the newest candle and the last price's tag, in layout pixels. */
const GAP = 2;

/**
 * A K线 chart: candles, what is calculated from them, and a view that fingers move.
 *
 * Candles that arrive never move what is seen, unless the newest candle is on the screen: then the view goes on with it.
 */
export class CandleChart extends Chart<CandleFrame> {
  /** Called when the view comes near the oldest candle, once for each time that candles are set or put in front. */
  onOlderNeeded: (() => void) | undefined;
  private series = new CandleSeries("day");
  private choice = DEFAULT_INDICATORS;
  private studies: Studies = [undefined];
  private readonly view = new CandleView();
  private hasAsked = false;

  constructor(surface: ChartSurface, size: CanvasSize, style: ChartStyle) {
    super(surface, size, style);
    this.setCandles([], "day");
  }

  /** Shows other candles, by rising time, the newest of them on the screen. */
  setCandles(candles: readonly ChartCandle[], period: CandlePeriod): void {
    this.series = new CandleSeries(period);
    this.series.merge(candles);
    this.pointer = undefined;
    this.hasAsked = false;
    this.setIndicators(this.choice);
    this.reset();
  }

  /** Takes newer forms of candles: the open one after a tick, the next one, or several after the line was lost. */
  merge(candles: readonly ChartCandle[]): void {
    const from = this.series.merge(candles);
    if (from === Infinity) return;
    this.calculate(from);
    this.view.appended(this.bounds());
    this.mask.data(from);
    this.mask.pointer();
  }

  /** Puts older candles in front, by rising time. What is seen stays where it is. */
  prepend(candles: readonly ChartCandle[]): void {
    const added = this.series.prepend(candles);
    this.hasAsked = false;
    if (added === 0) return;
    this.calculate(0);
    this.view.prepended(added, this.bounds());
    if (this.pointer) this.pointer = { ...this.pointer, index: this.pointer.index + added };
    this.everything();
  }

  /** Chooses what is drawn over the candles and below them. */
  setIndicators(choice: IndicatorChoice): void {
    this.choice = choice;
    const { main, lower } = choice;
    this.studies = [main && newStudy(main, this.series), ...lower.map((name) => newStudy(name, this.series))];
    this.everything();
  }

  override resize(size: CanvasSize): void {
    super.resize(size);
    this.view.resized(this.bounds());
  }

  /** Moves the candles with a finger. @param distance In layout pixels; above 0 to the right, which shows older ones */
  panBy(distance: Pixel): void {
    this.view.panBy(distance, this.size.width);
    this.mask.data(0);
  }

  /** Makes the candles wider or narrower about the place between two fingers, which stays. @param factor Above 1: wider */
  zoomAt(x: Pixel, factor: number): void {
    this.view.zoomAt(x, factor, this.size.width);
    this.mask.data(0);
  }

  /** Lets the candles run on after a finger let go, ever slower. @param velocity In layout pixels per millisecond */
  fling(velocity: number): void {
    this.view.startFling(velocity, this.surface.nowMs());
    this.mask.request();
  }

  /** Holds candles that still run: a finger touched them. */
  hold(): void {
    this.view.stopFling();
  }

  /** Back to the newest candles, at the usual width. */
  reset(): void {
    this.view.restart(this.bounds(), this.size.width);
    this.everything();
  }

  /** Whether the newest candle is on the screen. */
  get isAtNewest(): boolean {
    return this.view.isAtNewest;
  }

  /** What is seen, in candles and fractions of one: 0 is where the oldest begins. */
  visible(): { first: number; last: number } {
    return { first: leftOfView(this.view.current), last: this.view.current.right };
  }

  /** Puts the crosshair on the candle under a finger. @returns what it reads; `undefined` when there is no candle */
  pointAt(x: Pixel, y: Pixel): CandleReadout | undefined {
    const { slots, first, last } = this.frame();
    if (last < first) return undefined;
    this.setPointer({ index: within(Math.floor(slots.placeAt(x)), first, last), y });
    return this.readout();
  }

  /** What the crosshair reads; without one, the newest candle. `undefined` when there is none. */
  readout(): CandleReadout | undefined {
    const { series, studies, style } = this;
    const index = this.pointer?.index ?? series.candles.length - 1;
    return index < 0 ? undefined : candleReadout(series, studies, index, style.language);
  }

  protected frame(): CandleFrame {
    const { series, studies, style, size, view } = this;
    return candleFrame({ series, studies, style, size, view: view.current });
  }

  protected furnish(frame: CandleFrame): Furniture {
    return candleFurniture(frame);
  }

  /** From the back to the front. */
  protected drawPlot(context: Context2d, frame: CandleFrame): void {
    drawGrid(context, frame);
    const [main, ...lower] = frame.panes;
    for (const pane of lower) {
      drawColumns(context, frame, pane);
      drawLines(context, frame, pane);
    }
    drawCandles(context, frame, frame.series);
    if (main) drawLines(context, frame, main);
    drawLabels(context, frame);
  }

  protected drawOverlay(context: Context2d, frame: CandleFrame): void {
    drawCandleOverlay(context, frame, this.pointer);
  }

  protected override draw(plotFrom: number, overlay: boolean): void {
    const { view } = this;
    const before = view.current;
    if (view.advance(this.surface.nowMs(), this.size.width)) this.mask.request();
    super.draw(view.current === before ? plotFrom : 0, overlay);
    this.askForOlder();
  }

  private calculate(from: number): void {
    for (const study of this.studies) study?.indicator.calculate(this.series.candles, from);
  }

  /** The newest candle keeps off the last price's tag. */
  private bounds(): ViewBounds {
    const { candles } = this.series;
    const last = candles[candles.length - 1];
    const room = tagWidth(last ? formatPrice(last.close) : "", fontSizeOf(this.style.textScale)) + GAP;
    return viewBounds(candles.length, this.size.width, room);
  }

  private askForOlder(): void {
    const { right, span } = this.view.current;
    if (this.hasAsked || this.series.candles.length === 0 || right - span > span * WIDTHS_AHEAD) return;
    this.hasAsked = true;
    this.onOlderNeeded?.();
  }
}
