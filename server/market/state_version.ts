import { type DepthValues, depthValues } from "../../shared/binary/depth_values.ts";
import type { CandleValues, QuoteValues, QuoteVersion } from "../../shared/binary/quote_base.ts";
import { PHASE_ORDER } from "../../shared/binary/wire.ts";
import { checksumOf, type Depth, type Price, type Quote, type SymbolCode } from "../../shared/mod.ts";

const NO_BODIES: (string | ArrayLike<number>)[] = [];

/**
 * One version of a symbol's state, as every client that was brought up to it has it. It never changes, so that clients in step
 * hold the same object, and what leads from one version to another is made once for all of them.
 */
export class StateVersion implements QuoteVersion {
  #depth: DepthValues | undefined;
  #crc: number | undefined;
  #crcWithBook: number | undefined;
  /** What leads here from other versions, in its several forms. */
  #bodies: Map<StateVersion | number, (string | ArrayLike<number>)[]> | undefined;
  #lastKnown: StateVersion | number | undefined;
  #lastBodies: (string | ArrayLike<number>)[] = NO_BODIES;

  /**
   * @param values The quote's fields, in the order of `QUOTE_FIELDS`.
   * @param candle The minute that is open, as numbers.
   * @param book 五档, where anybody follows it.
   */
  constructor(
    readonly seq: number,
    readonly values: QuoteValues,
    readonly isIndex: boolean,
    readonly candle: CandleValues | undefined,
    readonly book: Depth | undefined,
  ) {}

  /** The book as numbers. */
  get depth(): DepthValues | undefined {
    if (this.book && !this.#depth) this.#depth = depthValues(this.book);
    return this.#depth;
  }

  /**
   * Room for what leads from `known` to this version, kept as long as this is the present one.
   *
   * @param known A version, its number, or −1 for a client that has nothing
   */
  bodiesFrom(known: StateVersion | number): (string | ArrayLike<number>)[] {
    // Clients of one phase come from the same version, one after the other.
    if (known === this.#lastKnown) return this.#lastBodies;
    this.#bodies ??= new Map();
    let bodies = this.#bodies.get(known);
    if (!bodies) this.#bodies.set(known, bodies = []);
    this.#lastKnown = known;
    return this.#lastBodies = bodies;
  }

  /** This is no longer the present version: nothing will lead here again. Whoever stays here must not hold on to its past. */
  retire(): void {
    this.#bodies = undefined;
    this.#lastKnown = undefined;
    this.#lastBodies = NO_BODIES;
  }

  /** The checksum of this version, with its book or without; computed once. */
  crc(symbol: SymbolCode, withBook: boolean): number {
    if (withBook && this.book) {
      return this.#crcWithBook ??= checksumOf(symbol, this.seq, quoteOf(this.values), this.book);
    }
    return this.#crc ??= checksumOf(symbol, this.seq, quoteOf(this.values));
  }
}

/** The quote that has these values. */
export function quoteOf(values: QuoteValues): Quote {
  const [lastPrice, open, high, low, prevClose, limitUp, limitDown] = values as Price[];
  const [volume, turnover, exchangeTimeMs, tradingDate, phase] = values.slice(7);
  return {
    lastPrice,
    open,
    high,
    low,
    prevClose,
    limitUp,
    limitDown,
    volume,
    turnover,
    exchangeTimeMs,
    tradingDate,
    phase: PHASE_ORDER[phase ?? 0],
  } as Quote;
}
