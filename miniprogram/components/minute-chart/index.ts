import { type Palette, PALETTES, type Scheme } from "../../chart/theme";
import { type Language, LANGUAGES } from "../../i18n/language";
import type { TickwireApp } from "../../store/app_parts";
import { type CanvasNode, ChartHolder } from "./chart_holder";

const PROPERTIES = {
  /** Whose minutes to draw. */
  symbol: { type: String, value: "" },
  palette: { type: String, value: PALETTES[0] as Palette },
  language: { type: String, value: LANGUAGES[0] as Language },
  /** False greys the lines. */
  isFresh: { type: Boolean, value: false },
  /** What the chart is called to those who do not see it. */
  label: { type: String, value: "" },
};

interface Held {
  holder: ChartHolder;
  onTheme: (change: { theme: Scheme }) => void;
}

type Nothing = Record<never, never>;
type Instance = WechatMiniprogram.Component.Instance<Nothing, typeof PROPERTIES, Nothing, [], Held>;

/** A 分时 chart of one symbol. It follows the client by itself, so that no price passes through setData on its way here. */
Component<Nothing, typeof PROPERTIES, Nothing, [], Held>({
  properties: PROPERTIES,

  observers: {
    symbol(symbol: string) {
      this.holder.follow(symbol);
    },
    "palette, language, isFresh"(palette: Palette, language: Language, isFresh: boolean) {
      this.holder.restyle({ palette, language, live: isFresh });
    },
  },

  lifetimes: {
    created() {
      const { client, clock } = getApp<TickwireApp>().parts;
      this.holder = new ChartHolder(client, () => clock.nowMs());
      this.onTheme = ({ theme }) => this.holder.restyle({ scheme: theme });
    },
    attached() {
      this.holder.restyle({ scheme: wx.getAppBaseInfo().theme ?? "light" });
      wx.onThemeChange(this.onTheme);
      this.holder.start();
      // The canvas has its size once this turn's changes have reached the screen.
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
});

function measure(component: Instance): void {
  const query = component.createSelectorQuery();
  for (const id of ["#plot", "#overlay"]) query.select(id).fields({ node: true, size: true });
  query.exec(([plot, overlay]) => {
    // A page that was left at once has no canvases any more.
    if (!plot?.node || !overlay?.node) return;
    const canvases = { plot: plot.node as CanvasNode, overlay: overlay.node as CanvasNode };
    const { pixelRatio } = wx.getWindowInfo();
    component.holder.place(canvases, { width: plot.width, height: plot.height, pixelRatio });
  });
}
