import { type Palette, PALETTES, type Scheme } from "../../chart/theme";
import type { TouchPoint } from "../../gestures/gesture";
import { type Language, LANGUAGES } from "../../../i18n/language";
import type { CandleAdjustment } from "../../../lib/shared";
import type { TickwireApp } from "../../../store/app_parts";
import {
  type CandleStyle,
  type ChartPeriod,
  DEFAULT_SETTINGS,
  type LowerChoice,
  type MainChoice,
} from "../../../store/settings";
import type { Board } from "../../store/stock_view";
import { type Patch, viewPatch } from "../../../store/view_patch";
import type { CanvasNode } from "./canvases";
import { type ChartFace, ChartHolder, NEW_FACE } from "./chart_holder";

const PROPERTIES = {
  /** Whose prices to draw. */
  symbol: { type: String, value: "" },
  period: { type: String, value: DEFAULT_SETTINGS.period as ChartPeriod },
  adjust: { type: String, value: DEFAULT_SETTINGS.adjust as CandleAdjustment },
  mainIndicator: { type: String, value: DEFAULT_SETTINGS.mainIndicator as MainChoice },
  lowerIndicators: { type: Array, value: DEFAULT_SETTINGS.lowerIndicators as LowerChoice[] },
  candleStyle: { type: String, value: DEFAULT_SETTINGS.candleStyle as CandleStyle },
  breathes: { type: Boolean, value: true },
  palette: { type: String, value: PALETTES[0] as Palette },
  language: { type: String, value: LANGUAGES[0] as Language },
  /** Where the book stands: another place leaves the chart another size. */
  board: { type: String, value: "alone" as Board },
  /** 1, or more for readers of large type. */
  textScale: { type: Number, value: 1 },
  /** False greys the lines. */
  isFresh: { type: Boolean, value: false },
  /** What the chart is called to those who do not see it. */
  label: { type: String, value: "" },
  /** Texts of the section `chartTools`. */
  t: { type: Object, value: {} },
};

interface Held {
  holder: ChartHolder;
  shown: ChartFace | undefined;
  onTheme: (change: { theme: Scheme }) => void;
}

interface TouchesEvent {
  readonly touches: readonly TouchPoint[];
}

type Data = { face: ChartFace };
type Methods = {
  onTouchStart(event: TouchesEvent): void;
  onTouchMove(event: TouchesEvent): void;
  onTouchEnd(event: TouchesEvent): void;
  onTouchCancel(): void;
  onRetry(): void;
};
type Instance = WechatMiniprogram.Component.Instance<Data, typeof PROPERTIES, Methods, [], Held>;

/**
 * The chart of one symbol: 分时, 五日 or candles, under the reader's fingers. It follows the client and loads the past by
 * itself, so that no price passes through setData on its way here.
 */
Component<Data, typeof PROPERTIES, Methods, [], Held>({
  properties: PROPERTIES,

  data: { face: NEW_FACE },

  observers: {
    "symbol, period, adjust"(symbol: string, period: ChartPeriod, adjust: CandleAdjustment) {
      this.holder.setSubject({ symbol, period, adjust });
    },
    board() {
      wx.nextTick(() => measure(this));
    },
    "mainIndicator, lowerIndicators"(main: MainChoice, lower: LowerChoice[]) {
      this.holder.setIndicators({ main, lower });
    },
    "palette, language, isFresh, candleStyle, textScale, breathes"(
      palette: Palette,
      language: Language,
      live: boolean,
      candles: CandleStyle,
      textScale: number,
      breathes: boolean,
    ) {
      this.holder.restyle({ palette, language, live, candles, textScale, breathes });
    },
  },

  lifetimes: {
    created() {
      const { client, clock, candles, auctions } = getApp<TickwireApp>().parts;
      this.holder = new ChartHolder(
        { client, clock, random: Math.random, auctions, ...candles },
        (face) => showFace(this, face),
        (index) => this.triggerEvent("lowerpane", { index }),
      );
      this.onTheme = ({ theme }) => this.holder.restyle({ scheme: theme });
    },
    attached() {
      this.holder.restyle({ scheme: wx.getAppBaseInfo().theme ?? "light" });
      wx.onThemeChange(this.onTheme);
      this.holder.start();
      // The canvases have their size once this turn's changes have reached the screen.
      wx.nextTick(() => measure(this));
    },
    detached() {
      wx.offThemeChange(this.onTheme);
      this.holder.dispose();
    },
  },

  pageLifetimes: {
    show() {
      this.holder.start();
    },
    hide() {
      this.holder.stop();
    },
    resize() {
      measure(this);
    },
  },

  methods: {
    onTouchStart({ touches }) {
      this.holder.recogniser.start(touches);
    },
    onTouchMove({ touches }) {
      this.holder.recogniser.move(touches);
    },
    onTouchEnd({ touches }) {
      this.holder.recogniser.end(touches);
    },
    onTouchCancel() {
      this.holder.recogniser.cancel();
    },
    onRetry() {
      this.holder.retry();
    },
  },
});

function showFace(component: Instance, face: ChartFace): void {
  const patch: Patch = viewPatch(component.shown && { face: component.shown }, { face });
  component.shown = face;
  component.setData(patch);
}

function measure(component: Instance): void {
  const query = component.createSelectorQuery();
  for (const id of ["#plot", "#overlay"]) query.select(id).fields({ node: true, size: true });
  query.exec(([plot, overlay]) => {
    // A page that was left at once has no canvases any more.
    if (!plot?.node || !overlay?.node) return;
    const canvases = { plot: plot.node as CanvasNode, overlay: overlay.node as CanvasNode };
    const { pixelRatio } = wx.getWindowInfo();
    component.holder.setPlace(canvases, { width: plot.width, height: plot.height, pixelRatio });
  });
}
