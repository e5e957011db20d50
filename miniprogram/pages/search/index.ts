import { textsOf } from "../../i18n/texts";
import type { TickwireApp } from "../../store/app_parts";
import { SearchScreen } from "../../store/search/search_screen";
import type { FindView } from "../../store/search/search_view";
import { SCREEN_LIFE } from "../screen_life";

type RowEvent = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { symbol: string }>;

Page({
  ...SCREEN_LIFE,

  data: {
    textScale: 1,
    typed: "",
    finds: [] as readonly FindView[],
    status: "recent",
  },

  screen: undefined as SearchScreen | undefined,

  onLoad() {
    const { parts } = getApp<TickwireApp>();
    this.setData({ textScale: parts.textScale });
    void wx.setNavigationBarTitle({ title: textsOf(parts.settings.current.language).search.title });
    this.screen = new SearchScreen(
      parts,
      (patch) => this.setData(patch),
      (symbol) => void wx.navigateTo({ url: `/stock/pages/stock/index?symbol=${symbol}` }),
    );
  },

  onType({ detail }: WechatMiniprogram.Input) {
    this.setData({ typed: detail.value });
    this.screen?.type(detail.value);
  },

  clear() {
    this.setData({ typed: "" });
    this.screen?.type("");
  },

  confirm() {
    this.screen?.confirm();
  },

  openStock(event: RowEvent) {
    this.screen?.open(event.currentTarget.dataset.symbol);
  },

  toggleWatched(event: RowEvent) {
    const refusal = this.screen?.toggleWatched(event.currentTarget.dataset.symbol);
    if (refusal) void wx.showToast({ title: refusal, icon: "none" });
  },

  forgetRecent() {
    this.screen?.forgetRecent();
  },

  retry() {
    this.screen?.retry();
  },
});
