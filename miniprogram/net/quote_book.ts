/**
 * What is known of every symbol, and whether it is in step with the server. Pure: messages in, changes out.
 *
 * Values outlive a lost line, so that a screen has something to show, greyed; whether they are fresh does not.
 */
import type { Candle, Channel, Depth, QuoteSnapshot, ResumePosition, ServerMessageOf, SymbolCode } from "../lib/shared";
import { BookEntry, type EntryChanges, type RepairCause, type RepairCounts } from "./book_entry";
import type { KnownQuote, KnownTrades, QuoteChanges, Repairs } from "./quote_client";
import { NO_TRADES } from "./trade_series";

const NO_CANDLES: readonly Candle[] = [];

/** Collects what one message changed. */
class Changed implements QuoteChanges {
  readonly quotes = new Set<SymbolCode>();
  readonly candles = new Set<SymbolCode>();
  readonly depths = new Set<SymbolCode>();
  readonly trades = new Set<SymbolCode>();

  of(symbol: SymbolCode): EntryChanges {
    return {
      quote: () => this.quotes.add(symbol),
      candles: () => this.candles.add(symbol),
      depth: () => this.depths.add(symbol),
      trades: () => this.trades.add(symbol),
    };
  }
}

export class QuoteBook {
  private readonly entries = new Map<SymbolCode, BookEntry>();
  private readonly counts: RepairCounts = { gap: 0, checksum: 0, agreed: 0 };

  get size(): number {
    return this.entries.size;
  }

  /** How often something had to be asked for again, and how often a checksum agreed, since the book was made. */
  get repairs(): Repairs {
    return { ...this.counts };
  }

  quote(symbol: string): KnownQuote | undefined {
    return this.entry(symbol)?.quote;
  }

  candles(symbol: string): readonly Candle[] {
    return this.entry(symbol)?.series.all() ?? NO_CANDLES;
  }

  depth(symbol: string): Depth | undefined {
    return this.entry(symbol)?.depth;
  }

  trades(symbol: string): KnownTrades {
    return this.entry(symbol)?.trades.all() ?? NO_TRADES;
  }

  /** Whether the symbol is in step with the server on the present connection. */
  isInStep(symbol: string): boolean {
    return this.entry(symbol)?.step === "fresh";
  }

  /** When the last change was applied, on the clock of whoever applied it. */
  changedAtMs(symbol: string): number | undefined {
    const entry = this.entry(symbol);
    return entry?.quote && entry.changedAtMs;
  }

  /** What there is of a symbol, for a server that is to send only the rest. */
  position(symbol: SymbolCode, channels: readonly Channel[]): ResumePosition {
    const entry = this.entry(symbol);
    return entry?.position(channels.includes("candle"), channels.includes("trades")) ?? { symbol };
  }

  /** What there is of these symbols, as a snapshot would say it. */
  held(symbols: readonly SymbolCode[]): Map<SymbolCode, QuoteSnapshot> {
    const held = new Map<SymbolCode, QuoteSnapshot>();
    symbols.forEach((symbol) => {
      const snapshot = this.entry(symbol)?.snapshot();
      if (snapshot) held.set(symbol, snapshot);
    });
    return held;
  }

  /**
   * A new connection began, or a symbol's subscription ended: nothing is in step any more and nothing is asked for.
   * Values stay, sequence numbers too: they compare within the epoch, whatever the connection.
   */
  goCold(symbols: Iterable<string> = this.entries.keys()): void {
    for (const symbol of symbols) {
      const entry = this.entry(symbol);
      if (entry) entry.step = "cold";
    }
  }

  /** The server says that this client has the newest of these symbols. */
  confirm(symbols: Iterable<string>): QuoteChanges {
    return this.change(symbols, (entry, changes) => {
      if (entry.confirm()) changes.quote();
    });
  }

  /** Nothing more comes of these symbols' books. */
  dropDepths(symbols: Iterable<string>): QuoteChanges {
    return this.change(symbols, (entry, changes) => entry.dropDepth(changes));
  }

