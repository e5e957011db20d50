import { textsOf } from "../../i18n/texts";
import type { TickwireApp } from "../../store/app_parts";
import { NOT_CONNECTED } from "../../store/connection_view";
import { type Counter, type EntryRow, NO_DETAIL } from "../../store/debug/debug_view";
import { DebugScreen } from "../../store/debug_screen";
import { SCREEN_LIFE } from "../screen_life";

type RowEvent = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { key: string }>;

Page({
  ...SCREEN_LIFE,

  data: {
    connection: NOT_CONNECTED,
    detail: NO_DETAIL,
    textScale: 1,
    counters: [] as readonly Counter[],
    rows: [] as readonly EntryRow[],
  },

  screen: undefined as DebugScreen | undefined,

  onLoad() {
    const { parts } = getApp<TickwireApp>();
    this.setData({ textScale: parts.textScale });
    this.screen = new DebugScreen(parts, (patch) => this.setData(patch));
    void wx.setNavigationBarTitle({ title: textsOf(parts.settings.current.language).debug.title });
  },

  onReady() {
    this.measureList();
  },

  onResize() {
    this.measureList();
  },

  measureList() {
    wx.createSelectorQuery().in(this).select("#list").fields({ size: true }).exec(([list]) => {
      if (list) this.screen?.placeList(list.height);
    });
  },

  onScroll(event: WechatMiniprogram.ScrollViewScroll) {
    this.screen?.scroll(event.detail.scrollTop);
  },

  select(event: RowEvent) {
    this.screen?.select(event.currentTarget.dataset.key);
  },

  closeDetail() {
    this.screen?.select("");
  },

  switchPause() {
    this.screen?.switchPause();
  },

  switchWireForm() {
    this.screen?.switchWireForm();
  },

  clear() {
    this.screen?.clear();
  },

  retry() {
    this.screen?.retry();
  },
});
