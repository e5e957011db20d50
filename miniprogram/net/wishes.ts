/** What each page wants, and the union of it. Pure: it knows nothing of connections. */
import { type Channel, SymbolCode } from "../lib/shared";
import type { Rejections, Subscription, SubscriptionRequest } from "./quote_client";

/** Symbols, and for each the channels wanted of it. */
export type ChannelsBySymbol = ReadonlyMap<SymbolCode, readonly Channel[]>;

export interface Union {
  readonly wanted: ChannelsBySymbol;
  /** Symbols that some owner wants and that cannot be had, with the reason. */
  readonly rejected: Rejections;
}

interface Owner {
  symbols: readonly string[];
  channels: readonly Channel[];
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
    const { symbols, channels, onRejected } = request;
    const owner: Owner = { symbols: [...symbols], channels: [...channels], rejected: NONE, onRejected };
    this.owners.add(owner);
    this.changed();
    return {
      update: (newSymbols, newChannels) => {
        if (!this.owners.has(owner)) throw new Error("This subscription was released: subscribe again instead.");
        owner.symbols = [...newSymbols];
        if (newChannels) owner.channels = [...newChannels];
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
   * Everything wanted that can be had: at most `symbolsMax` symbols, none of them in `refused`.
   * The newest owner comes first, because it is the page in front of the others.
   */
  union(symbolsMax: number, refused: Rejections): Union {
    const wanted = new Map<SymbolCode, Channel[]>();
    const rejected = new Map<string, string>();
    Array.from(this.owners).reverse().forEach(({ symbols, channels }) => {
      for (const symbol of symbols) {
        if (channels.length === 0) continue;
        const held = isSymbolCode(symbol) ? wanted.get(symbol) : undefined;
        if (held) {
          held.push(...channels.filter((channel) => !held.includes(channel)));
          continue;
        }
        const reason = refused.get(symbol);
        if (!isSymbolCode(symbol)) rejected.set(symbol, "bad_symbol");
        else if (reason !== undefined) rejected.set(symbol, reason);
        else if (wanted.size >= symbolsMax) rejected.set(symbol, "too_many_symbols");
        else wanted.set(symbol, Array.from(new Set(channels)));
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

function isSymbolCode(text: string): text is SymbolCode {
  return SymbolCode.safeParse(text).success;
}

function areEqual(a: Rejections, b: Rejections): boolean {
  return a.size === b.size && Array.from(a).every(([symbol, reason]) => b.get(symbol) === reason);
}
