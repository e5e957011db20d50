import { type MinuteSeries, minuteSeries } from "../chart/minute_series";
import type { Candle, SymbolCode } from "../lib/shared";
import type { QuoteClient } from "../net/quote_client";

/** Follows one symbol's minutes and hands on a new series whenever, and only when, it is another one. */
export class MinuteFeed {
  private readonly client: QuoteClient;
  private readonly onSeries: (series: MinuteSeries) => void;
  private symbol = "";
  private candles: readonly Candle[] | undefined;
  private prevClose = 0;
  private stopListening: (() => void) | undefined;

  constructor(client: QuoteClient, onSeries: (series: MinuteSeries) => void) {
    this.client = client;
    this.onSeries = onSeries;
  }

  /** Follows another symbol from now on. */
  follow(symbol: string): void {
    if (symbol === this.symbol) return;
    this.symbol = symbol;
    this.candles = undefined;
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
    const quote = this.client.quote(this.symbol);
    const candles = this.client.candles(this.symbol);
    const prevClose = quote?.prevClose ?? 0;
    if (candles === this.candles && prevClose === this.prevClose) return;
    this.candles = candles;
    this.prevClose = prevClose;
    this.onSeries(minuteSeries(candles, { prevClose, hasAverage: quote?.kind === "stock" }));
  }
}
