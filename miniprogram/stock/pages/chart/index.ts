import { textsOf } from "../../../i18n/texts";
import type { TickwireApp } from "../../../store/app_parts";
import { ChartScreen } from "../../../store/chart_screen";
import { DEFAULT_SETTINGS } from "../../../store/settings";
import { type ChartTabKey, chartView } from "../../../store/stock/chart_tabs";
import { chartTabChosen } from "../chart_tab_chosen";

type TabEvent = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { key: ChartTabKey }>;

/** One chart on the whole screen, held sideways. */
Page({
  data: {
    symbol: "",
    palette: DEFAULT_SETTINGS.palette,
    language: DEFAULT_SETTINGS.language,
    isFresh: false,
    textScale: 1,
    chart: chartView(DEFAULT_SETTINGS, textsOf(DEFAULT_SETTINGS.language)),
    t: textsOf(DEFAULT_SETTINGS.language).chartTools,
    summary: "",
  },

  screen: undefined as ChartScreen | undefined,

  onLoad(query) {
    const symbol = query["symbol"] ?? "";
    this.screen = new ChartScreen(getApp<TickwireApp>().parts, symbol, (patch) => this.setData(patch));
    this.setData({ symbol, textScale: getApp<TickwireApp>().parts.textScale });
  },

  onShow() {
    this.screen?.show();
  },

  onHide() {
    this.screen?.hide();
  },

  onUnload() {
    this.screen?.dispose();
  },

  choosePeriod(event: TabEvent) {
    void chartTabChosen(event.currentTarget.dataset.key, this.data.language, (period) => {
      this.screen?.choices.choosePeriod(period);
    });
  },

  switchAdjustment() {
    this.screen?.choices.switchAdjustment();
  },

  switchMainIndicator() {
    this.screen?.choices.switchMainIndicator();
  },

  switchLowerIndicator(event: WechatMiniprogram.CustomEvent<{ index: number }>) {
    this.screen?.choices.switchLowerIndicator(event.detail.index);
  },

  leave() {
    void wx.navigateBack();
  },
});
