import { type Palette, PALETTES, type Scheme } from "../../chart/theme";
import { type Language, LANGUAGES } from "../../i18n/language";
import type { TickwireApp } from "../../store/app_parts";
import { ChartHolder, type Surface } from "./chart_holder";

const PROPERTIES = {
  /** Whose minutes to draw. */
  symbol: { type: String, value: "" },
  palette: { type: String, value: PALETTES[0] as Palette },
  language: { type: String, value: LANGUAGES[0] as Language },
  /** False greys the lines. */
  isFresh: { type: Boolean, value: false },
  /** What the canvas is called to those who do not see it. */
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
      this.holder = new ChartHolder(getApp<TickwireApp>().parts.client);
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
  component.createSelectorQuery().select("#canvas").fields({ node: true, size: true }).exec(([found]) => {
    // A page that was left at once has no canvas any more.
    if (!found?.node) return;
    const { pixelRatio } = wx.getWindowInfo();
    component.holder.place(found.node as Surface, { width: found.width, height: found.height, pixelRatio });
  });
}
