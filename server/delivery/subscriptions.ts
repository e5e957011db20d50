import type { SymbolNumbers } from "../../shared/binary/mod.ts";
import type {
  Channel,
  ClientMessageOf,
  Limits,
  Resume,
  ResumePosition,
  ServerMessageOf,
  SymbolCode,
  Tier,
} from "../../shared/mod.ts";
import type { SymbolState } from "../market/symbol_state.ts";
import { type Holding, Holdings } from "./holdings.ts";
import type { Position } from "./position.ts";
import { resumed, type ResumeVerdict } from "./resume.ts";
import { FOLLOWS, followsOf, type Form, type ViewRegistry } from "./view.ts";

type Answer = ServerMessageOf<"subscribed"> | ServerMessageOf<"error">;

export interface SubscriptionsOptions {
  readonly lookup: (symbol: string) => SymbolState | undefined;
  readonly limits: Limits;
  /** What this server delivers. */
  readonly channels: readonly Channel[];
  /** Names one run of the server's state. */
  readonly epoch: string;
  readonly views: ViewRegistry;
}

/** Carries out what a client asks of its subscriptions. A request is carried out whole or changes nothing. */
export class Subscriptions {
  readonly #holdings: Holdings;
  #rate: number;

  /** @param timeMs `serverTimeMs` of `welcome`. */
  constructor(private readonly options: SubscriptionsOptions, form: Form, numbers: SymbolNumbers, timeMs: number) {
    this.#rate = options.limits.rateMaxPerSecond;
    this.#holdings = new Holdings(options.views, form, numbers, timeMs);
  }

  /** Symbols subscribed to, hidden ones included. */
  get size(): number {
    return this.#holdings.size;
  }

  /** Update frames a second. */
  get rate(): number {
    return this.#rate;
  }

  get position(): Position {
    return this.#holdings.position;
  }

  /** See {@link Holdings.moveTo}. */
  moveTo(position: Position): void {
    this.#holdings.moveTo(position);
  }

  /** See {@link Holdings.settle}: to be called after a request was answered. */
  settle(numbers: SymbolNumbers): void {
    this.#holdings.settle(numbers);
  }

  /** Ends all subscriptions. */
  clear(): void {
    this.#holdings.clear();
  }

  subscribe(request: ClientMessageOf<"subscribe">): Answer {
    const { known, rejected } = this.resolve(request.symbols);
    const refusal = this.refusal(request.id, request.channels, known);
    if (refusal) return refusal;
    for (const state of known) this.add(state, request.channels, request.tier);
    this.setRate(request.rate);
    return this.answer(request.id, known, rejected);
  }

  unsubscribe(request: ClientMessageOf<"unsubscribe">): ServerMessageOf<"subscribed"> {
    const { known, rejected } = this.resolve(request.symbols);
    const holdings = this.#holdings.open();
    const leaves = request.channels ? followsOf(request.channels) : FOLLOWS.all;
    for (const state of known) {
      const holding = holdings.get(state);
      if (!holding) continue;
      holding.follows &= ~leaves;
      if (leaves & FOLLOWS.candle) holding.candles = undefined;
      if (leaves & FOLLOWS.trades) holding.trades = undefined;
      if (holding.follows === 0) holdings.delete(state);
    }
    return this.answer(request.id, known, rejected);
  }

  /** Subscribes to what a client had on an earlier connection, and owes it only what it lacks. */
  resume({ id, epoch, rate, groups }: Resume): Answer {
    const all = groups.flatMap(({ symbols }) => symbols.map(({ symbol }) => symbol));
    const { known, rejected } = this.resolve(all);
    const refusal = this.refusal(id, groups.flatMap(({ channels }) => channels), known);
    if (refusal) return refusal;
    const verdicts: Record<ResumeVerdict, SymbolCode[]> = { current: [], delta: [], snapshot: [] };
    for (const { channels, tier, symbols } of groups) {
      for (const position of symbols) this.resumeOne(position, channels, tier, epoch === this.options.epoch, verdicts);
    }
    this.setRate(rate);
    return { ...this.answer(id, known, rejected), resumed: verdicts };
  }

  /** Moves symbols between tiers. Returns those that are not subscribed. */
  setTiers({ visible, near, hidden, rate }: ClientMessageOf<"tier">): string[] {
    this.setRate(rate);
    return [...this.move(visible, "visible"), ...this.move(near, "near"), ...this.move(hidden, "hidden")];
  }

