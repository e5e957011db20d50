import type { SymbolCode } from "../market.ts";
import { SYMBOL_NUMBER_MAX } from "./wire.ts";

/**
 * Which number stands for which symbol on a connection, by first mention from 1 on. It never changes: naming more symbols leads
 * to another object, which all connections whose messages named the same ones in the same order have in common. So a
 * connection costs one reference, and frames may be shared by all whose numbers are the identical object.
 */
export class SymbolNumbers {
  /** No symbol was named yet. */
  static readonly none: SymbolNumbers = new SymbolNumbers(undefined, new Map(), 0);

  /** By the symbols that lead there. Held weakly, so that what no connection uses any more can go. */
  private next: Map<string, WeakRef<SymbolNumbers>> | undefined;

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
   * The numbers after a message that named `symbols`, in order: these same ones where it named none that is new.
   *
   * @throws RangeError when there are not so many numbers left.
   */
  with(...symbols: readonly SymbolCode[]): SymbolNumbers {
    const fresh = [...new Set(symbols)].filter((symbol) => this.numberOf(symbol) === undefined);
    if (fresh.length === 0) return this;
    const key = fresh.join();
    const known = this.next?.get(key)?.deref();
    if (known) return known;
    const size = this.size + fresh.length;
    if (size > SYMBOL_NUMBER_MAX) {
      const first = fresh[SYMBOL_NUMBER_MAX - this.size] ?? "";
      throw new RangeError(`One connection can name ${SYMBOL_NUMBER_MAX} symbols, and ${first} would be one more`);
    }
    const child = new SymbolNumbers(this, this.numbersWith(fresh), size);
    this.next ??= new Map();
    forgetTheDead(this.next);
    this.next.set(key, new WeakRef(child));
    return child;
  }

  /** The parent's own map where nothing was added to it yet, or else a copy: most ways have one end. */
  private numbersWith(fresh: readonly SymbolCode[]): Map<SymbolCode, number> {
    const isTip = this.size > 0 && this.numbers.size === this.size;
    const numbers = isTip ? this.numbers : new Map([...this.numbers].slice(0, this.size));
    for (const symbol of fresh) numbers.set(symbol, numbers.size + 1);
    return numbers;
  }
}

/** Now and then, when as many were added as were there, so that adding stays cheap. */
function forgetTheDead(next: Map<string, WeakRef<SymbolNumbers>>): void {
  const { size } = next;
  if (size < 8 || (size & size - 1) !== 0) return;
  for (const [key, child] of next) if (!child.deref()) next.delete(key);
}
