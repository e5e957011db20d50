import type { Clock, SymbolCode } from "../lib/shared";
import { Timer } from "./timer";

/**
 * Symbols that polling had in step when a socket took its place. They stay fresh as long as the last poll would have kept
 * them so, and by then the socket has spoken of each: so no price flashes stale at the change, and none stays fresh unheard.
 */
export class CarryOver {
  private readonly timer: Timer;
  private readonly expired: (symbols: ReadonlySet<SymbolCode>) => void;
  private readonly symbols = new Set<SymbolCode>();

  /** @param expired Hears of those of which nothing came in time. */
  constructor(clock: Clock, expired: (symbols: ReadonlySet<SymbolCode>) => void) {
    this.timer = new Timer(clock);
    this.expired = expired;
  }

  start(symbols: Iterable<SymbolCode>, forMs: number): void {
    this.clear();
    for (const symbol of symbols) this.symbols.add(symbol);
    if (this.symbols.size === 0) return;
    this.timer.set(forMs, () => {
      const left = new Set(this.symbols);
      this.symbols.clear();
      if (left.size > 0) this.expired(left);
    });
  }

  heard(symbols: Iterable<SymbolCode>): void {
    for (const symbol of symbols) this.symbols.delete(symbol);
    if (this.symbols.size === 0) this.timer.clear();
  }

  clear(): void {
    this.symbols.clear();
    this.timer.clear();
  }
}
