/** What differs between what the server was told and what is wanted now, as the fewest requests that say it. Pure. */
import type { Channel, SymbolCode, Tier } from "../lib/shared";
import { TIERS, type Wish, type WishBySymbol } from "./wishes";

/** Symbols of which the same is to be said. */
export interface Group {
  readonly symbols: SymbolCode[];
  readonly channels: Channel[];
  /** Of symbols that are new to the server. */
  readonly tier?: Tier;
}

export interface Differences {
  /** Channels to be left. */
  readonly leaves: readonly Group[];
  /** Symbols of which nothing is wanted any more. */
  readonly gone: readonly SymbolCode[];
  /** Channels to be joined; without a tier for symbols that are already subscribed to. */
  readonly joins: readonly Group[];
  /** Subscribed symbols that have moved, by their new tier. */
  readonly moves: ReadonlyMap<Tier, SymbolCode[]>;
}

export function differences(told: WishBySymbol, wanted: WishBySymbol): Differences {
  const moves = new Map<Tier, SymbolCode[]>();
  TIERS.forEach((tier) => {
    const moved = Array.from(wanted).filter(([symbol, wish]) => {
      const before = told.get(symbol);
      return wish.tier === tier && before && before.tier !== tier;
    });
    if (moved.length > 0) moves.set(tier, moved.map(([symbol]) => symbol));
  });
  return {
    leaves: groups(told, wanted, () => undefined),
    gone: Array.from(told.keys()).filter((symbol) => !wanted.has(symbol)),
    joins: groups(wanted, told, (symbol, { tier }) => told.has(symbol) ? undefined : tier),
    moves,
  };
}

export function without(channels: readonly Channel[] = [], taken: readonly Channel[] = []): Channel[] {
  return channels.filter((channel) => !taken.includes(channel));
}

/** What `from` has and `other` has not, symbols of which the same is missing together. */
function groups(
  from: WishBySymbol,
  other: WishBySymbol,
  tierOf: (symbol: SymbolCode, wish: Wish) => Tier | undefined,
): Group[] {
  const byKey = new Map<string, Group>();
  from.forEach((wish, symbol) => {
    const channels = without(wish.channels, other.get(symbol)?.channels).sort();
    if (channels.length === 0) return;
    const tier = tierOf(symbol, wish);
    const key = `${channels.join()} ${tier ?? ""}`;
    const group = byKey.get(key) ?? { symbols: [], channels, ...tier ? { tier } : {} };
    group.symbols.push(symbol);
    byKey.set(key, group);
  });
  return Array.from(byKey.values());
}
