import {
  type Channel,
  type ClientMessageOf,
  type Limits,
  type ServerMessageOf,
  type SymbolCode,
} from "../../shared/mod.ts";
import type { SymbolState } from "../market/symbol_state.ts";
import { Subscription } from "./subscription.ts";

/** The channels that may be subscribed to. */
export const OFFERED_CHANNELS: readonly Channel[] = ["quote", "candle"];

/** What one connection is subscribed to. A request is carried out whole or changes nothing. */
export class Subscriptions implements Iterable<Subscription> {
  readonly #bySymbol = new Map<string, Subscription>();
  #rate: number;

  constructor(
    private readonly lookup: (symbol: string) => SymbolState | undefined,
    private readonly limits: Limits,
  ) {
    this.#rate = limits.rateMaxPerSecond;
  }

  get size(): number {
    return this.#bySymbol.size;
  }

  [Symbol.iterator](): Iterator<Subscription> {
    return this.#bySymbol.values();
  }

  subscribe(request: ClientMessageOf<"subscribe">): ServerMessageOf<"subscribed"> | ServerMessageOf<"error"> {
    const missing = request.channels.filter((channel) => !OFFERED_CHANNELS.includes(channel));
    if (missing.length > 0) {
      const message = `This server does not offer ${missing.join(", ")}: it offers ${OFFERED_CHANNELS.join(", ")}.`;
      return { type: "error", id: request.id, code: "channel_not_offered", message, retryable: false };
    }
    const { known, rejected } = this.resolve(request.symbols);
    const added = known.filter((state) => !this.#bySymbol.has(state.instrument.symbol));
    if (this.size + added.length > this.limits.symbolsMax) return this.tooMany(request.id, added.length);
    for (const state of known) this.subscriptionTo(state).add(request.channels);
    const { rateMinPerSecond, rateMaxPerSecond } = this.limits;
    if (request.rate !== undefined) this.#rate = Math.min(rateMaxPerSecond, Math.max(rateMinPerSecond, request.rate));
    return this.answer(request.id, known, rejected);
  }

  unsubscribe(request: ClientMessageOf<"unsubscribe">): ServerMessageOf<"subscribed"> {
    const { known, rejected } = this.resolve(request.symbols);
    const channels: readonly Channel[] = request.channels ?? OFFERED_CHANNELS;
    for (const { instrument: { symbol } } of known) {
      if (this.#bySymbol.get(symbol)?.remove(channels)) this.#bySymbol.delete(symbol);
    }
    return this.answer(request.id, known, rejected);
  }

  /** Owes these symbols a snapshot again. Returns those that are not subscribed. */
  restart(symbols: readonly string[]): string[] {
    const unknown: string[] = [];
    for (const symbol of symbols) {
      const subscription = this.#bySymbol.get(symbol);
      if (subscription) subscription.restart();
      else unknown.push(symbol);
    }
    return unknown;
  }

  clear(): void {
    this.#bySymbol.clear();
  }

  private subscriptionTo(state: SymbolState): Subscription {
    const { symbol } = state.instrument;
    let subscription = this.#bySymbol.get(symbol);
    if (!subscription) {
      subscription = new Subscription(state);
      this.#bySymbol.set(symbol, subscription);
    }
    return subscription;
  }

  private resolve(symbols: readonly string[]) {
    const known = new Set<SymbolState>();
    const rejected = new Set<string>();
    for (const symbol of symbols) {
      const state = this.lookup(symbol);
      if (state) known.add(state);
      else rejected.add(symbol);
    }
    return { known: [...known], rejected: [...rejected] };
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

  private tooMany(id: number, added: number): ServerMessageOf<"error"> {
    const message = `${this.size} symbols are subscribed and ${added} more asked for, but a connection may have ` +
      `${this.limits.symbolsMax}: unsubscribe some first. Nothing was changed.`;
    return { type: "error", id, code: "too_many_symbols", message, retryable: false };
  }
}
