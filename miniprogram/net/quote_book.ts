/**
 * What is known of every symbol, and whether it is in step with the server. Pure: messages in, changes out.
 *
 * Values outlive a lost line, so that a screen has something to show, greyed; whether they are fresh does not.
 */
import type { Candle, QuoteSnapshot, QuoteUpdate, ServerMessageOf, SymbolCode } from "../lib/shared";
import { CandleSeries } from "./candle_series";
import type { KnownQuote, QuoteChanges } from "./quote_client";

/**
 * - `cold`: not heard of on this connection, or its sequence belongs to another epoch;
 * - `fresh`: in step;
 * - `gap`: an update was missed and the snapshot must be asked for;
 * - `asked`: it was asked for and is awaited.
 */
type Step = "cold" | "fresh" | "gap" | "asked";

interface Entry {
  quote: KnownQuote | undefined;
  /** Sequence number that the next update must build on; `undefined` where only a snapshot can be the next. */
  seq: number | undefined;
  step: Step;
  changedAtMs: number;
  readonly series: CandleSeries;
}

const NO_CANDLES: readonly Candle[] = [];

/** Collects what one message changed. */
class Changed implements QuoteChanges {
  readonly quotes = new Set<SymbolCode>();
  readonly candles = new Set<SymbolCode>();
}

export class QuoteBook {
  private readonly entries = new Map<SymbolCode, Entry>();

  get size(): number {
    return this.entries.size;
  }

  quote(symbol: string): KnownQuote | undefined {
    return this.entry(symbol)?.quote;
  }

  candles(symbol: string): readonly Candle[] {
    return this.entry(symbol)?.series.all() ?? NO_CANDLES;
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

  /**
   * The market's state was begun anew: sequence numbers mean nothing any more, and candles of the two runs must not mix.
   * Quotes stay as the last known, until their snapshots replace them.
   */
  startEpoch(): QuoteChanges {
    const changed = new Changed();
    this.entries.forEach((entry, symbol) => {
      entry.seq = undefined;
      entry.step = "cold";
      if (entry.series.clear()) changed.candles.add(symbol);
    });
    return changed;
  }

  /** A snapshot is the server's own word on what this client has, so it is taken as it is. */
  applySnapshot(message: Pick<ServerMessageOf<"snapshot">, "quotes">, nowMs: number): QuoteChanges {
    const changed = new Changed();
    for (const { candle, ...known } of message.quotes) {
      const entry = this.entryOrNew(known.symbol);
      this.set(known.symbol, entry, { ...known, merged: 0 }, nowMs);
      changed.quotes.add(known.symbol);
      this.setCandle(known.symbol, entry, candle, changed);
    }
    return changed;
  }

  applyUpdate(message: Pick<ServerMessageOf<"update">, "quotes">, nowMs: number): QuoteChanges {
    const changed = new Changed();
    for (const update of message.quotes) this.applyOne(update, nowMs, changed);
    return changed;
  }

  applyCandles({ runs }: Pick<ServerMessageOf<"candles">, "runs">): QuoteChanges {
    const changed = new Changed();
    for (const run of runs) {
      const entry = this.entryOrNew(run.symbol);
      const result = entry.series.append(run);
      if (result === "changed") changed.candles.add(run.symbol);
      if (result === "gap") this.markGap(run.symbol, entry, changed);
    }
    return changed;
  }

  /** Symbols whose snapshot must be asked for now. Each is named once, and again only after its snapshot came. */
  takeRepairs(): SymbolCode[] {
    const symbols: SymbolCode[] = [];
    this.entries.forEach((entry, symbol) => {
      if (entry.step !== "gap") return;
      entry.step = "asked";
      symbols.push(symbol);
    });
    return symbols;
  }

  /** Forgets every symbol that `isWanted` does not want. */
  retain(isWanted: (symbol: SymbolCode) => boolean): void {
    Array.from(this.entries.keys()).filter((symbol) => !isWanted(symbol)).forEach((symbol) =>
      this.entries.delete(symbol)
    );
  }

  /** Forgets everything, and says what that was. */
  clear(): QuoteChanges {
    const changed = new Changed();
    this.entries.forEach((entry, symbol) => {
      if (entry.quote) changed.quotes.add(symbol);
      if (entry.series.all().length > 0) changed.candles.add(symbol);
    });
    this.entries.clear();
    return changed;
  }

  private applyOne(update: QuoteUpdate, nowMs: number, changed: Changed): void {
    const { symbol, prev, candle, ...fields } = update;
    const entry = this.entryOrNew(symbol);
    if (entry.seq !== undefined && fields.seq <= entry.seq) return;
    if (entry.quote === undefined || entry.seq !== prev) return this.markGap(symbol, entry, changed);
    // Object.assign rather than a spread for its type only: a field that an update leaves out is absent in JSON, never undefined.
    this.set(symbol, entry, Object.assign({}, entry.quote, fields), nowMs);
    changed.quotes.add(symbol);
    this.setCandle(symbol, entry, candle, changed);
  }

  private set(symbol: SymbolCode, entry: Entry, quote: QuoteSnapshot & { merged: number }, nowMs: number): void {
    entry.quote = quote;
    entry.seq = quote.seq;
    entry.step = "fresh";
    entry.changedAtMs = nowMs;
    this.entries.set(symbol, entry);
  }

  private setCandle(symbol: SymbolCode, entry: Entry, candle: Candle | undefined, changed: Changed): void {
    const { quote, series } = entry;
    if (!quote) return;
    if (series.startDay(quote.tradingDate)) changed.candles.add(symbol);
    if (candle && series.setOpen(quote.tradingDate, candle)) changed.candles.add(symbol);
  }

  private markGap(symbol: SymbolCode, entry: Entry, changed: Changed): void {
    if (entry.step === "fresh") changed.quotes.add(symbol);
    if (entry.step !== "asked") entry.step = "gap";
  }

  /** Texts that are no symbol are simply not in the map. */
  private entry(symbol: string): Entry | undefined {
    return this.entries.get(symbol as SymbolCode);
  }

  private entryOrNew(symbol: SymbolCode): Entry {
    const held = this.entry(symbol);
    if (held) return held;
    const entry: Entry = { quote: undefined, seq: undefined, step: "cold", changedAtMs: 0, series: new CandleSeries() };
    this.entries.set(symbol, entry);
    return entry;
  }
}
