import type { Candle, Channel, Depth, SymbolCode, Tier } from "../../shared/mod.ts";
import { CHANNELS, price } from "../../shared/mod.ts";
import type {
  ClientError,
  ClientState,
  KnownQuote,
  KnownTrades,
  QuoteChanges,
  QuoteClient,
  QuoteClientEvents,
  Rejections,
  Subscription,
  SubscriptionRequest,
  TapEntry,
} from "../../miniprogram/net/quote_client.ts";
import type { WireForm } from "../../miniprogram/net/protocol_choice.ts";
import { Emitter } from "../../miniprogram/net/emitter.ts";
import { NO_TRADES } from "../../miniprogram/net/trade_series.ts";

/** One owner's wishes, as the fake keeps them for a test to look at. */
export interface FakeSubscription extends Subscription {
  readonly symbols: readonly string[];
  readonly channels: readonly Channel[];
  readonly isReleased: boolean;
  /** What the last `setTiers` said. */
  readonly tiers: Readonly<Partial<Record<Tier, readonly string[]>>>;
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
  wireForm: WireForm = "text";
  market: QuoteClient["market"];
  channels: readonly Channel[] = CHANNELS;
  age: number | undefined = 0;
  ratePerSecond: number | undefined = 10;
  isWeakNetwork = false;
  repairs = { gap: 0, checksum: 0, agreed: 0 };
  mergedLast = 0;
  readonly calls: string[] = [];
  readonly subscriptions: FakeSubscription[] = [];
  readonly staleSymbols = new Set<string>();
  #quotes = new Map<string, KnownQuote>();
  #candles = new Map<string, readonly Candle[]>();
  #depths = new Map<string, Depth>();
  #trades = new Map<string, KnownTrades>();
  #taps = new Set<(entry: TapEntry) => void>();
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
  networkWeakChanged(isWeak: boolean): void {
    this.calls.push(`networkWeakChanged ${isWeak}`);
  }
  setRate(perSecond: number): void {
    this.calls.push(`setRate ${perSecond}`);
  }
  setUrl(url: string): void {
    this.url = url;
    this.calls.push(`setUrl ${url}`);
  }
  setWireForm(form: WireForm): void {
    this.wireForm = form;
    this.calls.push(`setWireForm ${form}`);
  }

  subscribe(request: SubscriptionRequest): Subscription {
    let { symbols, channels } = request;
    let rejected: Rejections = new Map();
    let isReleased = false;
    let tiers: FakeSubscription["tiers"] = {};
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
      get tiers() {
        return tiers;
      },
      setTiers: (next) => void (tiers = next),
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
    return (this.state === "live" || this.state === "polling") && this.#quotes.has(symbol) &&
      !this.staleSymbols.has(symbol);
  }
  changeAgeMs(symbol: string): number | undefined {
    return this.#quotes.has(symbol) ? this.age : undefined;
  }
  candles(symbol: string): readonly Candle[] {
    return this.#candles.get(symbol) ?? [];
  }
  depth(symbol: string): Depth | undefined {
    return this.#depths.get(symbol);
  }
  trades(symbol: string): KnownTrades {
    return this.#trades.get(symbol) ?? NO_TRADES;
  }
  tap(listener: (entry: TapEntry) => void): () => void {
    this.#taps.add(listener);
    return () => this.#taps.delete(listener);
  }
  ageMs(): number | undefined {
    return this.age;
  }
  serverNowMs(): number {
    return 0;
  }

  offers(channel: Channel): boolean {
    return this.channels.includes(channel);
  }

  /** Makes a quote known and tells the listeners. */
  setQuote(symbol: string, fields: Partial<KnownQuote> = {}): void {
    this.#quotes.set(symbol, { ...this.#quotes.get(symbol) ?? someQuote(symbol), ...fields });
    this.#change("quotes", symbol);
  }

  setCandles(symbol: string, candles: readonly Candle[]): void {
    this.#candles.set(symbol, candles);
    this.#change("candles", symbol);
  }

  setDepth(symbol: string, depth: Depth): void {
    this.#depths.set(symbol, depth);
    this.#change("depths", symbol);
  }

  /** A quote and its book in one message, as a running auction moves. */
  setQuoteAndDepth(symbol: string, fields: Partial<KnownQuote>, depth: Depth): void {
    this.#depths.set(symbol, depth);
    this.setQuote(symbol, fields);
  }

  /** The first quote of a day, with which the minutes of the day before are gone. */
  beginDay(symbol: string, fields: Partial<KnownQuote>): void {
    this.#candles.set(symbol, []);
    this.setQuote(symbol, fields);
  }

  setTrades(symbol: string, trades: KnownTrades): void {
    this.#trades.set(symbol, trades);
    this.#change("trades", symbol);
  }

  /** Lets every tap hear of one message. */
  hear(entry: TapEntry): void {
    for (const tap of this.#taps) tap(entry);
  }

  setState(state: ClientState): void {
    this.state = state;
    this.#events.emit("state", state);
  }

  #change(what: keyof QuoteChanges, symbol: string): void {
    const nothing = new Set<SymbolCode>();
    const changes = { quotes: nothing, candles: nothing, depths: nothing, trades: nothing };
    this.#events.emit("change", { ...changes, [what]: new Set([symbol as SymbolCode]) });
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
