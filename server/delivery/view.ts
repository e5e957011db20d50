/**
 * What connections look at. A view is shared by all connections that look at the same symbols in the same way: clients with
 * equal views, at equal positions, get the very same bytes.
 */
import type { Channel } from "../../shared/mod.ts";
import type { SymbolNumbers } from "../../shared/binary/mod.ts";
import type { SymbolState } from "../market/symbol_state.ts";

/** Channels as bits. */
export const FOLLOWS = { candle: 1, depth: 2, trades: 4, quote: 8, all: 15 } as const;

/** The bits of `channels`. */
export function followsOf(channels: Iterable<Channel>): number {
  let bits = 0;
  for (const channel of channels) bits |= FOLLOWS[channel];
  return bits;
}

/** One symbol of a view. */
export interface ViewItem {
  readonly state: SymbolState;
  /** What of it is followed: bits of {@link FOLLOWS}. Every channel brings the quote, with its bit or without. */
  readonly follows: number;
  /** Whether it comes at the slow rate. */
  readonly isNear: boolean;
}

/** How messages are written: the names of the two subprotocols. */
export type Form = "json" | "binary";

export class View {
  /** Connections that look at it. */
  users = 0;
  /** What stands for the symbol of each item. */
  readonly itemNumbers: readonly number[];
  readonly hasEvents: boolean;
  readonly hasNear: boolean;
  readonly #endings: (() => void)[];

  /**
   * @param key Names the view: equal views have equal keys.
   * @param numbers What stands for the symbols on the connections that have this view, in binary.
   * @param nearIntervalMs Time from one update of near symbols to the next.
   * @param offsetMs Shifts this view's seconds, so that what happens once a second does not happen to all views at once.
   */
  constructor(
    readonly key: string,
    readonly form: Form,
    readonly numbers: SymbolNumbers,
    readonly items: readonly ViewItem[],
    private readonly nearIntervalMs: number,
    private readonly offsetMs: number,
  ) {
    this.itemNumbers = items.map(({ state }) => numbers.numberOf(state.instrument.symbol) ?? 0);
    this.hasEvents = items.some(({ follows }) => (follows & (FOLLOWS.candle | FOLLOWS.trades)) !== 0);
    this.hasNear = items.some(({ isNear }) => isNear);
    this.#endings = items.filter(({ follows }) => follows & FOLLOWS.depth).map(({ state }) => state.followBook());
  }

  /** Counts the view's own seconds: clients of one view pass from one to the next together. */
  secondOf(timeMs: number): number {
    return Math.floor((timeMs + this.offsetMs) / 1_000);
  }

  /** Counts the periods in each of which near symbols come once. */
  nearPeriodOf(timeMs: number): number {
    return Math.floor((timeMs + this.offsetMs) / this.nearIntervalMs);
  }

  /** Nobody looks at it any more. */
  end(): void {
    for (const end of this.#endings) end();
  }
}

/** Spreads the seconds of views evenly, whatever their number: multiples of the golden ratio. */
const GOLDEN_MS = 618.034;

/** The views in use, each once. */
export class ViewRegistry {
  readonly #views = new Map<string, View>();
  /** Numbers for what keys are made of. */
  readonly #ids = new WeakMap<object, number>();
  #lastId = 0;
  #made = 0;

  /** @param nearIntervalMs Time from one update of near symbols to the next. */
  constructor(private readonly nearIntervalMs: number) {}

  get size(): number {
    return this.#views.size;
  }

  /** The view of these items: an equal one that is there already, or a new one. Every call needs a {@link release}. */
  acquire(form: Form, numbers: SymbolNumbers, items: readonly ViewItem[]): View {
    let key = `${form} ${this.id(numbers)}`;
    for (const { state, follows, isNear } of items) key += ` ${this.id(state)}.${follows}${isNear ? "n" : ""}`;
    let view = this.#views.get(key);
    if (!view) {
      view = new View(key, form, numbers, items, this.nearIntervalMs, this.nextOffsetMs());
      this.#views.set(key, view);
    }
    view.users++;
    return view;
  }

  release(view: View): void {
    if (--view.users > 0) return;
    this.#views.delete(view.key);
    view.end();
  }

  private nextOffsetMs(): number {
    return Math.floor(this.#made++ * GOLDEN_MS % 1_000);
  }

  private id(object: object): number {
    let id = this.#ids.get(object);
    if (id === undefined) this.#ids.set(object, id = ++this.#lastId);
    return id;
  }
}
