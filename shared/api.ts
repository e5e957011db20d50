/**
 * The HTTP API at {@link API_ROOT}: what may be asked, and what is answered.
 *
 * Queries refuse what they do not know, so that a slip of the pen is told and not ignored; of answers a client ignores
 * what it does not know, so that the server may be newer. Prices are integers of 0.01 CNY, money likewise.
 */
import * as z from "zod/mini";
import {
  AUCTION_STEP_SECONDS,
  AuctionStep,
  Count,
  Instrument,
  InstrumentKind,
  OPENING_AUCTION_SECONDS,
  Phase,
  Price,
  SymbolCode,
  TradingDate,
} from "./market.ts";

// See messages.ts: WeChat misleads zod's probe for code generation.
z.config({ jitless: true });

/** Every path of the API begins so; another version would have another number. */
export const API_ROOT = "/api/v1";

// ---- candles ----

/** Minutes follow the trading day: 60m is 09:30–10:30, 10:30–11:30, 13:00–14:00 and 14:00–15:00. No candle spans lunch. */
export const CandlePeriod = z.enum(["1m", "5m", "15m", "30m", "60m", "day", "week", "month"]);
export type CandlePeriod = z.infer<typeof CandlePeriod>;

/** `forward` (前复权) states earlier prices in today's terms, so that a dividend makes no step; `none` is what was paid. */
export const CandleAdjustment = z.enum(["none", "forward"]);
export type CandleAdjustment = z.infer<typeof CandleAdjustment>;

/**
 * A place among candles: a date yyyymmdd, and for periods of minutes optionally a slot behind it, 20261120-119. It stands
 * for the candle that it falls into.
 */
export const CandleCursor = z.string().check(z.regex(/^\d{8}(-\d{1,3})?$/));

/** Candles of one page at most. */
export const CANDLES_PER_PAGE_MAX = 1_000;

export const CandleQuery = z.strictObject({
  symbol: SymbolCode,
  period: CandlePeriod,
  adjust: z._default(CandleAdjustment, "none"),
  /** Only candles before this place; the latest of them. */
  before: z.optional(CandleCursor),
  /** Only finished candles after this place; the earliest of them. */
  after: z.optional(CandleCursor),
  /** Which state of the past the pages belong to; taken from the links of a page, which can then be kept for ever. */
  edition: z.optional(z.string().check(z.maxLength(64))),
  limit: z._default(z.int().check(z.gte(1), z.lte(CANDLES_PER_PAGE_MAX)), 240),
});
export type CandleQuery = z.infer<typeof CandleQuery>;

export const HistoryCandle = z.object({
  /** The day of the candle; of a week or a month its last day with trades. */
  tradingDate: TradingDate,
  /** For periods of minutes the first minute of the candle, 0 (09:30) to 239 (14:59). */
  slot: z.optional(z.int().check(z.gte(0), z.lt(240))),
  open: Price,
  high: Price,
  low: Price,
  close: Price,
  /** Shares, never adjusted. */
  volume: Count,
  /** Money in units of 0.01 CNY, never adjusted. */
  turnover: Count,
});
export type HistoryCandle = z.infer<typeof HistoryCandle>;

export const CandlePage = z.object({
  symbol: SymbolCode,
  period: CandlePeriod,
  adjust: CandleAdjustment,
  /** Changes when finished candles look otherwise: another market, or a new dividend under `adjust=forward`. */
  edition: z.string(),
  /** Finished candles, oldest first. They never change within an edition. */
  candles: z.array(HistoryCandle),
  /** The candle that is still being made; only where the page reaches the present. */
  open: z.nullable(HistoryCandle),
  /** The page before this one, `null` at the beginning. */
  previous: z.nullable(z.string()),
  /** The page after this one, `null` at the present. */
  next: z.nullable(z.string()),
});
export type CandlePage = z.infer<typeof CandlePage>;

// ---- sparklines ----

/** Minutes between two points of a sparkline: 48 points are a day, and more cannot be told apart in a list. */
export const SPARKLINE_STEP_MINUTES = 5;

/** Instruments of one request at most. */
export const SPARKLINES_MAX = 200;

export const SparklineQuery = z.strictObject({
  /** Symbols with commas between them. One that does not exist is left out of the answer. */
  symbols: z.string().check(
    z.maxLength(SPARKLINES_MAX * 10),
    z.regex(/^\d{6}\.(SH|SZ|BJ)(,\d{6}\.(SH|SZ|BJ))*$/),
  ),
});
export type SparklineQuery = z.infer<typeof SparklineQuery>;

export const Sparkline = z.object({
  symbol: SymbolCode,
  tradingDate: TradingDate,
  /** The last price of every {@link SPARKLINE_STEP_MINUTES} minutes of the day so far, the running ones included. */
  closes: z.array(Price),
});
export type Sparkline = z.infer<typeof Sparkline>;

export const SparklinePage = z.object({ lines: z.array(Sparkline) });
export type SparklinePage = z.infer<typeof SparklinePage>;

// ---- auctions ----

/** An index has no auction, and a stock that is suspended today had none: no steps. */
export const AuctionPage = z.object({
  symbol: SymbolCode,
  /** `null` before the first quote. */
  tradingDate: z.nullable(TradingDate),
  /** Oldest first, at most one for every {@link AUCTION_STEP_SECONDS} seconds, and none where nothing changed. */
  steps: z.array(AuctionStep).check(z.maxLength(OPENING_AUCTION_SECONDS / AUCTION_STEP_SECONDS + 1)),
});
export type AuctionPage = z.infer<typeof AuctionPage>;

