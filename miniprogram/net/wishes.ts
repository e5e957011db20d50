/** What each page wants, and the union of it. Pure: it knows nothing of connections. */
import { type Channel, CHANNELS, SymbolCode, type Tier } from "../lib/shared";
import type { Rejections, Subscription, SubscriptionRequest } from "./quote_client";

/** What is wanted of one symbol. */
export interface Wish {
  readonly channels: readonly Channel[];
  readonly tier: Tier;
}

export type WishBySymbol = ReadonlyMap<SymbolCode, Wish>;

/** Nearest first. */
export const TIERS: readonly Tier[] = ["visible", "near", "hidden"];

export interface Union {
  readonly wanted: WishBySymbol;
  /** Symbols that some owner wants and that cannot be had, with the reason. */
  readonly rejected: Rejections;
}

interface Owner {
  symbols: readonly string[];
  channels: readonly Channel[];
  /** Tier of symbols that have none of their own. */
  readonly tier: Tier;
  tiers: ReadonlyMap<string, Tier>;
  rejected: Rejections;
  readonly onRejected: ((rejected: Rejections) => void) | undefined;
}

const NONE: Rejections = new Map();

export class Wishes {
  private readonly owners = new Set<Owner>();
  private readonly changed: () => void;

  /** @param changed Called whenever what is wanted may have become something else. */
  constructor(changed: () => void) {
    this.changed = changed;
  }

  add(request: SubscriptionRequest): Subscription {
    const { symbols, channels, tier = "visible", onRejected } = request;
    const lists = { symbols: [...symbols], channels: [...channels] };
    const owner: Owner = { ...lists, tier, tiers: new Map(), rejected: NONE, onRejected };
    this.owners.add(owner);
    this.changed();
    const assertHeld = () => {
      if (!this.owners.has(owner)) throw new Error("This subscription was released: subscribe again instead.");
    };
    return {
      update: (newSymbols, newChannels) => {
        assertHeld();
        owner.symbols = [...newSymbols];
        owner.tiers = new Map(owner.symbols.map((symbol) => [symbol, tierOf(owner, symbol)]));
        if (newChannels) owner.channels = [...newChannels];
        this.changed();
      },
      setTiers: (lists) => {
        assertHeld();
        const tiers = new Map(owner.tiers);
        TIERS.forEach((name) => (lists[name] ?? []).forEach((symbol) => tiers.set(symbol, name)));
        owner.tiers = tiers;
        this.changed();
      },
      release: () => {
        if (this.owners.delete(owner)) this.changed();
      },
      get rejected() {
        return owner.rejected;
      },
    };
  }

  isWanted(symbol: string): boolean {
    return Array.from(this.owners).some((owner) => owner.symbols.includes(symbol));
  }

  /**
   * Everything wanted that can be had: at most `symbolsMax` symbols, none of them in `refused`, of the channels in `offered`.
   * A page whose server has no book or no trades shows what there is: a request for more would be refused as a whole.
   *
   * The newest owner comes first, because it is the page in front of the others. A symbol has the nearest of its tiers.
   *
   * @param offered @default all
   */
  union(symbolsMax: number, refused: Rejections, offered: readonly string[] = CHANNELS): Union {
    const wanted = new Map<SymbolCode, { channels: Channel[]; tier: Tier }>();
    const rejected = new Map<string, string>();
    Array.from(this.owners).reverse().forEach((owner) => {
      const { symbols } = owner;
      const channels = owner.channels.filter((channel) => offered.includes(channel));
      for (const symbol of symbols) {
        if (channels.length === 0) continue;
        const held = isSymbolCode(symbol) ? wanted.get(symbol) : undefined;
        const tier = tierOf(owner, symbol);
        if (held) {
          held.channels.push(...channels.filter((channel) => !held.channels.includes(channel)));
          if (TIERS.indexOf(tier) < TIERS.indexOf(held.tier)) held.tier = tier;
          continue;
        }
        const reason = refused.get(symbol);
        if (!isSymbolCode(symbol)) rejected.set(symbol, "bad_symbol");
        else if (reason !== undefined) rejected.set(symbol, reason);
        else if (wanted.size >= symbolsMax) rejected.set(symbol, "too_many_symbols");
        else wanted.set(symbol, { channels: Array.from(new Set(channels)), tier });
      }
    });
    return { wanted, rejected };
  }

  /** Tells every owner which of its symbols were refused, if that is another set than it was. */
  tell(rejected: Rejections): void {
    Array.from(this.owners).forEach((owner) => {
      const own = new Map<string, string>();
      owner.symbols.forEach((symbol) => {
        const reason = rejected.get(symbol);
        if (reason !== undefined) own.set(symbol, reason);
      });
      if (areEqual(own, owner.rejected)) return;
      owner.rejected = own;
      if (owner.onRejected) owner.onRejected(own);
    });
  }
}

function tierOf(owner: Owner, symbol: string): Tier {
  return owner.tiers.get(symbol) ?? owner.tier;
}

function isSymbolCode(text: string): text is SymbolCode {
  return SymbolCode.safeParse(text).success;
}

function areEqual(a: Rejections, b: Rejections): boolean {
  return a.size === b.size && Array.from(a).every(([symbol, reason]) => b.get(symbol) === reason);
}
