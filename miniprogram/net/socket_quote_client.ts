/** Puts the parts together: the line, the polls that take its place, and what is known. */
import { type Candle, type Channel, DEFAULT_LIMITS, type Depth, type ServerMessage, type Welcome } from "../lib/shared";
import { AdaptiveRate } from "./adaptive_rate";
import { type ClientState, isLegalTransition, type LineState } from "./client_state";
import { Emitter } from "./emitter";
import { Line } from "./line";
import { Polling } from "./polling";
import type { WireForm } from "./protocol_choice";
import type {
  ClientError,
  KnownQuote,
  KnownTrades,
  QuoteClient,
  QuoteClientEvents,
  QuoteClientOptions,
  Repairs,
  Subscription,
  SubscriptionRequest,
  TapEntry,
} from "./quote_client";
import { QuoteSync } from "./quote_sync";
import { SteadyClock } from "./steady_clock";
import { Tap } from "./tap";

class SocketQuoteClient implements QuoteClient {
  private readonly clock: SteadyClock;
  private readonly emitter: Emitter<QuoteClientEvents>;
  private readonly log: Tap;
  private readonly rate = new AdaptiveRate();
  private readonly sync: QuoteSync;
  private readonly line: Line;
  private readonly polling: Polling;
  private shownState: ClientState = "idle";
  /** The rate that the app wants at the most. */
  private wantedPerSecond: number | undefined;
  private hasAskedForRate = false;

  constructor(options: QuoteClientOptions) {
    this.clock = new SteadyClock(options.clock);
    this.emitter = new Emitter((error) => this.report(error));
    this.log = new Tap(() => this.clock.wallMs(), (error) => this.report(error));
    this.sync = new QuoteSync(this.clock, {
      send: (message) => this.line.send(message),
      changed: (changes) => this.emitter.emit("change", changes),
      changedUnsaid: () => this.polling.soon(),
    });
    this.polling = new Polling(options, this.clock, this.log, {
      url: () => this.line.url,
      resume: () => this.sync.pollResume(),
      answered: (messages, askedMs) => this.takePolled(messages, askedMs),
      changed: () => this.pollingChanged(),
      retrySocketIn: (delayMs) => this.line.retryIn(delayMs),
    });
    this.line = new Line(options, this.clock, this.log, {
      state: (state) => this.lineChanged(state),
      error: (error) => {
        this.polling.lineFailed(error);
        this.emitter.emit("error", error);
      },
      greet: () => this.sync.greet(),
      welcomed: (welcome) => this.sync.meet(welcome),
      ready: (welcome) => this.sync.connected(welcome),
      // An attempt that fails while polls are answered takes nothing away.
      gone: () => this.polling.isActive || this.sync.disconnected(),
      received: (message) => this.sync.receive(message),
      answered: (message) => this.sync.answer(message),
      refused: (message) => this.sync.refuse(message),
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
    this.polling.networkChanged(isConnected);
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
    const changed = this.sync.forget();
    this.rate.reset(this.clock.nowMs());
    this.polling.reset();
    this.line.setUrl(url);
    this.sync.tell(changed);
  }

  setWireForm(form: WireForm): void {
    this.line.setWireForm(form);
  }

  subscribe(request: SubscriptionRequest): Subscription {
    const { onRejected, ...wish } = request;
    if (!onRejected) return this.sync.subscriptions.add(wish);
    return this.sync.subscriptions.add({
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
    return this.sync.book.quote(symbol);
  }

  isFresh(symbol: string): boolean {
    const isLive = this.shownState === "live" && !this.line.isOverdue;
    return (isLive || this.polling.freshForMs > 0) && this.sync.isInStep(symbol);
  }

  changeAgeMs(symbol: string): number | undefined {
    const changedAtMs = this.sync.book.changedAtMs(symbol);
    return changedAtMs === undefined ? undefined : this.clock.nowMs() - changedAtMs;
  }

  candles(symbol: string): readonly Candle[] {
    return this.sync.book.candles(symbol);
  }

  depth(symbol: string): Depth | undefined {
    return this.sync.book.depth(symbol);
  }

  trades(symbol: string): KnownTrades {
    return this.sync.book.trades(symbol);
  }

  tap(listener: (entry: TapEntry) => void): () => void {
    return this.log.listen(listener);
  }

  ageMs(): number | undefined {
    return this.polling.ageMs ?? this.line.ageMs;
  }

  serverNowMs(): number {
    return this.line.serverClock.nowMs();
  }

  get url(): string {
    return this.line.url;
  }

  get state(): ClientState {
    return this.shownState;
  }

  get rttMs(): number | undefined {
    return this.line.serverClock.rttMs;
  }

  get ratePerSecond(): number | undefined {
    return this.sync.ratePerSecond;
  }

  get isWeakNetwork(): boolean {
    return this.rate.isLowered;
  }

  get repairs(): Repairs {
    return this.sync.book.repairs;
  }

  get mergedLast(): number {
    return this.sync.mergedLast;
  }

  get retryAtMs(): number | undefined {
    return this.line.retryAtMs;
  }

  get lastError(): ClientError | undefined {
    return this.line.lastError;
  }

  get wireForm(): WireForm {
    return this.line.wireForm;
  }

  get protocol(): string | undefined {
    return this.line.protocol;
  }

  get epoch(): string | undefined {
    return this.sync.welcome?.epoch;
  }

  get market(): Welcome["market"] | undefined {
    return this.sync.welcome?.market;
  }

  offers(channel: Channel): boolean {
    return this.sync.welcome?.channels.includes(channel) ?? true;
  }

  private lineChanged(state: LineState): void {
    // The socket speaks of every symbol in a moment: until then they are as fresh as the last poll left them.
    if (state === "live" && this.polling.isActive) this.sync.takeOver(this.polling.freshForMs);
    this.polling.lineChanged(state);
    this.showState();
  }

  /** Polls have begun to take the place of a line, or do so no more. */
  private pollingChanged(): void {
    // Where a socket took over, it goes on from what the polls brought.
    if (!this.polling.isActive && this.line.state !== "live") this.sync.disconnected();
    this.showState();
  }

  /** The client's state is the line's, but for an attempt at a socket while polls are answered. */
  private showState(): void {
    const state = this.polling.isActive ? "polling" : this.line.state;
    if (state === this.shownState) return;
    if (!isLegalTransition(this.shownState, state)) {
      throw new Error(`Defect in the quote client: it went from ${this.shownState} to ${state}.`);
    }
    this.shownState = state;
    this.emitter.emit("state", state);
  }

  private takePolled(messages: readonly ServerMessage[], askedMs: number): boolean {
    for (const message of messages) {
      if (message.type === "welcome") this.line.serverClock.sample(askedMs, message.serverTimeMs);
    }
    this.sync.takePolled(messages, () => this.polling.isActive);
    return this.sync.subscriptions.hasMoreToPoll;
  }

  /** Asks for no more frames than the app wants and the network bears; says nothing where neither ever mattered. */
  private adaptRate(): void {
    const { wantedPerSecond, rate } = this;
    if (wantedPerSecond === undefined && !rate.isLowered && !this.hasAskedForRate) return;
    this.hasAskedForRate = true;
    const fastestPerSecond = (this.sync.welcome?.limits ?? DEFAULT_LIMITS).rateMaxPerSecond;
    this.sync.subscriptions.setRate(Math.min(wantedPerSecond ?? fastestPerSecond, rate.perSecond));
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