  /** The answer to a `tier` that asked for one. */
  tierAnswer(id: number): ServerMessageOf<"subscribed"> {
    return this.answer(id, [], []);
  }

  /** Owes these symbols everything again. Returns those that are not subscribed. */
  restart(symbols: readonly string[]): string[] {
    return this.change(symbols, (holding) => holding.known = holding.candles = holding.trades = undefined);
  }

  /** A channel that is new brings what only a snapshot carries whole. */
  private add(state: SymbolState, channels: readonly Channel[], tier: Tier | undefined): void {
    const holdings = this.#holdings.open();
    const follows = followsOf(channels);
    const holding = holdings.get(state);
    if (!holding) {
      const nothing = { known: undefined, candles: undefined, trades: undefined };
      holdings.set(state, { state, follows, tier: tier ?? "visible", ...nothing });
      return;
    }
    if (follows & ~holding.follows & (FOLLOWS.candle | FOLLOWS.depth)) holding.known = undefined;
    if (follows & ~holding.follows & FOLLOWS.candle) holding.candles = undefined;
    if (follows & ~holding.follows & FOLLOWS.trades) holding.trades = undefined;
    holding.follows |= follows;
    holding.tier = tier ?? holding.tier;
  }

  private resumeOne(
    position: ResumePosition,
    channels: readonly Channel[],
    tier: Tier | undefined,
    isSameEpoch: boolean,
    verdicts: Record<ResumeVerdict, SymbolCode[]>,
  ): void {
    const state = this.options.lookup(position.symbol);
    const holdings = this.#holdings.open();
    // A symbol named twice is taken as it stood first.
    if (!state || holdings.has(state)) return;
    const { verdict, ...has } = resumed(state, isSameEpoch ? position : { symbol: position.symbol });
    holdings.set(state, { state, follows: followsOf(channels), tier: tier ?? "visible", ...has });
    verdicts[verdict].push(state.instrument.symbol);
  }

  private move(symbols: readonly string[] | undefined, tier: Tier): string[] {
    return symbols ? this.change(symbols, (holding) => holding.tier = tier) : [];
  }

  private change(symbols: readonly string[], change: (holding: Holding) => void): string[] {
    const holdings = this.#holdings.open();
    return symbols.filter((symbol) => {
      const state = this.options.lookup(symbol);
      const holding = state && holdings.get(state);
      if (holding) change(holding);
      return !holding;
    });
  }

  private setRate(rate: number | undefined): void {
    const { rateMinPerSecond, rateMaxPerSecond } = this.options.limits;
    if (rate !== undefined) this.#rate = Math.min(rateMaxPerSecond, Math.max(rateMinPerSecond, rate));
  }

  private resolve(symbols: readonly string[]) {
    const known = new Set<SymbolState>();
    const rejected = new Set<string>();
    for (const symbol of symbols) {
      const state = this.options.lookup(symbol);
      if (state) known.add(state);
      else rejected.add(symbol);
    }
    return { known: [...known], rejected: [...rejected] };
  }

  /** Why a request cannot be carried out, if so. */
  private refusal(id: number, channels: readonly Channel[], known: readonly SymbolState[]): Answer | undefined {
    const { channels: offered, limits: { symbolsMax } } = this.options;
    const missing = channels.filter((channel) => !offered.includes(channel));
    if (missing.length > 0) {
      const names = [...new Set(missing)].join(", ");
      const message = `This server does not offer ${names}: it offers ${offered.join(", ")}.`;
      return { type: "error", id, code: "channel_not_offered", message, retryable: false };
    }
    const holdings = this.#holdings.open();
    const added = known.filter((state) => !holdings.has(state)).length;
    if (holdings.size + added <= symbolsMax) return undefined;
    const message = `${holdings.size} symbols are subscribed and ${added} more asked for, but a connection may have ` +
      `${symbolsMax}: unsubscribe some first. Nothing was changed.`;
    return { type: "error", id, code: "too_many_symbols", message, retryable: false };
  }

  private answer(
    id: number,
    known: readonly SymbolState[],
    rejected: readonly string[],
  ): ServerMessageOf<"subscribed"> {
    return {
      type: "subscribed",
      id,
      ok: known.map((state): SymbolCode => state.instrument.symbol),
      rejected: rejected.map((symbol) => ({ symbol, code: "unknown_symbol" })),
      active: this.size,
      rate: this.#rate,
    };
  }
}
