import { SymbolNumbers } from "../../shared/binary/mod.ts";
import type { Tier } from "../../shared/mod.ts";
import type { CandlePosition } from "../market/candle_series.ts";
import type { SymbolState } from "../market/symbol_state.ts";
import type { TradePosition } from "../market/trade_series.ts";
import { type Known, Position } from "./position.ts";
import { type Form, View, type ViewItem, type ViewRegistry } from "./view.ts";

/** One symbol as one connection has it. */
export interface Holding {
  readonly state: SymbolState;
  /** Bits of `FOLLOWS`. */
  follows: number;
  tier: Tier;
  known: Known;
  candles: CandlePosition | undefined;
  trades: TradePosition | undefined;
}

const NONE_HIDDEN: ReadonlyMap<SymbolState, Holding> = new Map();

/** What a connection that has ended looks at. */
const NO_VIEW = new View("", "json", SymbolNumbers.none, [], 1, 0);

/**
 * What one connection is subscribed to, and what it has of it.
 *
 * Requests are rare and frames are many, so between requests all this is a view and a position, which are shared; a request takes
 * them apart, changes the parts, and {@link settle} puts them together again.
 */
export class Holdings {
  #position: Position;
  /** What is hidden has no place in the view, so that what was left behind keeps no one apart. */
  #hidden: ReadonlyMap<SymbolState, Holding> = NONE_HIDDEN;
  /** While a request is carried out. */
  #parts: Map<SymbolState, Holding> | undefined;

  /** @param timeMs `serverTimeMs` of `welcome`. */
  constructor(
    private readonly views: ViewRegistry,
    private readonly form: Form,
    numbers: SymbolNumbers,
    timeMs: number,
  ) {
    this.#position = new Position(views.acquire(form, numbers, []), timeMs, []);
  }

  /** Symbols held, hidden ones included. */
  get size(): number {
    return this.#parts?.size ?? this.#position.view.items.length + this.#hidden.size;
  }

  get position(): Position {
    return this.#position;
  }

  /** A frame was sent, and led there. */
  moveTo(position: Position): void {
    this.#position = position;
  }

  /** The parts, to be changed, in the order in which the symbols came. They are taken apart once for each {@link settle}. */
  open(): Map<SymbolState, Holding> {
    if (this.#parts) return this.#parts;
    const parts = this.#parts = new Map<SymbolState, Holding>();
    const { view, known, candles, trades } = this.#position;
    view.items.forEach(({ state, follows, isNear }, place) => {
      const tier = isNear ? "near" : "visible";
      const has = { known: known[place], candles: candles[place], trades: trades[place] };
      parts.set(state, { state, follows, tier, ...has });
    });
    for (const [state, holding] of this.#hidden) parts.set(state, holding);
    return parts;
  }

  /** Puts view and position together again after a request was answered. @param numbers What stands for symbols from now on. */
  settle(numbers: SymbolNumbers): void {
    const parts = this.#parts;
    if (!parts) return;
    this.#parts = undefined;
    const shown: Holding[] = [];
    const hidden = new Map<SymbolState, Holding>();
    for (const holding of parts.values()) {
      if (holding.tier === "hidden") hidden.set(holding.state, holding);
      else shown.push(holding);
    }
    this.#hidden = hidden.size > 0 ? hidden : NONE_HIDDEN;
    const items = shown.map(({ state, follows, tier }): ViewItem => ({ state, follows, isNear: tier === "near" }));
    const { view: before, timeMs, lastKind, updateMs } = this.#position;
    const view = this.views.acquire(this.form, numbers, items);
    this.#position = new Position(
      view,
      timeMs,
      shown.map(({ known }) => known),
      view.hasEvents ? shown.map(({ candles }) => candles) : undefined,
      view.hasEvents ? shown.map(({ trades }) => trades) : undefined,
      lastKind,
      updateMs,
    );
    this.views.release(before);
  }

  /** Lets go of everything: the connection has ended. */
  clear(): void {
    const { view, timeMs } = this.#position;
    this.#hidden = NONE_HIDDEN;
    this.#parts = undefined;
    this.#position = new Position(NO_VIEW, timeMs, []);
    this.views.release(view);
  }
}
