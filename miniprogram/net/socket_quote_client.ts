/** Puts the parts together: the line, the book that it fills, and what the pages want of it. */
import {
  type Candle,
  DEFAULT_LIMITS,
  type Depth,
  type ResumePosition,
  type ServerMessageOf,
  type SymbolCode,
  type Welcome,
} from "../lib/shared";
import { AdaptiveRate } from "./adaptive_rate";
import type { ClientState } from "./client_state";
import type { DataMessage, Greeting } from "./conversation";
import { Emitter } from "./emitter";
import { HiddenSymbols } from "./hidden_symbols";
import { Line } from "./line";
import { QuoteBook } from "./quote_book";
import type {
  ClientError,
  KnownQuote,
  KnownTrades,
  QuoteChanges,
  QuoteClient,
  QuoteClientEvents,
  QuoteClientOptions,
  Repairs,
  Subscription,
  SubscriptionRequest,
  TapEntry,
} from "./quote_client";
import { SteadyClock } from "./steady_clock";
import { Subscriptions } from "./subscriptions";
import { Tap } from "./tap";

/** Symbols in the book beyond which those that no page wants are forgotten. */
export const KNOWN_SYMBOLS_MAX = 1_000;

class SocketQuoteClient implements QuoteClient {
  private readonly clock: SteadyClock;
  private readonly emitter: Emitter<QuoteClientEvents>;
  private readonly log: Tap;
  private readonly book = new QuoteBook();
  private readonly rate = new AdaptiveRate();
  private readonly hidden: HiddenSymbols;
  private readonly line: Line;
  private readonly subscriptions: Subscriptions;
  private welcome: Welcome | undefined;
  /** The rate that the app wants at the most. */
  private wantedPerSecond: number | undefined;
  private hasAskedForRate = false;
  private inForcePerSecond: number | undefined;
  private mostMerged = 0;
  /** What a new epoch took away; it is told once the line is live. */
  private takenAway: QuoteChanges | undefined;

  constructor(options: QuoteClientOptions) {
    this.clock = new SteadyClock(options.clock);
    this.emitter = new Emitter((error) => this.report(error));
    this.log = new Tap(() => this.clock.wallMs(), (error) => this.report(error));
    this.hidden = new HiddenSymbols(this.clock, (symbols) => this.emitChanges(quotesOf(symbols)));
    this.subscriptions = new Subscriptions(this.clock, {
      send: (message) => this.line.send(message),
      left: (symbols) => {
        this.book.goCold(symbols);
        this.hidden.left(symbols);
      },
      leftChannels: (symbols, channels) => {
        if (channels.includes("depth")) this.emitChanges(this.book.dropDepths(symbols));
      },
      moved: (tier, symbols, id) => {
        if (tier === "hidden") this.hidden.hid(symbols);
        else this.hidden.cameNearer(symbols, id);
      },
      changedUnsaid: () => {},
    });
    this.line = new Line(options, this.clock, this.log, {
      state: (state) => this.emitter.emit("state", state),
      error: (error) => this.emitter.emit("error", error),
      greet: () => this.greet(),
      welcomed: (welcome) => this.meet(welcome),
      ready: ({ limits }) => {
        this.subscriptions.connected(limits);
        // Books that were given up while there was no line: the server's checksums on this one do not count them.
        this.emitChanges(this.book.dropOtherDepths((symbol) => this.subscriptions.isToldOf(symbol, "depth")));
        if (this.takenAway) this.emitChanges(this.takenAway);
        this.takenAway = undefined;
      },
      gone: () => {
        this.subscriptions.disconnected();
        this.hidden.clear();
        this.book.goCold();
      },
      received: (message) => this.receive(message),
      answered: (message) => this.answer(message),
      refused: (message) => this.refuse(message),
      measured: (rttMs) => {
        this.rate.sample(rttMs, this.clock.nowMs());
        this.adaptRate();
      },
    });
  }

  open(): void {
    this.line.open();
  }

  close(): void {
    this.line.close();
  }

  hide(): void {
    this.line.hide();
  }

  show(): void {
    this.line.show();
  }

  networkChanged(isConnected: boolean): void {
    this.line.networkChanged(isConnected);
  }

  networkWeakChanged(isWeak: boolean): void {
    this.rate.weakChanged(isWeak, this.clock.nowMs());
    this.adaptRate();
  }

  setRate(perSecond: number): void {
    if (!(perSecond > 0 && perSecond < Infinity)) {
      throw new RangeError(`A rate is a positive number of frames a second, got ${perSecond}`);
    }
    this.wantedPerSecond = perSecond;
    this.adaptRate();
  }

  setUrl(url: string): void {
    if (url === this.line.url) return;
    const changed = this.book.clear();
    this.welcome = undefined;
    this.inForcePerSecond = undefined;
    this.rate.reset(this.clock.nowMs());
    this.line.setUrl(url);
    this.emitChanges(changed);
  }

  subscribe(request: SubscriptionRequest): Subscription {
    const { onRejected, ...wish } = request;
    if (!onRejected) return this.subscriptions.add(wish);
    return this.subscriptions.add({
      ...wish,
      onRejected: (rejected) => {
        try {
          onRejected(rejected);
        } catch (error) {
          this.report(error);
        }
      },
    });
  }

  on<Name extends keyof QuoteClientEvents>(name: Name, listener: (event: QuoteClientEvents[Name]) => void): () => void {
    return this.emitter.on(name, listener);
  }

  quote(symbol: string): KnownQuote | undefined {
    return this.book.quote(symbol);
  }

  isFresh(symbol: string): boolean {
    const isLive = this.state === "live" && !this.line.isOverdue;
    if (!isLive || !this.subscriptions.isTold(symbol)) return false;
    return this.hidden.isFresh(symbol) && this.book.isInStep(symbol);
  }

