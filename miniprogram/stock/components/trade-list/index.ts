const PROPERTIES = {
  /** A `TradesView`. */
  view: { type: Object, value: { rows: [] } },
  /** Texts of the section `book`. */
  t: { type: Object, value: {} },
  /** True where there is little room: beside a chart. */
  isNarrow: { type: Boolean, value: false },
  /** 1, or more for readers of large type. */
  textScale: { type: Number, value: 1 },
};

type Nothing = Record<never, never>;
type Methods = {
  onScroll(event: WechatMiniprogram.ScrollViewScroll): void;
  onNotice(): void;
};
type Instance = WechatMiniprogram.Component.Instance<Nothing, typeof PROPERTIES, Methods, []>;

/** Heights of a row in layout pixels, so that the rows that are not made have a known height as well. */
const ROW_HEIGHT_PX = 26;
const NARROW_ROW_HEIGHT_PX = 18;

/** 逐笔成交, the newest on top. Only the rows on the screen and some beyond are made; the page hears of the scrolling. */
Component<Nothing, typeof PROPERTIES, Methods, []>({
  properties: PROPERTIES,

  observers: {
    isNarrow() {
      wx.nextTick(() => measure(this));
    },
  },

  lifetimes: {
    attached() {
      wx.nextTick(() => measure(this));
    },
  },

  pageLifetimes: {
    resize() {
      measure(this);
    },
  },

  methods: {
    onScroll(event) {
      this.triggerEvent("scrolled", { scrollTop: event.detail.scrollTop });
    },
    onNotice() {
      this.triggerEvent("newest");
    },
  },
});

function measure(component: Instance): void {
  component.createSelectorQuery().select("#list").fields({ size: true }).exec(([list]) => {
    if (!list) return;
    const { isNarrow, textScale } = component.data;
    const rowHeight = Math.round((isNarrow ? NARROW_ROW_HEIGHT_PX : ROW_HEIGHT_PX) * textScale);
    component.triggerEvent("placed", { height: list.height, rowHeight });
  });
}
