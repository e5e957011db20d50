import { textsOf } from "../../i18n/texts";
import type { TickwireApp } from "../../store/app_parts";
import { NOT_CONNECTED } from "../../store/connection_view";
import type { IndexView, RowView } from "../../store/quote_views";
import type { ListPlace } from "../../store/watchlist/list_tiers";
import { isLargeType } from "../../store/text_scale";
import { WatchlistScreen } from "../../store/watchlist_screen";
import { nameBars } from "../bars";
import { choose } from "../choose";
import { SCREEN_LIFE } from "../screen_life";

type RowEvent = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { symbol: string }>;

Page({
  ...SCREEN_LIFE,

  data: {
    connection: NOT_CONNECTED,
    indices: [] as readonly IndexView[],
    rows: [] as readonly RowView[],
    status: "loading",
    textScale: 1,
    isLargeType: false,
  },

  screen: undefined as WatchlistScreen | undefined,

  onLoad() {
    const { textScale } = getApp<TickwireApp>().parts;
    this.setData({ textScale, isLargeType: isLargeType(textScale) });
    this.screen = new WatchlistScreen(getApp<TickwireApp>().parts, (patch) => {
      this.setData(patch);
      // Rows take the place of bones, or of nothing.
      if ("status" in patch) wx.nextTick(() => this.measureList());
    });
  },

  onShow() {
    const { language } = getApp<TickwireApp>().parts.settings.current;
    nameBars(textsOf(language).app.title, language);
    this.screen?.show();
  },

  onReady() {
    this.measureList();
  },

  onResize() {
    this.measureList();
  },

  onPageScroll({ scrollTop }: WechatMiniprogram.Page.IPageScrollOption) {
    this.placeList({ scrollTop });
  },

  /** Where the list lies; `undefined` until it was measured. */
  place: undefined as ListPlace | undefined,

  placeList(changes: Partial<ListPlace>) {
    if (!this.place) return;
    this.place = { ...this.place, ...changes };
    this.screen?.placeList(this.place);
  },

  /** Measured once: rows are of one height. Without rows there is nothing to be near or far. */
  measureList() {
    const query = wx.createSelectorQuery().in(this);
    query.select(".row").boundingClientRect();
    query.selectViewport().scrollOffset();
    query.exec(([row, offset]) => {
      if (!row || !offset) return;
      const { windowHeight } = wx.getWindowInfo();
      const { scrollTop } = offset;
      this.place = { top: row.top + scrollTop, rowHeight: row.height, screenHeight: windowHeight, scrollTop };
      this.screen?.placeList(this.place);
    });
  },

  openStock(event: RowEvent) {
    void wx.navigateTo({ url: `/stock/pages/stock/index?symbol=${event.currentTarget.dataset.symbol}` });
  },

  switchColumn() {
    this.screen?.switchColumn();
  },

  /** What a long press offers. The first row cannot move further up. */
  async offerActions(event: RowEvent) {
    const { symbol } = event.currentTarget.dataset;
    const { settings, watchlist } = getApp<TickwireApp>().parts;
    const texts = textsOf(settings.current.language).watchlist;
    const isFirst = watchlist.symbols[0] === symbol;
    const actions = [
      ...(isFirst ? [] : [
        { text: texts.pin, run: () => this.screen?.pin(symbol) },
        { text: texts.moveUp, run: () => this.screen?.moveUp(symbol) },
      ]),
      { text: texts.remove, run: () => this.screen?.remove(symbol) },
    ];
    const chosen = await choose(actions.map(({ text }) => text));
    if (chosen !== undefined) actions[chosen]?.run();
  },

  openSearch() {
    void wx.navigateTo({ url: "/pages/search/index" });
  },

  restoreDefault() {
    this.screen?.restoreDefault();
  },

  retry() {
    this.screen?.retry();
  },
});
