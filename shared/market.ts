/**
 * What a quote is: the vocabulary that the exchange, the server and the screens have in common.
 *
 * Every price is an integer count of {@link PRICE_UNIT_CNY}; a float appears only when a screen formats it.
 */
import * as z from "zod/mini";

/** One unit of a {@link Price}: 0.01 CNY, or 0.01 index points. It is also the price step of every A-share. */
export const PRICE_UNIT_CNY = 0.01;

/** Largest price on the wire, in units of 0.01: ten million CNY. It bounds what a damaged message can make a chart draw. */
export const PRICE_MAX = 1_000_000_000;

/** A price in units of 0.01 CNY (0.01 points for an index). 0 means "none": no trade yet today, or no daily limit. */
export const Price = z.int().check(z.gte(0), z.lte(PRICE_MAX)).brand<"Price">();
export type Price = z.infer<typeof Price>;

/**
 * Brands an integer as a {@link Price}.
 *
 * @throws RangeError when `units` is not an integer from 0 to {@link PRICE_MAX}: a float price is a defect, not an input.
 */
export function price(units: number): Price {
  if (!Number.isInteger(units) || units < 0 || units > PRICE_MAX) {
    throw new RangeError(`A price is an integer of 0.01 CNY from 0 to ${PRICE_MAX}, got ${units}`);
  }
  return units as Price;
}

/** An instrument's code and its exchange: six digits, then SH (Shanghai), SZ (Shenzhen) or BJ (Beijing), as in `600519.SH`. */
export const SymbolCode = z.string().check(z.regex(/^\d{6}\.(SH|SZ|BJ)$/)).brand<"SymbolCode">();
export type SymbolCode = z.infer<typeof SymbolCode>;

/** A whole number from 0 to 2^53 − 1. */
export const Count = z.int().check(z.gte(0));

/** A day of trading as the integer yyyymmdd, such as 20261120. */
export const TradingDate = z.int().check(z.gte(19900101), z.lte(29991231));

export const InstrumentKind = z.enum(["stock", "index"]);
export type InstrumentKind = z.infer<typeof InstrumentKind>;

/** What does not change while a trading day lasts. */
export const Instrument = z.object({
  symbol: SymbolCode,
  /** The name in Chinese, as the exchange prints it: 贵州茅台. */
  name: z.string(),
  /** The name in English: Kweichow Moutai. */
  nameEn: z.string(),
  kind: InstrumentKind,
});
export type Instrument = z.infer<typeof Instrument>;

/**
 * Where in its day an instrument is.
 *
 * Trades come in `continuous`, and at the end of each auction; until then an auction leaves the last price as it was.
 * `suspended` lasts all day.
 */
export const Phase = z.enum([
  "pre_open",
  "opening_auction",
  "continuous",
  "lunch",
  "closing_auction",
  "closed",
  "suspended",
]);
export type Phase = z.infer<typeof Phase>;

/** The fields of a quote. All are absolute values, so applying one twice, or skipping one, is harmless. */
export const quoteShape = {
  lastPrice: Price,
  /** First trade's price today; 0 before it. */
  open: Price,
  high: Price,
  low: Price,
  prevClose: Price,
  /** Highest price allowed today; 0 where there is no limit. */
  limitUp: Price,
  /** Lowest price allowed today; 0 where there is no limit. */
  limitDown: Price,
  /** Shares traded today. */
  volume: Count,
  /** Money traded today, in units of 0.01 CNY. */
  turnover: Count,
  /** The exchange's own clock at the last change, in milliseconds since 1970-01-01 UTC. A simulated exchange has simulated time. */
  exchangeTimeMs: Count,
  tradingDate: TradingDate,
  phase: Phase,
};

/** The latest state of one instrument. */
export const Quote = z.object(quoteShape);
export type Quote = z.infer<typeof Quote>;
export type QuoteField = keyof Quote;

