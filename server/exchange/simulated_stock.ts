/**
 * How one stock trades. An efficient price, never seen, follows the market and news of its own; trades come at random times
 * and hit the step above it or the one below; their sizes follow the hour and the excitement.
 */
import { MS_PER_MINUTE, type Price } from "../../shared/mod.ts";
import { boardRule, dailyLimits } from "./board_rules.ts";
import { DayQuote, type QuoteChanges } from "./day_quote.ts";
import type { StockListing } from "./instruments.ts";
import { SLOT_INTENSITY, SLOT_TRADE_RATE } from "./intraday_profile.ts";
import type { IndexMember } from "./index_level.ts";
import type { MarketFactor } from "./market_factor.ts";
import { Random } from "./random.ts";
import { TRADING_MS_PER_DAY, type TradingDay } from "./trading_day.ts";
import { ClusteredVolatility, MEAN_MULTIPLIER } from "./volatility.ts";

/** Share of a stock's variance that the market explains. */
const MARKET_SHARE = 0.25;
const MARKET_WEIGHT = Math.sqrt(MARKET_SHARE);
const OWN_WEIGHT = Math.sqrt(1 - MARKET_SHARE);

/** Share of a day's variance that falls between the close and the next open. */
const OVERNIGHT_SHARE = 0.2;

/** Share of its distance from the base price that a stock gives back each night, so that months of running end nowhere absurd. */
const NIGHTLY_PULL = 0.01;

/** Half of the spread between buyers and sellers beyond the price step, as a fraction of the price. */
const HALF_SPREAD = 0.000_04;

/** Probability that a trade comes from the same side as the one before, as when a large order is worked off in parts. */
const SAME_SIDE = 0.7;

/** Standard deviation of the logarithm of a trade's size. */
const SIZE_LOG_SD = 1;

/** Standard deviation of the logarithm of a whole day's volume. */
const DAY_VOLUME_LOG_SD = 0.25;

/** Share of an ordinary day's volume that trades at the open. */
const OPENING_SHARE = 0.008;

/** Trades per second: so many for a turnover of one billion CNY a day, growing with this power of it, within the bounds. */
const TRADES_PER_SECOND = { atOneBillion: 0.56, power: 0.85, fewest: 0.5, most: 5 } as const;

/** A trade of fewer lots than this on average is not worth splitting further: rarer trades then. */
const MEAN_LOTS_MIN = 1.6;

export class SimulatedStock implements IndexMember {
  readonly listing: StockListing;
  #logPrice: number;
  #prevClose: Price;
  #today: DayState | undefined;

  constructor(listing: StockListing) {
    this.listing = listing;
    this.#logPrice = Math.log(listing.basePrice);
    this.#prevClose = listing.basePrice;
  }

  /** The quote of the day that {@link open} began. */
  get quote(): DayQuote {
    return this.#day().quote;
  }

  get lastPrice(): Price {
    return this.quote.current.lastPrice;
  }

  get prevClose(): Price {
    return this.quote.current.prevClose;
  }

  get shares(): number {
    return this.listing.shares;
  }

  /** Milliseconds of trading from the open to the next trade; it may lie beyond the close, and then does not happen. */
  get nextTradeMs(): number {
    return this.#day().nextTradeMs;
  }

