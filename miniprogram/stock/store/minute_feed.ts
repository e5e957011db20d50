import type { AuctionPoint } from "../chart/minute/price_range";
import type { MinuteDay } from "../chart/series/minute_series";
import type { Candle, SymbolCode } from "../../lib/shared";
import type { KnownQuote } from "../../net/quote_client";
import { type AuctionSources, OpeningAuction } from "./auction/opening_auction";

/** What a 分时 chart of one day is made of. */
export interface MinuteState {
  readonly day: MinuteDay;
  /** The auction before 09:30, which keeps a region of its own all day; `undefined` where there is none. */
  readonly auction: readonly AuctionPoint[] | undefined;
}

/** Follows one symbol's minutes and its opening auction, and hands on the day whenever, and only when, it is another one. */
export class MinuteFeed {
  private readonly sources: AuctionSources;
  private readonly symbol: string;
  private readonly onState: (state: MinuteState) => void;
  private readonly auction: OpeningAuction;
  private state: MinuteState | undefined;
  private stopListening: (() => void) | undefined;

  constructor(sources: AuctionSources, symbol: string, onState: (state: MinuteState) => void) {
    this.sources = sources;
    this.symbol = symbol;
    this.onState = onState;
    this.auction = new OpeningAuction(sources, symbol, () => this.look());
  }

  /** Looks at once and listens. Twice in a row is allowed. */
  start(): void {
    if (this.stopListening) return;
    // It hears each message first, so that the day and the auction of one message are handed on together.
    this.auction.start();
    this.stopListening = this.sources.client.on("change", ({ quotes, candles }) => {
      const symbol = this.symbol as SymbolCode;
      if (quotes.has(symbol) || candles.has(symbol)) this.look();
    });
    this.look();
  }

  stop(): void {
    this.auction.stop();
    this.stopListening?.();
    this.stopListening = undefined;
  }

  private look(): void {
    const { client } = this.sources;
    const day = minuteDay(client.quote(this.symbol), client.candles(this.symbol));
    const next = { day, auction: this.auction.points };
    if (this.state && isSame(this.state, next)) return;
    this.state = next;
    this.onState(next);
  }
}

function minuteDay(quote: KnownQuote | undefined, candles: readonly Candle[]): MinuteDay {
  const { tradingDate = 0, prevClose = 0, limitUp = 0, limitDown = 0 } = quote ?? {};
  return { tradingDate, candles, prevClose, limitUp, limitDown, hasAverage: quote?.kind === "stock" };
}

function isSame(one: MinuteState, other: MinuteState): boolean {
  const keys = Object.keys(one.day) as (keyof MinuteDay)[];
  return one.auction === other.auction && keys.every((key) => one.day[key] === other.day[key]);
}