// ---- search ----

export const SearchQuery = z.strictObject({
  /** A code, a name in Chinese or English, pinyin or its initials: 600519, 茅台, moutai, gzmt. */
  q: z.string().check(z.minLength(1), z.maxLength(64)),
  limit: z._default(z.int().check(z.gte(1), z.lte(50)), 20),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

export const SearchPage = z.object({
  q: z.string(),
  /** The best first. */
  results: z.array(z.extend(Instrument, {
    /** Which of the names matched. */
    by: z.enum(["code", "name", "pinyin", "english"]),
  })),
});
export type SearchPage = z.infer<typeof SearchPage>;

// ---- instruments ----

export const NoQuery = z.strictObject({});

export const BoardName = z.enum(["main", "chinext", "star", "bse"]);
export type BoardName = z.infer<typeof BoardName>;

/** What there is to know of an instrument beside its quote. An index has no board, sector, shares, order rules or listing. */
export const InstrumentFacts = z.extend(Instrument, {
  board: z.nullable(BoardName),
  sector: z.nullable(z.object({ id: z.string(), name: z.string(), nameEn: z.string() })),
  /** A shares issued. */
  totalShares: z.nullable(Count),
  /** Those of them that may be traded. */
  floatShares: z.nullable(Count),
  /** True for ST and *ST. */
  riskWarning: z.boolean(),
  /** The day of its listing; `null` for one listed before the market's history begins, and for an index. */
  listedOn: z.nullable(TradingDate),
  /** The day that the facts below belong to; `null` before the first quote. */
  tradingDate: z.nullable(TradingDate),
  phase: z.nullable(Phase),
  prevClose: z.nullable(Price),
  /** The highest price allowed today; `null` where there is no limit. */
  limitUp: z.nullable(Price),
  limitDown: z.nullable(Price),
  /** Fewest shares of an order to buy. */
  lot: z.nullable(Count),
  /** Beyond them an order grows by so many shares. */
  sizeStep: z.nullable(Count),
  /** Step of prices, in units of 0.01 CNY. */
  tickSize: Count,
});
export type InstrumentFacts = z.infer<typeof InstrumentFacts>;

// ---- rankings and sectors ----

/** 涨幅, 跌幅, 成交额, 换手率, 量比 */
export const RankingKey = z.enum(["gain", "loss", "turnover", "turnoverRate", "volumeRatio"]);
export type RankingKey = z.infer<typeof RankingKey>;

export const RankingQuery = z.strictObject({
  by: RankingKey,
  limit: z._default(z.int().check(z.gte(1), z.lte(200)), 20),
  board: z.optional(BoardName),
  /** Id of a sector. */
  sector: z.optional(z.string().check(z.maxLength(64))),
});
export type RankingQuery = z.infer<typeof RankingQuery>;

/** One stock among others, with the figures that they are compared by. Ratios are rounded to two decimals. */
export const RankedStock = z.object({
  symbol: SymbolCode,
  name: z.string(),
  nameEn: z.string(),
  kind: InstrumentKind,
  lastPrice: Price,
  prevClose: Price,
  changePercent: z.number(),
  volume: Count,
  turnover: Count,
  /** Part of the float that changed hands today. */
  turnoverRatePercent: z.number(),
  /** Volume per minute today ÷ volume per minute of the last five days; `null` without such days or before 09:30. */
  volumeRatio: z.nullable(z.number()),
});
export type RankedStock = z.infer<typeof RankedStock>;

export const RankingPage = z.object({
  by: RankingKey,
  /** The first has rank 1. Stocks that have not traded today are left out. */
  stocks: z.array(RankedStock),
});
export type RankingPage = z.infer<typeof RankingPage>;

const sectorShape = {
  id: z.string(),
  name: z.string(),
  nameEn: z.string(),
  members: Count,
  /** Mean of the changes of its members that traded today, each counted alike; `null` where none has. */
  changePercent: z.nullable(z.number()),
  /** Members above and below their prevClose. */
  rising: Count,
  falling: Count,
  /** Of all members today, in units of 0.01 CNY. */
  turnover: Count,
};
export const SectorSummary = z.object(sectorShape);
export type SectorSummary = z.infer<typeof SectorSummary>;
export const SectorList = z.object({
  /** The strongest first; those without trades last. */
  sectors: z.array(SectorSummary),
});
export type SectorList = z.infer<typeof SectorList>;
export const SectorDetail = z.object({
  ...sectorShape,
  /** Its members with a quote, the strongest first. */
  stocks: z.array(RankedStock),
});
export type SectorDetail = z.infer<typeof SectorDetail>;

// ---- faults ----

/** How every request is refused. */
export const ApiProblem = z.object({
  error: z.object({
    /** For programs: `bad_query`, `unknown_symbol`, `unknown_sector`, `edition`, `not_ready`, `not_found`, `method`. */
    code: z.string(),
    /** For people: what is wrong, where, and what would do. */
    message: z.string(),
    /** The parameter at fault, where it is one. */
    field: z.optional(z.string()),
  }),
});
export type ApiProblem = z.infer<typeof ApiProblem>;
