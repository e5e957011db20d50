/** 五档盘口: asks above bids, each level with a bar as long as its share of the largest, and 外盘 against 内盘 below. */
Component({
  properties: {
    /** A `BookView`. */
    view: { type: Object, value: { asks: [], bids: [] } },
    /** Texts of the section `book`. */
    t: { type: Object, value: {} },
    /** True where there is little room: beside a chart. */
    isNarrow: { type: Boolean, value: false },
  },
});
