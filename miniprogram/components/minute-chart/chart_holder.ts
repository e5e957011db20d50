import type { Context2d } from "../../chart/context2d";
import type { FrameSource } from "../../chart/frame_scheduler";
import { MinuteChart } from "../../chart/minute_chart";
import type { CanvasSize } from "../../chart/minute_frame";
import type { MinuteSeries } from "../../chart/minute_series";
import { type ChartTheme, chartTheme, type ChartThemeOptions } from "../../chart/theme";
import { formatVolume } from "../../format/magnitude";
import type { Language } from "../../i18n/language";
import type { QuoteClient } from "../../net/quote_client";
import { MinuteFeed } from "../../store/minute_feed";

/** How a chart looks. */
export interface ChartStyle extends ChartThemeOptions {
  readonly language: Language;
}

/** A canvas to draw on: WeChat's canvas node, once it is measured. */
export interface Surface extends FrameSource {
  width: number;
  height: number;
  getContext(kind: "2d"): Context2d;
}

const VOLUME_TEXTS: Readonly<Record<Language, (shares: number) => string>> = {
  zh: (shares) => formatVolume(shares, "zh"),
  en: (shares) => formatVolume(shares, "en"),
};

/** Joins the feed and the chart: either may come first, the canvas being measured while prices already arrive. */
export class ChartHolder {
  private readonly feed: MinuteFeed;
  private chart: MinuteChart | undefined;
  private surface: Surface | undefined;
  private series: MinuteSeries | undefined;
  private style: ChartStyle = { scheme: "light", palette: "red-up", live: false, language: "zh" };
  private theme: ChartTheme = chartTheme(this.style);

  constructor(client: QuoteClient) {
    this.feed = new MinuteFeed(client, (series) => {
      this.series = series;
      this.chart?.setSeries(series);
    });
  }

  follow(symbol: string): void {
    this.feed.follow(symbol);
  }

  /** Changes what is given of the style. */
  restyle(changes: Partial<ChartStyle>): void {
    this.style = { ...this.style, ...changes };
    this.theme = chartTheme(this.style);
    this.chart?.setAppearance(this.theme, VOLUME_TEXTS[this.style.language]);
  }

  /** Gives the chart its canvas, or the same canvas in another size. */
  place(surface: Surface, size: CanvasSize): void {
    surface.width = Math.round(size.width * size.pixelRatio);
    surface.height = Math.round(size.height * size.pixelRatio);
    if (this.chart && surface === this.surface) return this.chart.resize(size);
    this.chart?.dispose();
    this.surface = surface;
    this.chart = new MinuteChart({
      context: surface.getContext("2d"),
      frames: surface,
      size,
      theme: this.theme,
      volumeText: VOLUME_TEXTS[this.style.language],
    });
    if (this.series) this.chart.setSeries(this.series);
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
}
