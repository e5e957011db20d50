/** Which symbols cannot be called fresh because they are, or were a moment ago, in the tier that brings nothing. */
import type { Clock, SymbolCode } from "../lib/shared";
import { Timer } from "./timer";

/** How long a symbol may be called fresh after it was hidden, in milliseconds: a near one may be a second old as well. */
export const HIDDEN_FRESH_MS = 2_000;

/**
 * How long after the server's answer a symbol that came nearer is waited for, in milliseconds: the pace of near symbols, and
 * some travelling time. What has not come by then has nothing new.
 */
export const SETTLE_MS = 1_200;

/** Since when a symbol is hidden; or which request brought it nearer, and when it may be called fresh without further news. */
interface Hidden {
  hiddenAtMs: number | undefined;
  requestId: number | undefined;
  settledAtMs: number;
}

export class HiddenSymbols {
  private readonly clock: Clock;
  private readonly symbols = new Map<SymbolCode, Hidden>();
  private readonly settling: Timer;
  private readonly settled: (symbols: readonly SymbolCode[]) => void;

  /** @param settled Hears which symbols may be called fresh, because time has passed and nothing new of them came. */
  constructor(clock: Clock, settled: (symbols: readonly SymbolCode[]) => void) {
    this.clock = clock;
    this.settling = new Timer(clock);
    this.settled = settled;
  }

  /** The server was told to send nothing of these. */
  hid(symbols: readonly SymbolCode[]): void {
    const hiddenAtMs = this.clock.nowMs();
    symbols.forEach((symbol) => {
      if (this.symbols.get(symbol)?.hiddenAtMs !== undefined) return;
      this.symbols.set(symbol, { hiddenAtMs, requestId: undefined, settledAtMs: Infinity });
    });
  }

  /** The request `requestId` brought these nearer. */
  cameNearer(symbols: readonly SymbolCode[], requestId: number): void {
    symbols.forEach((symbol) => {
      const hidden = this.symbols.get(symbol);
      if (!hidden || hidden.hiddenAtMs === undefined) return;
      if (this.isFresh(symbol)) this.symbols.delete(symbol);
      else this.symbols.set(symbol, { hiddenAtMs: undefined, requestId, settledAtMs: Infinity });
    });
  }

  /** The server answered a request: what it has of the symbols that came nearer by it is on the way. */
  answered(requestId: number): void {
    const settledAtMs = this.clock.nowMs() + SETTLE_MS;
    this.symbols.forEach((hidden) => {
      if (hidden.requestId === requestId) hidden.settledAtMs = settledAtMs;
    });
    this.watch();
  }

  /** News of these came. */
  heard(symbols: Iterable<SymbolCode>): void {
    for (const symbol of symbols) {
      const hidden = this.symbols.get(symbol);
      // Of a symbol that was hidden a moment ago some news is still on the way: it stays hidden.
      if (hidden && hidden.hiddenAtMs === undefined) this.symbols.delete(symbol);
    }
  }

  /** The server was told that these are not wanted any more. */
  left(symbols: readonly SymbolCode[]): void {
    symbols.forEach((symbol) => this.symbols.delete(symbol));
  }

  /** The connection is gone, and the tiers with it. */
  clear(): void {
    this.symbols.clear();
    this.settling.clear();
  }

  isFresh(symbol: string): boolean {
    const hidden = this.symbols.get(symbol as SymbolCode);
    if (!hidden) return true;
    const nowMs = this.clock.nowMs();
    return hidden.hiddenAtMs === undefined ? nowMs >= hidden.settledAtMs : nowMs - hidden.hiddenAtMs <= HIDDEN_FRESH_MS;
  }

  /** Waits for the first of those that will have settled. */
  private watch(): void {
    const nowMs = this.clock.nowMs();
    const nextMs = Math.min(...Array.from(this.symbols.values(), ({ settledAtMs }) => settledAtMs));
    if (nextMs === Infinity) return this.settling.clear();
    this.settling.set(Math.max(0, nextMs - nowMs), () => {
      const settled = Array.from(this.symbols.keys()).filter((symbol) => {
        const hidden = this.symbols.get(symbol);
        return hidden && hidden.settledAtMs <= this.clock.nowMs();
      });
      settled.forEach((symbol) => this.symbols.delete(symbol));
      this.watch();
      this.settled(settled);
    });
  }
}
