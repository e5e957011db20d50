import { SymbolNumbers } from "../../shared/binary/mod.ts";
import {
  type Channel,
  type ClientMessageOf,
  type Limits,
  type Resume,
  type ResumePosition,
  type ServerMessageOf,
  type SymbolCode,
  type Tier,
} from "../../shared/mod.ts";
import type { CandlePosition } from "../market/candle_series.ts";
import type { SymbolState } from "../market/symbol_state.ts";
import type { TradePosition } from "../market/trade_series.ts";
import { type Known, Position } from "./position.ts";
import { resumeEntry, type ResumeVerdict } from "./resume.ts";
import { FOLLOWS, followsOf, type Form, View, type ViewItem, type ViewRegistry } from "./view.ts";

/** One symbol as this connection has it. */
export interface Entry {
  readonly state: SymbolState;
  follows: number;
  tier: Tier;
  known: Known;
  candles: CandlePosition | undefined;
  trades: TradePosition | undefined;
}

const NONE_HIDDEN: ReadonlyMap<SymbolState, Entry> = new Map();

/** What a connection that has ended looks at. */
const NO_VIEW = new View("", "json", SymbolNumbers.none, [], 1, 0);

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

/**
 * What one connection is subscribed to, and what it has of it. A request is carried out whole or changes nothing.
 *
 * Requests are rare and frames are many, so between requests all this is a view and a position, which are shared; a request takes
 * them apart, changes the parts, and {@link settle} puts them together again.
 */
export class Subscriptions {
  #position: Position;
  /** What is hidden has no place in the view, so that what was left behind keeps no one apart. */
  #hidden: ReadonlyMap<SymbolState, Entry> = NONE_HIDDEN;
  /** While a request is carried out. */
  #entries: Map<SymbolState, Entry> | undefined;
  #rate: number;

  /** @param timeMs `serverTimeMs` of `welcome`. */
  constructor(
    private readonly options: SubscriptionsOptions,
    private readonly form: Form,
    numbers: SymbolNumbers,
    timeMs: number,
  ) {
    this.#rate = options.limits.rateMaxPerSecond;
    this.#position = new Position(options.views.acquire(form, numbers, []), timeMs, []);
  }

  /** Symbols subscribed to, hidden ones included. */
  get size(): number {
    return this.#entries?.size ?? this.#position.view.items.length + this.#hidden.size;
  }

  /** Update frames a second. */
  get rate(): number {
    return this.#rate;
  }

  get position(): Position {
    return this.#position;
  }

  /** A frame was sent, and led there. */
  moveTo(position: Position): void {
    this.#position = position;
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
    const entries = this.open();
    const leaves = request.channels ? followsOf(request.channels) : FOLLOWS.all;
    for (const state of known) {
      const entry = entries.get(state);
      if (!entry) continue;
      entry.follows &= ~leaves;
      if (leaves & FOLLOWS.candle) entry.candles = undefined;
      if (leaves & FOLLOWS.trades) entry.trades = undefined;
      if (entry.follows === 0) entries.delete(state);
    }
    return this.answer(request.id, known, rejected);
  }

  /** Subscribes to what a client had on an earlier connection, and owes it only what it lacks. */
  resume({ id, epoch, rate, groups }: Resume): Answer {
    const all = groups.flatMap(({ symbols }) => symbols.map(({ symbol }) => symbol));
    const { known, rejected } = this.resolve(all);
    const refusal = this.refusal(id, groups.flatMap(({ channels }) => channels), known);
    if (refusal) return refusal;
    const resumed: Record<ResumeVerdict, SymbolCode[]> = { current: [], delta: [], snapshot: [] };
    for (const { channels, tier, symbols } of groups) {
      for (const position of symbols) this.resumeOne(position, channels, tier, epoch === this.options.epoch, resumed);
    }
    this.setRate(rate);
    return { ...this.answer(id, known, rejected), resumed };
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
    return this.change(symbols, (entry) => entry.known = entry.candles = entry.trades = undefined);
  }