  /** Nothing more comes of any book but those that `isFollowed` follows. */
  dropOtherDepths(isFollowed: (symbol: SymbolCode) => boolean): QuoteChanges {
    return this.dropDepths(Array.from(this.entries.keys()).filter((symbol) => !isFollowed(symbol)));
  }

  /**
   * The market's state was begun anew: sequence numbers mean nothing any more, and candles of the two runs must not mix.
   * Quotes stay as the last known, until their snapshots replace them.
   */
  startEpoch(): QuoteChanges {
    return this.change(this.entries.keys(), (entry, changes) => entry.startEpoch(changes));
  }

  applySnapshot(message: Pick<ServerMessageOf<"snapshot">, "quotes" | "serverTimeMs">, nowMs: number): QuoteChanges {
    const changed = new Changed();
    for (const quote of message.quotes) {
      this.entryOrNew(quote.symbol).applySnapshot(quote, message.serverTimeMs, nowMs, changed.of(quote.symbol));
    }
    return changed;
  }

  applyUpdate(message: Pick<ServerMessageOf<"update">, "quotes" | "serverTimeMs">, nowMs: number): QuoteChanges {
    const changed = new Changed();
    for (const update of message.quotes) {
      this.entryOrNew(update.symbol).applyUpdate(update, message.serverTimeMs, nowMs, changed.of(update.symbol));
    }
    return changed;
  }

  applyCandles({ runs }: Pick<ServerMessageOf<"candles">, "runs">): QuoteChanges {
    const changed = new Changed();
    for (const run of runs) this.entryOrNew(run.symbol).appendCandles(run, changed.of(run.symbol));
    return changed;
  }

  applyTrades({ runs }: Pick<ServerMessageOf<"trades">, "runs">): QuoteChanges {
    const changed = new Changed();
    for (const run of runs) this.entryOrNew(run.symbol).appendTrades(run, changed.of(run.symbol));
    return changed;
  }

  /**
   * Symbols whose snapshot must be asked for now, and why. Each is named once, and again only after its snapshot came.
   * One that `isMeant` excludes is not asked for, and cold.
   */
  takeRepairs(isMeant: (symbol: SymbolCode) => boolean = () => true): Map<SymbolCode, RepairCause> {
    const repairs = new Map<SymbolCode, RepairCause>();
    this.entries.forEach((entry, symbol) => {
      if (entry.step !== "gap") return;
      entry.step = isMeant(symbol) ? "asked" : "cold";
      if (entry.step !== "asked") return;
      this.counts[entry.cause] += 1;
      repairs.set(symbol, entry.cause);
    });
    return repairs;
  }

  /** Forgets every symbol that `isWanted` does not want. */
  retain(isWanted: (symbol: SymbolCode) => boolean): void {
    Array.from(this.entries.keys()).filter((symbol) => !isWanted(symbol)).forEach((symbol) =>
      this.entries.delete(symbol)
    );
  }

  /** Forgets everything, and says what that was. */
  clear(): QuoteChanges {
    const changed = this.change(this.entries.keys(), (entry, changes) => {
      if (entry.quote) changes.quote();
      entry.startEpoch(changes);
    });
    this.entries.clear();
    return changed;
  }

  private change(symbols: Iterable<string>, by: (entry: BookEntry, changes: EntryChanges) => void): QuoteChanges {
    const changed = new Changed();
    for (const symbol of symbols) {
      const entry = this.entry(symbol);
      if (entry) by(entry, changed.of(symbol as SymbolCode));
    }
    return changed;
  }

  /** Texts that are no symbol are simply not in the map. */
  private entry(symbol: string): BookEntry | undefined {
    return this.entries.get(symbol as SymbolCode);
  }

  private entryOrNew(symbol: SymbolCode): BookEntry {
    const held = this.entry(symbol);
    if (held) return held;
    const entry = new BookEntry(symbol, this.counts);
    this.entries.set(symbol, entry);
    return entry;
  }
}

/** Says that the quotes, or the freshness, of these symbols are others. */
export function quotesOf(symbols: Iterable<SymbolCode>): QuoteChanges {
  const changed = new Changed();
  for (const symbol of symbols) changed.quotes.add(symbol);
  return changed;
}
