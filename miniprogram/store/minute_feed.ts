import type { AuctionPoint } from "../stock/chart/minute/price_range";
import type { MinuteDay } from "../stock/chart/series/minute_series";
import type { Candle, Phase, SymbolCode } from "../lib/shared";
import type { KnownQuote, QuoteClient } from "../net/quote_client";

/** What a 分时 chart of one day is made of. */
export interface MinuteState {
  readonly day: MinuteDay;
  /** The auction before 09:30, which has a region of its own while it lasts; `undefined` at all other times. */
  readonly auction: readonly AuctionPoint[] | undefined;
}

/** Quotes do not tell at what price an auction stands, so its region is empty. */
const NOTHING_KNOWN: readonly AuctionPoint[] = [];

const WITH_AUCTION: readonly (Phase | undefined)[] = ["pre_open", "opening_auction"];

/** Follows one symbol's minutes and hands on the day whenever, and only when, it is another one. */
export class MinuteFeed {
  private readonly client: QuoteClient;
  private readonly onState: (state: MinuteState) => void;
  private symbol = "";
  private state: MinuteState | undefined;
  private stopListening: (() => void) | undefined;

  constructor(client: QuoteClient, onState: (state: MinuteState) => void) {
    this.client = client;
    this.onState = onState;
  }

  /** Follows another symbol from now on. */
  follow(symbol: string): void {
    if (symbol === this.symbol) return;
    this.symbol = symbol;
    this.state = undefined;
    if (this.stopListening) this.look();
  }

  /** Looks at once and listens. Twice in a row is allowed. */
  start(): void {
    if (this.stopListening) return;
    this.stopListening = this.client.on("change", ({ quotes, candles }) => {
      const symbol = this.symbol as SymbolCode;
      if (quotes.has(symbol) || candles.has(symbol)) this.look();
    });
    this.look();
  }

  stop(): void {
    this.stopListening?.();
    this.stopListening = undefined;
  }

  private look(): void {
    const next = minuteState(this.client.quote(this.symbol), this.client.candles(this.symbol));
    if (this.state && isSame(this.state, next)) return;
    this.state = next;
    this.onState(next);
  }
}

function minuteState(quote: KnownQuote | undefined, candles: readonly Candle[]): MinuteState {
  const { tradingDate = 0, prevClose = 0, limitUp = 0, limitDown = 0 } = quote ?? {};
  return {
    day: { tradingDate, candles, prevClose, limitUp, limitDown, hasAverage: quote?.kind === "stock" },
    auction: WITH_AUCTION.includes(quote?.phase) ? NOTHING_KNOWN : undefined,
  };
}

function isSame(one: MinuteState, other: MinuteState): boolean {
  const keys = Object.keys(one.day) as (keyof MinuteDay)[];
  return one.auction === other.auction && keys.every((key) => one.day[key] === other.day[key]);
}