  changeAgeMs(symbol: string): number | undefined {
    const changedAtMs = this.book.changedAtMs(symbol);
    return changedAtMs === undefined ? undefined : this.clock.nowMs() - changedAtMs;
  }

  candles(symbol: string): readonly Candle[] {
    return this.book.candles(symbol);
  }

  depth(symbol: string): Depth | undefined {
    return this.book.depth(symbol);
  }

  trades(symbol: string): KnownTrades {
    return this.book.trades(symbol);
  }

  tap(listener: (entry: TapEntry) => void): () => void {
    return this.log.listen(listener);
  }

  ageMs(): number | undefined {
    return this.line.ageMs;
  }

  serverNowMs(): number {
    return this.line.serverClock.nowMs();
  }

  get url(): string {
    return this.line.url;
  }

  get state(): ClientState {
    return this.line.state;
  }

  get rttMs(): number | undefined {
    return this.line.serverClock.rttMs;
  }

  get ratePerSecond(): number | undefined {
    return this.inForcePerSecond;
  }

  get isWeakNetwork(): boolean {
    return this.rate.isLowered;
  }

  get repairs(): Repairs {
    return this.book.repairs;
  }

  get mergedLast(): number {
    return this.mostMerged;
  }

  get retryAtMs(): number | undefined {
    return this.line.retryAtMs;
  }

  get lastError(): ClientError | undefined {
    return this.line.lastError;
  }

  get protocol(): string | undefined {
    return this.line.protocol;
  }

  get epoch(): string | undefined {
    return this.welcome?.epoch;
  }

  get market(): Welcome["market"] | undefined {
    return this.welcome?.market;
  }

  private meet(welcome: Welcome): void {
    if (this.welcome && this.welcome.epoch !== welcome.epoch) this.takenAway = this.book.startEpoch();
    this.welcome = welcome;
    if (this.book.size > KNOWN_SYMBOLS_MAX) this.book.retain((symbol) => this.subscriptions.isWanted(symbol));
  }

  /** What the hello of a new connection asks for, given what is here. */
  private greet(): Greeting {
    const resume = this.subscriptions.offer({
      epoch: this.welcome?.epoch ?? "",
      position: (symbol, channels) => this.book.position(symbol, channels),
    });
    const named = (resume?.groups ?? []).map(({ symbols }) => symbols.filter(({ seq }) => seq !== undefined));
    const symbols = ([] as ResumePosition[]).concat(...named).map(({ symbol }) => symbol);
    return { resume, held: this.book.held(symbols) };
  }

  private answer(message: ServerMessageOf<"subscribed">): void {
    this.inForcePerSecond = message.rate;
    this.subscriptions.answered(message);
    this.hidden.answered(message.id);
    const { resumed } = message;
    if (!resumed) return;
    this.hidden.heard(resumed.current);
    this.emitChanges(this.book.confirm(resumed.current.filter((symbol) => this.subscriptions.isTold(symbol))));
  }

  private receive(message: DataMessage): void {
    const changed = this.apply(message);
    const isTold = (symbol: string) => this.subscriptions.isTold(symbol);
    // Of a symbol that was left a moment ago some news is still on the way. It may have holes, which nobody mends, and it
    // must not pass for fresh when the symbol is wanted again much later.
    this.subscriptions.repair(this.book.takeRepairs(isTold));
    this.book.goCold(Array.from(changed.quotes).filter((symbol) => !isTold(symbol)));
    this.hidden.heard(changed.quotes);
    this.emitChanges(changed);
  }

  private apply(message: DataMessage): QuoteChanges {
    const nowMs = this.clock.nowMs();
    switch (message.type) {
      case "snapshot":
        return this.book.applySnapshot(message, nowMs);
      case "update":
        this.mostMerged = message.quotes.reduce((most, { merged }) => Math.max(most, merged), 0);
        return this.book.applyUpdate(message, nowMs);
      case "candles":
        return this.book.applyCandles(message);
      case "trades":
        return this.book.applyTrades(message);
    }
  }

  /** Asks for no more frames than the app wants and the network bears; says nothing where neither ever mattered. */
  private adaptRate(): void {
    const { wantedPerSecond, rate } = this;
    if (wantedPerSecond === undefined && !rate.isLowered && !this.hasAskedForRate) return;
    this.hasAskedForRate = true;
    const fastestPerSecond = (this.welcome?.limits ?? DEFAULT_LIMITS).rateMaxPerSecond;
    this.subscriptions.setRate(Math.min(wantedPerSecond ?? fastestPerSecond, rate.perSecond));
  }

  private refuse({ id, code, retryable, retryAfterMs }: ServerMessageOf<"error">): void {
    if (id !== undefined) this.subscriptions.failed(id, code, retryable, retryAfterMs);
  }

  private emitChanges(changed: QuoteChanges): void {
    const { quotes, candles, depths, trades } = changed;
    if (quotes.size + candles.size + depths.size + trades.size > 0) this.emitter.emit("change", changed);
  }

  /** Throws a listener's error where the platform's own handler of errors sees it, and not into the client's work. */
  private report(error: unknown): void {
    this.clock.setTimeout(() => {
      throw error;
    }, 0);
  }
}

function quotesOf(symbols: readonly SymbolCode[]): QuoteChanges {
  const none = new Set<SymbolCode>();
  return { quotes: new Set(symbols), candles: none, depths: none, trades: none };
}

/** Makes a client. It connects to nothing before `open()`. */
export function createQuoteClient(options: QuoteClientOptions): QuoteClient {
  return new SocketQuoteClient(options);
}
