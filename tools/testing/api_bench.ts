/** The HTTP API over a small market with a past, for tests. */
import {
  type AuctionStep,
  type Candle,
  type Instrument,
  type Price,
  price,
  type Quote,
  type SymbolCode,
  timeOfSlot,
} from "../../shared/mod.ts";
import { type ApiHandler, makeApiHandler } from "../../server/api/handle_request.ts";
import type { ApiSources, LiveState } from "../../server/api/sources.ts";
import { SHANGHAI_CALENDAR as CALENDAR } from "../../server/exchange/calendar/trading_calendar.ts";
import { dateStock } from "../../server/exchange/listing/dated_listing.ts";
import { loadListing } from "../../server/exchange/listing/load_listing.ts";
import type { CorporateAction } from "../../server/exchange/listing/price_adjustment.ts";
import { SearchIndex } from "../../server/search/search_index.ts";
import { IN_MEMORY, openStore } from "../../server/store/open_store.ts";
import type { SqliteStore } from "../../server/store/sqlite_store.ts";
import { dayOfMinutes, sampleDaily, sampleMinutes } from "./sample_candles.ts";
import { quoteAtOpen } from "./sample_market.ts";

export const MOUTAI = "600519.SH" as SymbolCode;
export const INDEX = "000001.SH" as SymbolCode;

/** The day being traded: a Friday. */
export const TODAY = 20261120;

const LISTING = loadListing();
const STOCKS = LISTING.stocks.slice(0, 60).concat(LISTING.stocks.filter(({ symbol }) => symbol === MOUTAI))
  .map((stock) => dateStock(stock, TODAY, CALENDAR));
export const INSTRUMENTS: readonly Instrument[] = [
  ...STOCKS.map(({ symbol, name, nameEn }): Instrument => ({ symbol, name, nameEn, kind: "stock" })),
  { symbol: INDEX, name: "上证指数", nameEn: "SSE Composite", kind: "index" },
];

export interface ApiBenchOptions {
  /** Slot of today's open minute; the ones before it are stored. @default 100 */
  readonly openSlot?: number;
  /** Days with minutes before today. @default 3 */
  readonly minuteDays?: number;
  /** Days with daily candles before today. @default 300 */
  readonly days?: number;
  /** What goes ex of {@link MOUTAI}. @default nothing */
  readonly actions?: readonly CorporateAction[];
  readonly isReady?: () => boolean;
}

export class ApiBench {
  readonly sources: ApiSources;
  readonly store: SqliteStore = openStore(IN_MEMORY, { newMarketId: () => "feed5eed" });
  readonly handle: ApiHandler;
  readonly minutes: readonly (Candle & { tradingDate: number })[];
  readonly states = new Map<string, LiveState>();

  constructor(
    { openSlot = 100, minuteDays = 4, days = 300, actions = [], isReady = () => true }: ApiBenchOptions = {},
  ) {
    this.minutes = this.#fill(openSlot, minuteDays, days);
    for (const [i, { symbol }] of STOCKS.entries()) {
      if (!this.states.has(symbol)) this.states.set(symbol, stateAt(symbol, i));
    }
    this.sources = {
      instruments: INSTRUMENTS,
      stocks: STOCKS,
      sectors: LISTING.sectors,
      store: this.store,
      stateOf: (symbol) => this.states.get(symbol),
      calendar: CALENDAR,
      actions: {
        on: ({ symbol }, date) => symbol === MOUTAI ? actions.find(({ exDate }) => exDate === date) : undefined,
        exDates: ({ symbol }, year) =>
          actions.map(({ exDate }) => exDate).filter((date) => symbol === MOUTAI && Math.floor(date / 1e4) === year),
      },
      search: new SearchIndex(INSTRUMENTS.map((one) => ({ ...one, size: 1 }))),
      isReady,
    };
    this.handle = makeApiHandler(this.sources, { allowedOrigins: [] });
  }

  get(target: string, init?: RequestInit): Promise<Response> {
    return this.handle(new Request(`http://localhost:8000${target}`, init));
  }

  #fill(openSlot: number, minuteDays: number, days: number): (Candle & { tradingDate: number })[] {
    const all: (Candle & { tradingDate: number })[] = [];
    for (let back = days; back >= 0; back--) {
      const tradingDate = CALENDAR.addTradingDays(TODAY, -back);
      const minutes = sampleMinutes(tradingDate, 0, back === 0 ? openSlot + 1 : 240);
      const finished = back === 0 ? minutes.slice(0, -1) : minutes;
      if (back <= minuteDays) {
        all.push(...minutes.map((minute) => ({ tradingDate, ...minute })));
        this.store.write({ minutes: [{ symbol: MOUTAI, tradingDate, candles: finished }] });
      }
      if (back > 0) {
        const daily = back <= minuteDays ? dayOfMinutes(tradingDate, minutes) : sampleDaily(1, tradingDate);
        this.store.write({ daily: [{ symbol: MOUTAI, candles: [daily] }] });
      } else this.states.set(MOUTAI, liveState(minutes));
    }
    return all;
  }
}

function liveState(minutes: readonly Candle[]): LiveState {
  const { open, high, low, close, volume, turnover } = dayOfMinutes(TODAY, minutes);
  const slot = minutes.at(-1)?.slot ?? 0;
  const exchangeTimeMs = timeOfSlot(TODAY, slot) + 30_000;
  const range = { open, high, low, lastPrice: close, volume, turnover };
  return {
    quote: quoteAtOpen({ ...range, exchangeTimeMs, tradingDate: TODAY }),
    candles: { tradingDate: TODAY, finished: minutes.slice(0, -1), open: minutes.at(-1) },
    auction: { steps: sampleAuction(open) },
  };
}

/** An auction that moved a little, and lost its price in between, on its way to the open. */
export function sampleAuction(open: Price): AuctionStep[] {
  const at = (second: number, above: number, matched: number, unmatched: number): AuctionStep => ({
    second,
    price: price(above === -Infinity ? 0 : open + above),
    matched,
    unmatched,
  });
  return [
    at(3, -20, 100, 300),
    at(45, -Infinity, 0, 0),
    at(60, 12, 900, -200),
    at(573, 3, 4_000, 700),
    at(600, 0, 4_600, 100),
  ];
}

/** Stock `i` has moved by `i − 30` steps of 0.1 % and traded 1000 × i shares: stock 0 has not traded. */
function stateAt(symbol: SymbolCode, i: number): LiveState {
  const quote: Quote = quoteAtOpen({
    lastPrice: price(i === 0 ? 10_000 : 10_000 + 10 * (i - 30)),
    prevClose: price(10_000),
    open: price(i === 0 ? 0 : 10_000),
    volume: 1_000 * i,
    turnover: 10_000_000 * i,
    exchangeTimeMs: timeOfSlot(TODAY, 100),
    ...(symbol === "000001.SZ" ? { phase: "suspended" as const } : {}),
  });
  return { quote, candles: { tradingDate: TODAY, finished: [], open: undefined }, auction: { steps: [] } };
}
