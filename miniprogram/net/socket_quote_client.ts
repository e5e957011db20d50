/** Puts the parts together: the line, the book that it fills, and what the pages want of it. */
import type { Candle, ServerMessageOf, Welcome } from "../lib/shared";
import type { ClientState } from "./client_state";
import type { DataMessage } from "./conversation";
import { Emitter } from "./emitter";
import { Line } from "./line";
import { QuoteBook } from "./quote_book";
import type {
  ClientError,
  KnownQuote,
  QuoteChanges,
  QuoteClient,
  QuoteClientEvents,
  QuoteClientOptions,
  Subscription,
  SubscriptionRequest,
} from "./quote_client";
import { SteadyClock } from "./steady_clock";
import { Subscriptions } from "./subscriptions";

/** Symbols in the book beyond which those that no page wants are forgotten. */
export const KNOWN_SYMBOLS_MAX = 1_000;

class SocketQuoteClient implements QuoteClient {
  private readonly clock: SteadyClock;
  private readonly emitter: Emitter<QuoteClientEvents>;
  private readonly book = new QuoteBook();
  private readonly line: Line;
  private readonly subscriptions: Subscriptions;
  private welcome: Welcome | undefined;
  /** What a new epoch took away; it is told once the line is live. */
  private takenAway: QuoteChanges | undefined;

  constructor(options: QuoteClientOptions) {
    this.clock = new SteadyClock(options.clock);
    this.emitter = new Emitter((error) => this.report(error));
    this.subscriptions = new Subscriptions(this.clock, {
      send: (message) => this.line.send(message),
      left: (symbols) => this.book.goCold(symbols),
    });
    this.line = new Line(options, this.clock, {
      state: (state) => this.emitter.emit("state", state),
      error: (error) => this.emitter.emit("error", error),
      welcomed: (welcome) => this.meet(welcome),
      ready: ({ limits }) => {
        this.subscriptions.connected(limits);
        if (this.takenAway) this.emitChanges(this.takenAway);
        this.takenAway = undefined;
      },
      gone: () => {
        this.subscriptions.disconnected();
        this.book.goCold();
      },
      received: (message) => this.receive(message),
      answered: ({ id, rejected }) => this.subscriptions.answered(id, rejected),
      refused: (message) => this.refuse(message),
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

  setUrl(url: string): void {
    if (url === this.line.url) return;
    const changed = this.book.clear();
    this.welcome = undefined;
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
    return isLive && this.subscriptions.isTold(symbol) && this.book.isInStep(symbol);
  }

  changeAgeMs(symbol: string): number | undefined {
    const changedAtMs = this.book.changedAtMs(symbol);
    return changedAtMs === undefined ? undefined : this.clock.nowMs() - changedAtMs;
  }

  candles(symbol: string): readonly Candle[] {
    return this.book.candles(symbol);
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

  private receive(message: DataMessage): void {
    const changed = this.apply(message);
    const isTold = (symbol: string) => this.subscriptions.isTold(symbol);
    // Of a symbol that was left a moment ago some news is still on the way. It may have holes, which nobody mends, and it
    // must not pass for fresh when the symbol is wanted again much later.
    this.subscriptions.repair(this.book.takeRepairs().filter(isTold));
    this.book.goCold(Array.from(changed.quotes).filter((symbol) => !isTold(symbol)));
    this.emitChanges(changed);
  }

  private apply(message: DataMessage): QuoteChanges {
    const nowMs = this.clock.nowMs();
    switch (message.type) {
      case "snapshot":
        return this.book.applySnapshot(message, nowMs);
      case "update":
        return this.book.applyUpdate(message, nowMs);
      case "candles":
        return this.book.applyCandles(message);
    }
  }

  private refuse({ id, code, retryable, retryAfterMs }: ServerMessageOf<"error">): void {
    if (id !== undefined) this.subscriptions.failed(id, code, retryable, retryAfterMs);
  }

  private emitChanges(changed: QuoteChanges): void {
    if (changed.quotes.size > 0 || changed.candles.size > 0) this.emitter.emit("change", changed);
  }

  /** Throws a listener's error where the platform's own handler of errors sees it, and not into the client's work. */
  private report(error: unknown): void {
    this.clock.setTimeout(() => {
      throw error;
    }, 0);
  }
}

/** Makes a client. It connects to nothing before `open()`. */
export function createQuoteClient(options: QuoteClientOptions): QuoteClient {
  return new SocketQuoteClient(options);
}
