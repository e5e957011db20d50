import type { Candle, Channel, SymbolCode } from "../../shared/mod.ts";
import { price } from "../../shared/mod.ts";
import type {
  ClientError,
  ClientState,
  KnownQuote,
  QuoteChanges,
  QuoteClient,
  QuoteClientEvents,
  Rejections,
  Subscription,
  SubscriptionRequest,
} from "../../miniprogram/net/quote_client.ts";
import { Emitter } from "../../miniprogram/net/emitter.ts";

/** One owner's wishes, as the fake keeps them for a test to look at. */
export interface FakeSubscription extends Subscription {
  readonly symbols: readonly string[];
  readonly channels: readonly Channel[];
  readonly isReleased: boolean;
  /** Answers as a server that refuses these symbols would. */
  reject(rejected: Rejections): void;
}

/** A client without a line: a test sets what it knows and says what changed. For tests of screens, not of the client. */
export class FakeQuoteClient implements QuoteClient {
  url = "ws://server.test:8000/ws";
  state: ClientState = "live";
  rttMs: number | undefined = 12;
  retryAtMs: number | undefined;
  lastError: ClientError | undefined;
  epoch: string | undefined = "epoch-1";
  protocol: string | undefined = "tickwire.v1.json";
  market: QuoteClient["market"];
  age: number | undefined = 0;
  readonly calls: string[] = [];
  readonly subscriptions: FakeSubscription[] = [];
  readonly staleSymbols = new Set<string>();
  #quotes = new Map<string, KnownQuote>();
  #candles = new Map<string, readonly Candle[]>();
  #events = new Emitter<QuoteClientEvents>((error) => {
    throw error;
  });
  #listeners = 0;

  /** Listeners that were added and not removed: a hidden screen leaves none. */
  get listeners(): number {
    return this.#listeners;
  }

  open(): void {
    this.calls.push("open");
  }
  close(): void {
    this.calls.push("close");
  }
  hide(): void {
    this.calls.push("hide");
  }
  show(): void {
    this.calls.push("show");
  }
  networkChanged(isConnected: boolean): void {
    this.calls.push(`networkChanged ${isConnected}`);
  }
  setUrl(url: string): void {
    this.url = url;
    this.calls.push(`setUrl ${url}`);
  }

  subscribe(request: SubscriptionRequest): Subscription {
    let { symbols, channels } = request;
    let rejected: Rejections = new Map();
    let isReleased = false;
    const subscription: FakeSubscription = {
      get symbols() {
        return symbols;
      },
      get channels() {
        return channels;
      },
      get rejected() {
        return rejected;
      },
      get isReleased() {
        return isReleased;
      },
      update(nextSymbols, nextChannels) {
        symbols = nextSymbols;
        channels = nextChannels ?? channels;
      },
      release: () => void (isReleased = true),
      reject(next) {
        rejected = next;
        request.onRejected?.(next);
      },
    };
    this.subscriptions.push(subscription);
    return subscription;
  }

  on<Name extends keyof QuoteClientEvents>(name: Name, listener: (event: QuoteClientEvents[Name]) => void): () => void {
    this.#listeners++;
    const off = this.#events.on(name, listener);
    return () => {
      this.#listeners--;
      off();
    };
  }

  quote(symbol: string): KnownQuote | undefined {
    return this.#quotes.get(symbol);
  }
  isFresh(symbol: string): boolean {
    return this.state === "live" && this.#quotes.has(symbol) && !this.staleSymbols.has(symbol);
  }
  changeAgeMs(symbol: string): number | undefined {
    return this.#quotes.has(symbol) ? this.age : undefined;
  }
  candles(symbol: string): readonly Candle[] {
    return this.#candles.get(symbol) ?? [];
  }
  ageMs(): number | undefined {
    return this.age;
  }
  serverNowMs(): number {
    return 0;
  }

  /** Makes a quote known and tells the listeners. */
  setQuote(symbol: string, fields: Partial<KnownQuote> = {}): void {
    this.#quotes.set(symbol, { ...this.#quotes.get(symbol) ?? someQuote(symbol), ...fields });
    this.#change({ quotes: new Set([symbol as SymbolCode]), candles: new Set() });
  }

  setCandles(symbol: string, candles: readonly Candle[]): void {
    this.#candles.set(symbol, candles);
    this.#change({ quotes: new Set(), candles: new Set([symbol as SymbolCode]) });
  }

  setState(state: ClientState): void {
    this.state = state;
    this.#events.emit("state", state);
  }

  #change(changes: QuoteChanges): void {
    this.#events.emit("change", changes);
  }
}

/** A quote with round numbers: 10.00 yesterday, 10.10 now. */
export function someQuote(symbol: string): KnownQuote {
  return {
    symbol: symbol as SymbolCode,
    name: `股票${symbol.slice(0, 6)}`,
    nameEn: `Stock ${symbol.slice(0, 6)}`,
    kind: "stock",
    lastPrice: price(1010),
    open: price(1000),
    high: price(1020),
    low: price(990),
    prevClose: price(1000),
    limitUp: price(1100),
    limitDown: price(900),
    volume: 123_400,
    turnover: 124_634_000,
    exchangeTimeMs: Date.UTC(2026, 10, 20, 1, 30, 5),
    tradingDate: 20261120,
    phase: "continuous",
    seq: 1,
    merged: 0,
  };
}
