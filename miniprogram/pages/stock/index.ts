import type { TickwireApp } from "../../store/app_parts";
import { NOT_CONNECTED } from "../../store/connection_view";
import { DEFAULT_SETTINGS } from "../../store/settings";
import { StockScreen } from "../../store/stock_screen";
import type { StockCell } from "../../store/stock_view";

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
    this.setData({ symbol: this.screen.symbol });
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

  retry() {
    this.screen?.retry();
  },
});
