import { textsOf } from "../../../i18n/texts";
import type { TickwireApp } from "../../../store/app_parts";
import type { TradeListPlace } from "../../store/book/book_panel";
import { NOT_CONNECTED } from "../../../store/connection_view";
import { DEFAULT_SETTINGS } from "../../../store/settings";
import { isLargeType } from "../../../store/text_scale";
import { StockScreen } from "../../store/stock_screen";
import type { StockCell } from "../../store/stock_view";
import { CHART_DATA, CHART_PAGE } from "../chart_page";

Page({
  ...CHART_PAGE,

  data: {
    ...CHART_DATA,
    connection: NOT_CONNECTED,
    name: "",
    code: "",
    cells: [] as readonly StockCell[],
    status: "loading",
    tools: textsOf(DEFAULT_SETTINGS.language).chartTools,
    board: "alone",
    isLargeType: false,
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
    const { textScale } = parts;
    this.setData({ symbol: this.screen.symbol, textScale, isLargeType: isLargeType(textScale) });
  },

  toggleWatched() {
    this.screen?.toggleWatched();
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

  retry() {
    this.screen?.retry();
  },
});