/**
 * The fields in the order of their mask bits: bit i of a field mask stands for `QUOTE_FIELDS[i]`.
 * New fields go at the end; an order once published never changes.
 */
export const QUOTE_FIELDS: readonly QuoteField[] = [
  "lastPrice",
  "open",
  "high",
  "low",
  "prevClose",
  "limitUp",
  "limitDown",
  "volume",
  "turnover",
  "exchangeTimeMs",
  "tradingDate",
  "phase",
];

/** One minute of trading. `low ≤ open, close ≤ high`; a candle exists only for a minute in which something was known of the price. */
export const Candle = z.object({
  /** Minute of the trading day: 0 is 09:30–09:31, 119 is 11:29–11:30, 120 is 13:00–13:01, 239 is 14:59–15:00. */
  slot: z.int().check(z.gte(0), z.lt(240)),
  open: Price,
  high: Price,
  low: Price,
  close: Price,
  /** Shares traded in this minute. */
  volume: Count,
  /** Money traded in this minute, in units of 0.01 CNY. */
  turnover: Count,
});
export type Candle = z.infer<typeof Candle>;

/** Levels of the book that are shown on each side: 五档. */
export const DEPTH_LEVELS = 5;

/** One level of a book: its price, and the shares that wait there. */
export const DepthLevel = z.tuple([Price, Count]);
export type DepthLevel = z.infer<typeof DepthLevel>;

/**
 * 五档盘口. All values are absolute, so a book replaces the one before.
 *
 * The orders that a call auction gathers are not published: while it runs both sides have its price with what would trade
 * at it, and one of them a second level, of price 0, with what is left over.
 */
export const Depth = z.object({
  /** Best first, at most {@link DEPTH_LEVELS}; fewer where the book has fewer. */
  bids: z.array(DepthLevel).check(z.maxLength(DEPTH_LEVELS)),
  asks: z.array(DepthLevel).check(z.maxLength(DEPTH_LEVELS)),
  /** 外盘: shares that buyers took from resting sellers today. */
  outsideVolume: Count,
  /** 内盘: shares that sellers gave to resting buyers today. */
  insideVolume: Count,
  /** Of a running call auction: the price at which it would end now; 0 when there is none. */
  indicativePrice: Price,
  /** Shares that would trade at that price. */
  indicativeVolume: Count,
});
export type Depth = z.infer<typeof Depth>;

/** How often exchanges show where a call auction stands, in seconds. */
export const AUCTION_STEP_SECONDS = 3;

/** Length of the opening auction, 09:15 to 09:25, in seconds. */
export const OPENING_AUCTION_SECONDS = 600;

/** Where an opening auction stood at a moment: 虚拟参考价, 虚拟匹配量 and 虚拟未匹配量. */
export const AuctionStep = z.object({
  /** Seconds since 09:15. At the last one, 600, stands what the auction ended with. */
  second: z.int().check(z.gte(0), z.lte(OPENING_AUCTION_SECONDS)),
  /** The price at which it would have ended; 0 where no bid reached an ask. */
  price: Price,
  /** Shares that would have traded at that price. */
  matched: Count,
  /** Shares that would not have, although their price allowed it: above 0 for buyers left over, below 0 for sellers. */
  unmatched: z.int(),
});
export type AuctionStep = z.infer<typeof AuctionStep>;

/** Who took: `buy` from a resting seller (外盘), `sell` from a resting buyer (内盘), `auction` where both waited. */
export const TradeSide = z.enum(["buy", "sell", "auction"]);
export type TradeSide = z.infer<typeof TradeSide>;

/** 逐笔成交: one match. */
export const Trade = z.object({
  /** Counts the symbol's trades of the day from 1, without gaps. */
  no: z.int().check(z.gte(1)),
  price: Price,
  /** Shares. */
  size: Count,
  side: TradeSide,
  exchangeTimeMs: Count,
});
export type Trade = z.infer<typeof Trade>;
