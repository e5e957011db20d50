/** A watchlist is an ordered list of symbols without repeats. Every function here gives a new list, or the same one where nothing changed. */
import { SymbolCode } from "../lib/shared";

/** Most symbols a watchlist holds: well below the 500 that one connection may subscribe to, indices and open pages included. */
export const WATCHLIST_MAX = 200;

/** Reads a list that some version once saved; `undefined` when there is none, so that the default applies. */
export function parseWatchlist(saved: unknown): readonly SymbolCode[] | undefined {
  if (!Array.isArray(saved)) return undefined;
  const symbols = saved.filter(isSymbol);
  return symbols.filter((symbol, i) => symbols.indexOf(symbol) === i).slice(0, WATCHLIST_MAX);
}

export function withSymbol(list: readonly SymbolCode[], symbol: SymbolCode): readonly SymbolCode[] {
  return list.includes(symbol) || list.length >= WATCHLIST_MAX ? list : [...list, symbol];
}

export function withoutSymbol(list: readonly SymbolCode[], symbol: string): readonly SymbolCode[] {
  return list.includes(symbol as SymbolCode) ? list.filter((other) => other !== symbol) : list;
}

/** Moves a symbol to the top. */
export function pinned(list: readonly SymbolCode[], symbol: string): readonly SymbolCode[] {
  return moved(list, symbol, 0);
}

/** Moves a symbol one place up; the first one stays. */
export function movedUp(list: readonly SymbolCode[], symbol: string): readonly SymbolCode[] {
  return moved(list, symbol, list.indexOf(symbol as SymbolCode) - 1);
}

function moved(list: readonly SymbolCode[], symbol: string, to: number): readonly SymbolCode[] {
  const from = list.indexOf(symbol as SymbolCode);
  if (from < 0 || to < 0 || from === to) return list;
  const rest = withoutSymbol(list, symbol);
  return [...rest.slice(0, to), symbol as SymbolCode, ...rest.slice(to)];
}

function isSymbol(value: unknown): value is SymbolCode {
  return typeof value === "string" && SymbolCode.safeParse(value).success;
}