  /** Begins a day with its opening trade; the tick carries every field. */
  open(day: TradingDay, seed: number, market: MarketFactor): QuoteChanges {
    const { listing } = this;
    if (this.#today) this.#prevClose = this.#today.quote.current.lastPrice;
    const random = Random.stream(seed, `${listing.symbol} ${day.date}`);
    const shock = MARKET_WEIGHT * market.overnight + OWN_WEIGHT * random.normal();
    this.#logPrice += listing.volatility * Math.sqrt(OVERNIGHT_SHARE) * shock;
    this.#logPrice += NIGHTLY_PULL * (Math.log(listing.basePrice) - this.#logPrice);

    const rule = boardRule(listing.board, day.date);
    const limits = dailyLimits(this.#prevClose, rule);
    const lastPrice = within(limits, Math.round(Math.exp(this.#logPrice)));
    const volume = rule.lot * Math.max(1, Math.round((listing.averageDailyVolume * OPENING_SHARE) / rule.lot));
    this.#today = {
      day,
      random,
      limits,
      lot: rule.lot,
      volatility: new ClusteredVolatility(random),
      // Half the variance is taken off so that the mean of the lognormal stays 1.
      volumeFactor: Math.exp(DAY_VOLUME_LOG_SD * random.normal() - DAY_VOLUME_LOG_SD ** 2 / 2),
      meanGapMs: 1_000 / tradesPerSecond(listing, rule.lot),
      side: 1,
      marketSeen: 0,
      lastTradeMs: 0,
      nextTradeMs: 0,
      quote: new DayQuote({
        lastPrice,
        prevClose: this.#prevClose,
        ...limits,
        volume,
        turnover: volume * lastPrice,
        exchangeTimeMs: day.timeAt(0),
        tradingDate: day.date,
      }),
    };
    scheduleNext(this.#today);
    return this.#today.quote.whole();
  }

  /** Makes the trade that is due. */
  trade(market: MarketFactor): QuoteChanges {
    const today = this.#day();
    const { random, quote } = today;
    const offsetMs = today.nextTradeMs;
    const slot = Math.floor(offsetMs / MS_PER_MINUTE);
    const excitement = today.volatility.at(slot);
    // Both volume and variance of the time since the last trade, as shares of a day's.
    const share = ((SLOT_INTENSITY[slot] ?? 0) * (offsetMs - today.lastTradeMs)) / TRADING_MS_PER_DAY;

    const marketLevel = market.levelAt(offsetMs);
    const own = excitement * Math.sqrt(share) * random.normal();
    const move = MARKET_WEIGHT * (marketLevel - today.marketSeen) + OWN_WEIGHT * own;
    this.#logPrice += this.listing.volatility * Math.sqrt(1 - OVERNIGHT_SHARE) * move;
    today.marketSeen = marketLevel;

    if (random.uniform() >= SAME_SIDE) today.side = -today.side;
    const efficient = Math.exp(this.#logPrice);
    const traded = today.side > 0
      ? Math.ceil(efficient * (1 + HALF_SPREAD))
      : Math.floor(efficient * (1 - HALF_SPREAD));
    const lastPrice = within(today.limits, traded);

    const bustle = (excitement / MEAN_MULTIPLIER) * today.volumeFactor;
    const lots = ((this.listing.averageDailyVolume * share * bustle) / today.lot) *
      Math.exp(SIZE_LOG_SD * random.normal() - SIZE_LOG_SD ** 2 / 2);
    // Adding an even fraction before rounding down keeps the mean, whatever the size.
    const size = today.lot * Math.max(1, Math.floor(lots + random.uniform()));

    today.lastTradeMs = offsetMs;
    scheduleNext(today);
    const { volume, turnover } = quote.current;
    return quote.update(lastPrice, volume + size, turnover + size * lastPrice, today.day.timeAt(offsetMs));
  }

  #day(): DayState {
    if (!this.#today) throw new Error(`${this.listing.symbol} has no day yet: call open() first`);
    return this.#today;
  }
}

interface DayState {
  readonly day: TradingDay;
  readonly random: Random;
  readonly limits: { readonly limitUp: Price; readonly limitDown: Price };
  readonly lot: number;
  readonly volatility: ClusteredVolatility;
  readonly volumeFactor: number;
  readonly meanGapMs: number;
  readonly quote: DayQuote;
  /** 1 when the last trade met a seller's price, −1 when it met a buyer's. */
  side: number;
  marketSeen: number;
  lastTradeMs: number;
  nextTradeMs: number;
}

/** A wait of random length: never very short, and at most 2.2 times the mean, so that no stock looks dead. */
function scheduleNext(today: DayState): void {
  const slot = Math.floor(today.lastTradeMs / MS_PER_MINUTE);
  const meanMs = today.meanGapMs / (SLOT_TRADE_RATE[slot] ?? 1);
  const gapMs = meanMs * Math.min(2.2, 0.3 + 0.7 * today.random.exponential());
  today.nextTradeMs = today.lastTradeMs + Math.max(1, Math.round(gapMs));
}

/** The mean over a day. */
function tradesPerSecond(listing: StockListing, lot: number): number {
  const billionsCny = (listing.averageDailyVolume * listing.basePrice) / 100 / 1e9;
  const affordable = (listing.averageDailyVolume / (MEAN_LOTS_MIN * lot) / TRADING_MS_PER_DAY) * 1_000;
  const { atOneBillion, power, fewest, most } = TRADES_PER_SECOND;
  return Math.max(fewest, Math.min(most, affordable, atOneBillion * billionsCny ** power));
}

function within(limits: DayState["limits"], units: number): Price {
  if (units >= limits.limitUp) return limits.limitUp;
  if (units <= limits.limitDown) return limits.limitDown;
  return units as Price;
}
