import { textsOf } from "../../../i18n/texts";
import type { TickwireApp } from "../../../store/app_parts";
import { ChartScreen } from "../../store/chart_screen";
import { DEFAULT_SETTINGS } from "../../../store/settings";
import { CHART_DATA, CHART_PAGE } from "../chart_page";

/** One chart on the whole screen, held sideways. */
Page({
  ...CHART_PAGE,

  data: { ...CHART_DATA, t: textsOf(DEFAULT_SETTINGS.language).chartTools },

  screen: undefined as ChartScreen | undefined,

  onLoad(query) {
    const { parts } = getApp<TickwireApp>();
    const symbol = query["symbol"] ?? "";
    this.screen = new ChartScreen(parts, symbol, (patch) => this.setData(patch));
    this.setData({ symbol, textScale: parts.textScale });
  },

  leave() {
    void wx.navigateBack();
  },
});