  /** Puts the view together again after a request was answered. @param numbers What stands for symbols from now on. */
  settle(numbers: SymbolNumbers): void {
    const entries = this.#entries;
    if (!entries) return;
    this.#entries = undefined;
    const shown: Entry[] = [];
    const hidden = new Map<SymbolState, Entry>();
    for (const entry of entries.values()) {
      if (entry.tier === "hidden") hidden.set(entry.state, entry);
      else shown.push(entry);
    }
    this.#hidden = hidden.size > 0 ? hidden : NONE_HIDDEN;
    const items = shown.map(({ state, follows, tier }): ViewItem => ({ state, follows, isNear: tier === "near" }));
    const { view: before, timeMs, lastKind, updateMs } = this.#position;
    const view = this.options.views.acquire(this.form, numbers, items);
    this.#position = new Position(
      view,
      timeMs,
      shown.map(({ known }) => known),
      view.hasEvents ? shown.map(({ candles }) => candles) : undefined,
      view.hasEvents ? shown.map(({ trades }) => trades) : undefined,
      lastKind,
      updateMs,
    );
    this.options.views.release(before);
  }

  /** Ends all subscriptions. */
  clear(): void {
    const { view, timeMs } = this.#position;
    this.#hidden = NONE_HIDDEN;
    this.#entries = undefined;
    this.#position = new Position(NO_VIEW, timeMs, []);
    this.options.views.release(view);
  }

  /** Takes view and position apart, in the order in which the symbols came. */
  private open(): Map<SymbolState, Entry> {
    if (this.#entries) return this.#entries;
    const entries = this.#entries = new Map<SymbolState, Entry>();
    const { view, known, candles, trades } = this.#position;
    view.items.forEach(({ state, follows, isNear }, place) => {
      const tier = isNear ? "near" : "visible";
      entries.set(state, {
        ...{ state, follows, tier, known: known[place], candles: candles[place], trades: trades[place] },
      });
    });
    for (const [state, entry] of this.#hidden) entries.set(state, entry);
    return entries;
  }

  /** A channel that is new brings what only a snapshot carries whole. */
  private add(state: SymbolState, channels: readonly Channel[], tier: Tier | undefined): void {
    const entries = this.open();
    const follows = followsOf(channels);
    const entry = entries.get(state);
    if (!entry) {
      const nothing = { known: undefined, candles: undefined, trades: undefined };
      entries.set(state, { state, follows, tier: tier ?? "visible", ...nothing });
      return;
    }
    if (follows & ~entry.follows & (FOLLOWS.candle | FOLLOWS.depth)) entry.known = undefined;
    if (follows & ~entry.follows & FOLLOWS.candle) entry.candles = undefined;
    if (follows & ~entry.follows & FOLLOWS.trades) entry.trades = undefined;
    entry.follows |= follows;
    entry.tier = tier ?? entry.tier;
  }

  private resumeOne(
    position: ResumePosition,
    channels: readonly Channel[],
    tier: Tier | undefined,
    isSameEpoch: boolean,
    resumed: Record<ResumeVerdict, SymbolCode[]>,
  ): void {
    const state = this.options.lookup(position.symbol);
    const entries = this.open();
    // A symbol named twice is taken as it stood first.
    if (!state || entries.has(state)) return;
    const { verdict, ...has } = resumeEntry(state, isSameEpoch ? position : { symbol: position.symbol });
    entries.set(state, { state, follows: followsOf(channels), tier: tier ?? "visible", ...has });
    resumed[verdict].push(state.instrument.symbol);
  }

  private move(symbols: readonly string[] | undefined, tier: Tier): string[] {
    return symbols ? this.change(symbols, (entry) => entry.tier = tier) : [];
  }

  private change(symbols: readonly string[], change: (entry: Entry) => void): string[] {
    const entries = this.open();
    return symbols.filter((symbol) => {
      const state = this.options.lookup(symbol);
      const entry = state && entries.get(state);
      if (entry) change(entry);
      return !entry;
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
    const entries = this.open();
    const added = known.filter((state) => !entries.has(state)).length;
    if (entries.size + added <= symbolsMax) return undefined;
    const message = `${entries.size} symbols are subscribed and ${added} more asked for, but a connection may have ` +
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
