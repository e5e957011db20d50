/**
 * The simulated market's listing: real names, so that a screen reads as it will with a real feed, and made-up figures of a
 * plausible size. Nothing here is a quotation.
 */
import { type Price, price, SymbolCode } from "../../shared/mod.ts";
import type { Board } from "./board_rules.ts";

export interface StockListing {
  readonly symbol: SymbolCode;
  readonly name: string;
  readonly nameEn: string;
  readonly board: Board;
  /** Close before the first simulated day. */
  readonly basePrice: Price;
  /** Shares on an ordinary day. */
  readonly averageDailyVolume: number;
  /** Standard deviation of a day's return, as a fraction: 0.02 is 2 %. */
  readonly volatility: number;
  /** Freely traded shares, which weigh in an index: what a state never sells does not drown the rest. */
  readonly shares: number;
}

export interface IndexListing {
  readonly symbol: SymbolCode;
  readonly name: string;
  readonly nameEn: string;
  /** Close before the first simulated day, in units of 0.01 points. */
  readonly baseLevel: Price;
  /** Members are the stocks whose code ends so … */
  readonly exchange: "SH" | "SZ" | "BJ";
  /** … and that are listed on one of these boards. */
  readonly boards: readonly Board[];
}

export interface InstrumentTable {
  readonly indices: readonly IndexListing[];
  readonly stocks: readonly StockListing[];
}

type StockRow = readonly [
  code: string,
  name: string,
  nameEn: string,
  board: Board,
  basePriceCny: string,
  averageDailyVolumeMillions: number,
  volatilityPercent: number,
  freeSharesMillions: number,
];

// Code, name, English name, board, base price (CNY), average daily volume (million shares), daily volatility (%),
// free shares (million).
const STOCK_ROWS: readonly StockRow[] = [
  ["600519.SH", "贵州茅台", "Kweichow Moutai", "main", "1430.00", 3.8, 1.5, 560],
  ["601318.SH", "中国平安", "Ping An Insurance", "main", "58.20", 60, 1.6, 9_000],
  ["600036.SH", "招商银行", "China Merchants Bank", "main", "42.60", 58, 1.4, 14_000],
  ["601398.SH", "工商银行", "ICBC", "main", "7.68", 300, 1.1, 40_000],
  ["600030.SH", "中信证券", "CITIC Securities", "main", "28.45", 130, 1.9, 9_500],
  ["600276.SH", "恒瑞医药", "Hengrui Pharmaceuticals", "main", "64.10", 45, 2.1, 3_800],
  ["601012.SH", "隆基绿能", "LONGi Green Energy", "main", "18.25", 105, 2.5, 5_600],
  ["600900.SH", "长江电力", "China Yangtze Power", "main", "28.05", 75, 1.0, 10_200],
  ["601899.SH", "紫金矿业", "Zijin Mining", "main", "30.40", 170, 2.4, 14_500],
  ["601857.SH", "中国石油", "PetroChina", "main", "9.52", 130, 1.4, 9_000],
  ["600887.SH", "伊利股份", "Yili Industrial", "main", "27.55", 42, 1.3, 5_500],
  ["603259.SH", "药明康德", "WuXi AppTec", "main", "98.30", 38, 2.6, 2_000],
  ["601138.SH", "工业富联", "Foxconn Industrial Internet", "main", "60.80", 110, 3.1, 3_300],
  ["688981.SH", "中芯国际", "SMIC", "star", "115.60", 58, 2.8, 1_950],
  ["688041.SH", "海光信息", "Hygon Information", "star", "218.50", 26, 3.3, 1_400],
  ["688111.SH", "金山办公", "Kingsoft Office", "star", "318.00", 6, 2.4, 220],
  ["688036.SH", "传音控股", "Transsion", "star", "75.20", 9, 2.3, 560],
  ["000001.SZ", "平安银行", "Ping An Bank", "main", "11.52", 95, 1.2, 8_200],
  ["002594.SZ", "比亚迪", "BYD", "main", "99.80", 44, 2.0, 3_700],
  ["000858.SZ", "五粮液", "Wuliangye", "main", "118.40", 22, 1.6, 1_750],
  ["000333.SZ", "美的集团", "Midea Group", "main", "76.35", 30, 1.5, 4_900],
  ["000651.SZ", "格力电器", "Gree Electric", "main", "40.10", 34, 1.3, 4_700],
  ["002415.SZ", "海康威视", "Hikvision", "main", "31.20", 45, 1.9, 4_000],
  ["000725.SZ", "京东方A", "BOE Technology", "main", "4.12", 560, 1.7, 29_000],
  ["002475.SZ", "立讯精密", "Luxshare Precision", "main", "58.70", 100, 2.8, 4_500],
  ["000063.SZ", "中兴通讯", "ZTE", "main", "41.30", 95, 2.6, 3_200],
  ["002714.SZ", "牧原股份", "Muyuan Foods", "main", "48.15", 30, 1.9, 2_900],
  ["300750.SZ", "宁德时代", "CATL", "chinext", "372.00", 23, 2.3, 2_600],
  ["300059.SZ", "东方财富", "East Money", "chinext", "24.60", 310, 2.6, 12_400],
  ["300274.SZ", "阳光电源", "Sungrow Power", "chinext", "164.50", 46, 3.3, 1_500],
  ["300760.SZ", "迈瑞医疗", "Mindray", "chinext", "205.80", 7, 1.7, 590],
  ["300124.SZ", "汇川技术", "Inovance Technology", "chinext", "73.90", 28, 2.3, 2_100],
  ["300015.SZ", "爱尔眼科", "Aier Eye Hospital", "chinext", "12.08", 95, 1.8, 6_100],
  // Beijing's stocks carry the 920 codes they were given in October 2025; these were 835185, 832982 and 872808.
  ["920185.BJ", "贝特瑞", "BTR New Material", "bse", "30.25", 9, 3.1, 400],
  ["920982.BJ", "锦波生物", "Jinbo Bio", "bse", "248.00", 1.2, 2.7, 70],
  ["920808.BJ", "曙光数创", "Sugon DataEnergy", "bse", "68.40", 2.4, 3.4, 60],
];

