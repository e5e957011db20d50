import type { Pixel } from "../../../chart/scales";
import { formatPercent, formatPrice } from "../../../format/price";
import { Breath } from "../breath";
import { Chart } from "../chart";
import type { Context2d } from "../context2d";
import type { Furniture } from "../frame";
import { drawCrosshair } from "../renderers/crosshair";
import { type MinuteDay, MinuteSeries } from "../series/minute_series";
import type { ChartStyle } from "../surface";
import { type MinuteFrame, minuteFrame } from "./minute_frame";
import { minuteFurniture } from "./minute_labels";
import { drawMinutePlot, drawRing } from "./minute_plot";
import { type MinuteReadout, minuteReadout, nearestPoint, timeOfReadout } from "./minute_readout";
import { type AuctionPoint, insideOf } from "./price_range";

/** A 分时 chart of one day, or of five. */
export class MinuteChart extends Chart<MinuteFrame> {
  private readonly series = new MinuteSeries();
  private readonly breath = new Breath();
  private auction: readonly AuctionPoint[] | undefined;
  private breathDrawn: number | undefined;

  /**
   * Takes the state of one day, or of several, the oldest first. After a tick give the new state of all of them: finished
   * candles are recognised, and only what changed is drawn.
   */
  setDays(days: readonly MinuteDay[]): void {
    const from = this.series.update(days);
    if (from === Infinity) return;
    if (from > 0 && this.drawn && this.isBreathing()) this.breath.start(this.surface.nowMs());
    this.mask.data(from);
    if (this.pointer) this.mask.pointer();
  }

  /** What is known of the opening auction: none of it is an empty list, and `undefined` takes its region away. */
  setAuction(auction: readonly AuctionPoint[] | undefined): void {
    if (auction === this.auction) return;
    this.auction = auction;
    this.everything();
  }

  override setStyle(style: ChartStyle): void {
    super.setStyle(style);
    if (!this.isBreathing()) this.breath.stop();
  }

  /** Puts the crosshair on the point nearest to a finger. @returns what it reads; `undefined` when there is no point */
  pointAt(x: Pixel): MinuteReadout | undefined {
    const index = nearestPoint(this.frame(), x);
    if (index === undefined) return undefined;
    if (index !== this.pointer?.index) this.setPointer({ index, y: 0 });
    return this.readout();
  }

  /** What the crosshair reads; without one, the last point. `undefined` when there is none. */
  readout(): MinuteReadout | undefined {
    const { series, auction, pointer } = this;
    return minuteReadout(series, auction, pointer ? pointer.index : series.candles.length - 1);
  }

  protected frame(): MinuteFrame {
    const { series, auction, style, size } = this;
    return minuteFrame({ series, auction, style, size });
  }

  protected furnish(frame: MinuteFrame): Furniture {
    return minuteFurniture(frame);
  }

  protected drawPlot(context: Context2d, frame: MinuteFrame): void {
    drawMinutePlot(context, frame);
  }

  /** The ring of the breath, and the crosshair on the point that is read. */
  protected drawOverlay(context: Context2d, frame: MinuteFrame): void {
    if (this.breathDrawn !== undefined) drawRing(context, frame, this.breathDrawn);
    const readout = this.pointer && this.readout();
    if (!readout) return;
    const { index, price } = readout;
    // At its ends it says what the axes there say: of several days that is their distance from the close before the first.
    const { prevClose } = this.series;
    drawCrosshair(context, frame, {
      x: frame.xAt(index),
      y: frame.price.toPixel(insideOf(frame.price, price)),
      left: formatPrice(price),
      right: prevClose === 0 ? "" : formatPercent(price, prevClose),
      time: timeOfReadout(readout),
    });
  }

  protected override draw(plotFrom: number, overlay: boolean): void {
    const breath = this.breath.phase(this.surface.nowMs());
    if (breath !== undefined) this.mask.request();
    const isOtherBreath = breath !== this.breathDrawn;
    this.breathDrawn = breath;
    super.draw(plotFrom, overlay || isOtherBreath);
  }

  private isBreathing(): boolean {
    return this.style.breathes && this.style.theme.isLive;
  }
}
