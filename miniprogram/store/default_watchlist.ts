import type { SymbolCode } from "../lib/shared";

/** What a new user watches: large names of every board, so that the first screen shows a whole market. */
export const DEFAULT_WATCHLIST = [
  "600519.SH", // 贵州茅台
  "000001.SZ", // 平安银行
  "300750.SZ", // 宁德时代
  "002594.SZ", // 比亚迪
  "600036.SH", // 招商银行
  "601318.SH", // 中国平安
  "000858.SZ", // 五粮液
  "000333.SZ", // 美的集团
  "688981.SH", // 中芯国际
  "601012.SH", // 隆基绿能
  "601398.SH", // 工商银行
  "600030.SH", // 中信证券
  "600276.SH", // 恒瑞医药
  "300059.SZ", // 东方财富
] as readonly string[] as readonly SymbolCode[];

/** The strip above the watchlist: 上证指数, 深证成指, 创业板指. */
export const INDEX_SYMBOLS = ["000001.SH", "399001.SZ", "399006.SZ"] as readonly string[] as readonly SymbolCode[];