const STOCKS: readonly StockListing[] = STOCK_ROWS.map(
  ([code, name, nameEn, board, basePriceCny, volumeMillions, volatilityPercent, freeSharesMillions]) => ({
    symbol: SymbolCode.parse(code),
    name,
    nameEn,
    board,
    basePrice: price(Number(basePriceCny.replace(".", ""))),
    averageDailyVolume: volumeMillions * 1_000_000,
    volatility: volatilityPercent / 100,
    shares: freeSharesMillions * 1_000_000,
  }),
);

const INDICES: readonly IndexListing[] = [
  {
    symbol: SymbolCode.parse("000001.SH"),
    name: "上证指数",
    nameEn: "SSE Composite",
    baseLevel: price(392_000),
    exchange: "SH",
    boards: ["main", "star"],
  },
  {
    symbol: SymbolCode.parse("399001.SZ"),
    name: "深证成指",
    nameEn: "SZSE Component",
    baseLevel: price(1_318_000),
    exchange: "SZ",
    boards: ["main", "chinext"],
  },
  {
    symbol: SymbolCode.parse("399006.SZ"),
    name: "创业板指",
    nameEn: "ChiNext Index",
    baseLevel: price(312_000),
    exchange: "SZ",
    boards: ["chinext"],
  },
];

/** What the simulated exchange lists unless told otherwise: 36 stocks of four boards and three indices over them. */
export const INSTRUMENTS: InstrumentTable = { indices: INDICES, stocks: STOCKS };

/** The stocks of `table` that `index` is computed from. */
export function membersOf(index: IndexListing, table: InstrumentTable): StockListing[] {
  return table.stocks.filter((stock) =>
    stock.symbol.endsWith(`.${index.exchange}`) && index.boards.includes(stock.board)
  );
}
