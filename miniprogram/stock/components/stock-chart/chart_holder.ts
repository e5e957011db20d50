import type { CanvasSize, ChartStyle } from "../../chart/surface";
import { chartTheme, type ChartThemeOptions } from "../../chart/theme";
import { GestureRecogniser } from "../../gestures/recogniser";
import type { Language } from "../../../i18n/language";
import type { CandleAdjustment } from "../../../lib/shared";
import type { AuctionSources } from "../../store/auction/opening_auction";
import type { CandleSources, HistoryStatus } from "../../store/candles/candle_history";
import type { CandleStyle, ChartPeriod, LowerChoice, MainChoice } from "../../../store/settings";
import type { ReadoutItem } from "../../readout_view";
import { CandleBinding } from "./candle_binding";
import { type CanvasPair, resizeCanvases, surfaceOf } from "./canvases";
import type { ChartBinding } from "./chart_binding";
import { ChartHandler } from "./chart_hand";
import { fiveDayBinding, todayBinding } from "./minute_binding";

/** Where every chart's prices come from. */
export type ChartSources = CandleSources & AuctionSources;

/** How a chart looks. */
export interface HolderStyle extends ChartThemeOptions {
  readonly language: Language;
  readonly candles: CandleStyle;
  /** 1, or more for readers of large type. */
  readonly textScale: number;
  /** Whether the last price shows by a breath that it is new. */
  readonly breathes: boolean;
}

/** What a chart shows. */
export interface ChartSubject {
  readonly symbol: string;
  readonly period: ChartPeriod;
  readonly adjust: CandleAdjustment;
}

/** What lies over the candles and below them. */
export interface ChartIndicators {
  readonly main: MainChoice;
  readonly lower: readonly LowerChoice[];
}

/** What the component shows around its canvases. */
export interface ChartFace {
  readonly status: HistoryStatus;
  /** What the crosshair reads; empty while there is none. */
  readonly readout: readonly ReadoutItem[];
  /** Whether a finger leads something, so that the page must not scroll. */
  readonly isHeld: boolean;
}

export const NEW_FACE: ChartFace = { status: "loading", readout: [], isHeld: false };

/** Joins what feeds a chart, the chart and the fingers. Canvases and prices may come in either order. */
export class ChartHolder {
  readonly recogniser: GestureRecogniser;
  private readonly sources: ChartSources;
  private readonly show: (face: ChartFace) => void;
  private readonly handler: ChartHandler;
  private subject: ChartSubject = { symbol: "", period: "minute", adjust: "forward" };
  private indicators: ChartIndicators = { main: "MA", lower: ["VOL", "MACD"] };
  private options: HolderStyle = {
    scheme: "light",
    palette: "red-up",
    live: false,
    language: "zh",
    candles: "hollow",
    textScale: 1,
    breathes: true,
  };
  private style: ChartStyle = styleOf(this.options);
  private place: { canvases: CanvasPair; size: CanvasSize } | undefined;
  private binding: ChartBinding | undefined;
  private isStarted = false;
  private face: ChartFace = NEW_FACE;
  private isPointing = false;

  /**
   * @param show Shows what is around the canvases, whenever it is another.
   * @param onLowerPane A pane below the candles was touched; the first is 0.
   */
  constructor(sources: ChartSources, show: (face: ChartFace) => void, onLowerPane: (index: number) => void) {
    this.sources = sources;
    this.show = show;
    this.handler = new ChartHandler(sources.clock, () => this.binding, {
      onHeld: (isHeld) => this.changeFace({ isHeld }),
      onPointer: (isShown) => {
        this.isPointing = isShown;
        this.look();
      },
      onLowerPane,
    });
    this.recogniser = new GestureRecogniser(sources.clock, (gesture) => this.handler.take(gesture));
  }

  /** Shows another symbol, period or adjustment. */
  setSubject(subject: ChartSubject): void {
    const { symbol, period, adjust } = this.subject;
    if (symbol === subject.symbol && period === subject.period && adjust === subject.adjust) return;
    this.subject = subject;
    this.bind();
  }

  setIndicators(indicators: ChartIndicators): void {
    this.indicators = indicators;
    if (this.binding instanceof CandleBinding) this.binding.setIndicators(choiceOf(indicators));
  }

  /** Changes what is given of the style. */
  restyle(changes: Partial<HolderStyle>): void {
    this.options = { ...this.options, ...changes };
    this.style = styleOf(this.options);
    this.binding?.setStyle(this.style);
    this.look();
  }

  /** Gives the chart its canvases, or the same ones in another size. */
  setPlace(canvases: CanvasPair, size: CanvasSize): void {
    const isKnown = this.place?.canvases.plot === canvases.plot;
    resizeCanvases(canvases, size);
    this.place = { canvases, size };
    if (isKnown && this.binding) this.binding.resize(size);
    else this.bind();
  }

  start(): void {
    this.isStarted = true;
    this.binding?.start();
  }

  stop(): void {
    this.isStarted = false;
    this.recogniser.cancel();
    this.handler.clearPointer();
    this.binding?.stop();
  }

  dispose(): void {
    this.stop();
    this.binding?.dispose();
  }

  retry(): void {
    this.binding?.retry();
    this.look();
  }

  /** Makes the chart of the subject on the canvases; whatever they showed before goes. */
  private bind(): void {
    this.recogniser.cancel();
    this.handler.clearPointer();
    this.binding?.dispose();
    this.binding = this.place && this.subject.symbol !== "" ? this.newBinding(this.place) : undefined;
    if (this.isStarted) this.binding?.start();
    this.look();
  }

  private newBinding({ canvases, size }: { canvases: CanvasPair; size: CanvasSize }): ChartBinding {
    const { sources, style, indicators } = this;
    const { symbol, period, adjust } = this.subject;
    const surface = surfaceOf(canvases, () => sources.clock.nowMs());
    const context = { symbol, size, style, onChange: () => this.look() };
    if (period === "minute") return todayBinding(sources, surface, context);
    if (period === "fiveDay") return fiveDayBinding(sources, surface, context);
    return new CandleBinding(sources, surface, { symbol, period, adjust }, choiceOf(indicators), context);
  }

  private look(): void {
    const { binding } = this;
    this.changeFace({
      status: binding ? binding.status : "loading",
      readout: this.isPointing && binding ? binding.readout() : NEW_FACE.readout,
    });
  }

  private changeFace(changes: Partial<ChartFace>): void {
    const next = { ...this.face, ...changes };
    const isSame = next.status === this.face.status && next.readout === this.face.readout &&
      next.isHeld === this.face.isHeld;
    if (isSame) return;
    this.face = next;
    this.show(next);
  }
}

function styleOf({ language, candles, textScale, breathes, ...theme }: HolderStyle): ChartStyle {
  return { theme: chartTheme(theme), language, textScale, candles, breathes };
}

function choiceOf({ main, lower }: ChartIndicators) {
  return { main: main === "none" ? undefined : main, lower };
}
