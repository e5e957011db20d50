import type { SymbolCode } from "../lib/shared";
import { DEFAULT_WATCHLIST } from "./default_watchlist";
import type { KeyValueStorage } from "./storage";
import { movedUp, parseWatchlist, pinned, withoutSymbol, withSymbol } from "./watchlist";

const KEY = "watchlist";

/** The person's watchlist. An empty one is a choice and stays empty; only a missing one becomes the default. */
export class WatchlistStore {
  private readonly storage: KeyValueStorage;
  private list: readonly SymbolCode[];

  constructor(storage: KeyValueStorage) {
    this.storage = storage;
    this.list = parseWatchlist(storage.read(KEY)) ?? DEFAULT_WATCHLIST;
  }

  /** Another array when, and only when, the list is another one. */
  get symbols(): readonly SymbolCode[] {
    return this.list;
  }

  has(symbol: string): boolean {
    return this.list.includes(symbol as SymbolCode);
  }

  add(symbol: SymbolCode): void {
    this.replace(withSymbol(this.list, symbol));
  }

  remove(symbol: string): void {
    this.replace(withoutSymbol(this.list, symbol));
  }

  pin(symbol: string): void {
    this.replace(pinned(this.list, symbol));
  }

  moveUp(symbol: string): void {
    this.replace(movedUp(this.list, symbol));
  }

  restoreDefault(): void {
    this.replace(DEFAULT_WATCHLIST);
  }

  private replace(list: readonly SymbolCode[]): void {
    if (list === this.list) return;
    this.list = list;
    this.storage.write(KEY, list);
  }
}
