import type { SymbolCode } from "../market.ts";
import { SYMBOL_NUMBER_MAX } from "./wire.ts";

/**
 * Which number stands for which symbol on a connection, by first mention from 1 on. It never changes: naming one more symbol
 * leads to another object, which all connections that named the same symbols in the same order have in common. So a
 * connection costs one reference, and frames may be shared by all whose numbers are the identical object.
 */
export class SymbolNumbers {
  /** No symbol was named yet. */
  static readonly none: SymbolNumbers = new SymbolNumbers(undefined, new Map(), 0);

  /** Held weakly, so that what no connection uses any more can go; whoever holds a child holds its parents. */
  private readonly next = new Map<SymbolCode, WeakRef<SymbolNumbers>>();

  /**
   * @param parent Only kept alive, so that the next connection finds the way here.
   * @param numbers Shared with the parent and the first of its children: an entry beyond `size` is a child's.
   */
  private constructor(
    protected readonly parent: SymbolNumbers | undefined,
    private readonly numbers: Map<SymbolCode, number>,
    /** How many symbols have numbers: they are 1 to `size`. */
    readonly size: number,
  ) {}

  /** The number of `symbol`, or undefined where it was not named yet. */
  numberOf(symbol: SymbolCode): number | undefined {
    const number = this.numbers.get(symbol);
    return number !== undefined && number <= this.size ? number : undefined;
  }

  /**
   * The numbers after `symbol` was named too: these same ones where it was named before.
   *
   * @throws RangeError when every number is taken.
   */
  with(symbol: SymbolCode): SymbolNumbers {
    if (this.numberOf(symbol) !== undefined) return this;
    const known = this.next.get(symbol)?.deref();
    if (known) return known;
    if (this.size === SYMBOL_NUMBER_MAX) {
      throw new RangeError(`One connection can name ${SYMBOL_NUMBER_MAX} symbols, and ${symbol} would be one more`);
    }
    const child = new SymbolNumbers(this, this.numbersWith(symbol), this.size + 1);
    this.forgetTheDead();
    this.next.set(symbol, new WeakRef(child));
    return child;
  }

  /** The parent's own map where nothing was added to it yet, or else a copy: most ways have one end. */
  private numbersWith(symbol: SymbolCode): Map<SymbolCode, number> {
    const isTip = this.size > 0 && this.numbers.size === this.size;
    const numbers = isTip ? this.numbers : new Map([...this.numbers].slice(0, this.size));
    return numbers.set(symbol, this.size + 1);
  }

  /** Now and then, when as many were added as were there, so that adding stays cheap. */
  private forgetTheDead(): void {
    const { size } = this.next;
    if (size < 8 || (size & size - 1) !== 0) return;
    for (const [symbol, child] of this.next) if (!child.deref()) this.next.delete(symbol);
  }
}
