import type { Context2d } from "./context2d";
import { FrameScheduler, type FrameSource } from "./frame_scheduler";
import { type CanvasSize, minuteFrame } from "./minute_frame";
import type { MinuteSeries } from "./minute_series";
import { MINUTE_LAYERS } from "./renderers/minute_layers";
import type { ChartTheme } from "./theme";

export interface MinuteChartOptions {
  readonly context: Context2d;
  readonly frames: FrameSource;
  readonly size: CanvasSize;
  readonly theme: ChartTheme;
  /** Writes shares in the reader's language. */
  readonly volumeText: (shares: number) => string;
}

/** A 分时 chart on a canvas. Each setter asks for one drawing in the next frame; setting the same again asks for none. */
export class MinuteChart {
  private readonly context: Context2d;
  private readonly scheduler: FrameScheduler;
  private size: CanvasSize;
  private theme: ChartTheme;
  private volumeText: (shares: number) => string;
  private series: MinuteSeries | undefined;

  constructor(options: MinuteChartOptions) {
    this.context = options.context;
    this.size = options.size;
    this.theme = options.theme;
    this.volumeText = options.volumeText;
    this.scheduler = new FrameScheduler(options.frames, () => this.draw());
  }

  setSeries(series: MinuteSeries): void {
    if (series === this.series) return;
    this.series = series;
    this.scheduler.request();
  }

  /** Changes the colours and the language of the labels. */
  setAppearance(theme: ChartTheme, volumeText: (shares: number) => string): void {
    if (theme === this.theme && volumeText === this.volumeText) return;
    this.theme = theme;
    this.volumeText = volumeText;
    this.scheduler.request();
  }

  /** The canvas' own `width` and `height` must have been set before: doing so clears it. */
  resize(size: CanvasSize): void {
    this.size = size;
    this.scheduler.request();
  }

  /** Draws nothing more. */
  dispose(): void {
    this.scheduler.cancel();
  }

  private draw(): void {
    const { width, height, pixelRatio } = this.size;
    this.context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    this.context.clearRect(0, 0, width, height);
    if (!this.series) return;
    const frame = minuteFrame(this.series, this.theme, this.size, this.volumeText);
    for (const draw of MINUTE_LAYERS) draw(this.context, frame);
  }
}
