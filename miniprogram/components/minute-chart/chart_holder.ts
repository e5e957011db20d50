import type { Context2d } from "../../chart/context2d";
import type { FrameSource } from "../../chart/frame_scheduler";
import { MinuteChart } from "../../chart/minute/minute_chart";
import type { CanvasSize, ChartStyle } from "../../chart/surface";
import { chartTheme, type ChartThemeOptions } from "../../chart/theme";
import type { Language } from "../../i18n/language";
import type { QuoteClient } from "../../net/quote_client";
import { MinuteFeed, type MinuteState } from "../../store/minute_feed";

/** How a chart looks. */
export interface HolderStyle extends ChartThemeOptions {
  readonly language: Language;
}

/** A canvas to draw on: WeChat's canvas node, once it is measured. */
export interface CanvasNode extends FrameSource {
  width: number;
  height: number;
  getContext(kind: "2d"): Context2d;
}

/** The two canvases of a chart, one on the other. */
export interface CanvasPair {
  readonly plot: CanvasNode;
  readonly overlay: CanvasNode;
}

/** Joins the feed and the chart: either may come first, the canvas being measured while prices already arrive. */
export class ChartHolder {
  private readonly feed: MinuteFeed;
  private readonly nowMs: () => number;
  private chart: MinuteChart | undefined;
  private canvases: CanvasPair | undefined;
  private state: MinuteState | undefined;
  private options: HolderStyle = { scheme: "light", palette: "red-up", live: false, language: "zh" };
  private style: ChartStyle = styleOf(this.options);

  /** @param nowMs A clock that never goes back, in milliseconds. */
  constructor(client: QuoteClient, nowMs: () => number) {
    this.nowMs = nowMs;
    this.feed = new MinuteFeed(client, (state) => {
      this.state = state;
      this.show(state);
    });
  }

  follow(symbol: string): void {
    this.feed.follow(symbol);
  }

  /** Changes what is given of the style. */
  restyle(changes: Partial<HolderStyle>): void {
    this.options = { ...this.options, ...changes };
    this.style = styleOf(this.options);
    this.chart?.setStyle(this.style);
  }

  /** Gives the chart its canvases, or the same ones in another size. */
  place(canvases: CanvasPair, size: CanvasSize): void {
    for (const canvas of [canvases.plot, canvases.overlay]) {
      canvas.width = Math.round(size.width * size.pixelRatio);
      canvas.height = Math.round(size.height * size.pixelRatio);
    }
    if (this.chart && canvases.plot === this.canvases?.plot) return this.chart.resize(size);
    this.chart?.dispose();
    this.canvases = canvases;
    const { plot, overlay } = canvases;
    const surface = { plot: plot.getContext("2d"), overlay: overlay.getContext("2d"), frames: plot, nowMs: this.nowMs };
    this.chart = new MinuteChart(surface, size, this.style);
    if (this.state) this.show(this.state);
  }

  start(): void {
    this.feed.start();
  }

  stop(): void {
    this.feed.stop();
  }

  dispose(): void {
    this.feed.stop();
    this.chart?.dispose();
  }

  private show({ day, auction }: MinuteState): void {
    this.chart?.setAuction(auction);
    this.chart?.setDays([day]);
  }
}

function styleOf({ language, ...options }: HolderStyle): ChartStyle {
  return { theme: chartTheme(options), language, textScale: 1, candles: "hollow" };
}
