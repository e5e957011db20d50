import { textsOf } from "../../../i18n/texts";
import type { TickwireApp } from "../../../store/app_parts";
import type { TradeListPlace } from "../../../store/book/book_panel";
import { NOT_CONNECTED } from "../../../store/connection_view";
import { DEFAULT_SETTINGS } from "../../../store/settings";
import { type ChartTabKey, chartView } from "../../../store/stock/chart_tabs";
import { StockScreen } from "../../../store/stock_screen";
import type { StockCell } from "../../../store/stock_view";
import { chartTabChosen } from "../chart_tab_chosen";

type TabEvent = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { key: ChartTabKey }>;

Page({
  data: {
    connection: NOT_CONNECTED,
    palette: DEFAULT_SETTINGS.palette,
    language: DEFAULT_SETTINGS.language,
    isFresh: false,
    symbol: "",
    name: "",
    code: "",
    cells: [] as readonly StockCell[],
    status: "loading",
    chart: chartView(DEFAULT_SETTINGS, textsOf(DEFAULT_SETTINGS.language)),
    tools: textsOf(DEFAULT_SETTINGS.language).chartTools,
    isBookBeside: false,
    textScale: 1,
    summary: "",
  },

  screen: undefined as StockScreen | undefined,

  onLoad(query) {
    const { parts } = getApp<TickwireApp>();
    this.screen = new StockScreen(parts, query["symbol"] ?? "", (patch) => {
      this.setData(patch);
      if ("name" in patch || "code" in patch) {
        void wx.setNavigationBarTitle({ title: this.data.name || this.data.code });
      }
    });
    this.setData({ symbol: this.screen.symbol, textScale: parts.textScale });
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

  toggleWatched() {
    this.screen?.toggleWatched();
  },

  choosePeriod(event: TabEvent) {
    void chartTabChosen(event.currentTarget.dataset.key, this.data.language, (period) => {
      this.screen?.choices.choosePeriod(period);
    });
  },

  openFullScreen() {
    void wx.navigateTo({ url: `/stock/pages/chart/index?symbol=${this.data.symbol}` });
  },

  placeTrades(event: WechatMiniprogram.CustomEvent<TradeListPlace>) {
    this.screen?.placeTrades(event.detail);
  },

  scrollTrades(event: WechatMiniprogram.CustomEvent<{ scrollTop: number }>) {
    this.screen?.scrollTrades(event.detail.scrollTop);
  },

  showNewestTrades() {
    this.screen?.showNewestTrades();
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

  retry() {
    this.screen?.retry();
  },
});
