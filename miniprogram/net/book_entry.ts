/** What is known of one symbol, and how each kind of message changes it. */
import {
  type Candle,
  checksumOf,
  type Depth,
  type QuoteSnapshot,
  type QuoteUpdate,
  type ResumePosition,
  type SymbolCode,
  type TradeRun,
} from "../lib/shared";
import { CandleSeries, type FinishedCandles } from "./candle_series";
import type { KnownQuote } from "./quote_client";
import { TradeSeries } from "./trade_series";

/**
 * - `cold`: not heard of on this connection, or its sequence belongs to another epoch;
 * - `fresh`: in step;
 * - `doubtful`: the server's own snapshot does not agree with its checksum; the next checksum decides;
 * - `gap`: a message was missed, or a checksum did not agree, and the snapshot must be asked for;
 * - `asked`: it was asked for and is awaited.
 */
export type Step = "cold" | "fresh" | "doubtful" | "gap" | "asked";

/** No message is older than this, in milliseconds, when a newer one has overtaken it: a server that says so has set its clock back. */
const OVERTAKEN_MS_MAX = 10_000;

/** Why a snapshot is asked for. */
export type RepairCause = "gap" | "checksum";

/** What one message changed of one symbol. */
export interface EntryChanges {
  quote(): void;
  candles(): void;
  depth(): void;
  trades(): void;
}

/** Counts for the life of a book. */
export interface RepairCounts {
  gap: number;
  checksum: number;
  agreed: number;
}

export class BookEntry {
  readonly series = new CandleSeries();
  readonly trades = new TradeSeries();
  quote: KnownQuote | undefined;
  depth: Depth | undefined;
  step: Step = "cold";
  cause: RepairCause = "gap";
  /** When the quote last changed, on the clock of whoever applied it. */
  changedAtMs = 0;
  /** When the server wrote the order book that is here, on the server's clock. */
  private depthSentMs = 0;
  /** Version that the next update must build on; `undefined` where only a snapshot can be the next. */
  private seq: number | undefined;
  private readonly symbol: SymbolCode;
  private readonly counts: RepairCounts;

  constructor(symbol: SymbolCode, counts: RepairCounts) {
    this.symbol = symbol;
    this.counts = counts;
  }

  /** What a server needs to know to send only what is missing here. */
  position(withCandles: boolean, withTrades: boolean): ResumePosition {
    const candles = withCandles ? this.series.position() : undefined;
    const trades = withTrades ? this.trades.position() : undefined;
    const position: ResumePosition = { symbol: this.symbol };
    if (this.seq !== undefined && this.quote) position.seq = this.seq;
    if (candles) position.candles = candles;
    if (trades) position.trades = trades;
    return position;
  }

  /** All that is here of the newest version, in the form in which it would come. */
  snapshot(): QuoteSnapshot | undefined {
    const { quote, depth, series } = this;
    if (!quote) return undefined;
    const { merged: _merged, ...known } = quote;
    const candle = series.openCandle();
    return { ...known, ...candle ? { candle } : {}, ...depth ? { depth } : {} };
  }

  /** The server says that what is here is the newest. Returns whether it thereby became fresh. */
  confirm(): boolean {
    if (this.seq === undefined || this.step === "fresh") return false;
    this.step = "fresh";
    return true;
  }

  /** Versions mean nothing any more, and events of the two runs must not mix. The quote stays as the last known. */
  startEpoch(changes: EntryChanges): void {
    this.seq = undefined;
    this.step = "cold";
    if (this.series.clear()) changes.candles();
    if (this.trades.clear()) changes.trades();
    this.dropDepth(changes);
  }

  dropDepth(changes: EntryChanges): void {
    if (this.depth) changes.depth();
    this.depth = undefined;
    this.depthSentMs = 0;
  }

  /**
   * A snapshot is the server's own word on what this client has, so it is taken as it is, but for a version gone by.
   *
   * @param sentMs When the server wrote it, on the server's clock.
   */
  applySnapshot(
    { candle, depth, crc, ...known }: QuoteSnapshot,
    sentMs: number,
    nowMs: number,
    changes: EntryChanges,
  ): void {
    // A poll may have overtaken a slow socket: the newer quote stays, and what the socket tells next fits it as well.
    const isOvertaken = this.seq !== undefined && known.seq < this.seq;
    if (!isOvertaken) this.setQuote({ ...known, merged: 0 }, nowMs, changes);
    else if (this.step !== "fresh") changes.quote();
    const isBookKept = depth !== undefined && !this.setDepth(depth, sentMs, changes);
    if (!depth) this.dropDepth(changes);
    if (this.quote?.tradingDate === known.tradingDate) this.setCandle(candle, changes);
    // To ask again at once for what just came would be to ask for ever.
    this.step = !isOvertaken && !isBookKept && this.agrees(crc) === false ? "doubtful" : "fresh";
  }

  /** @param sentMs When the server wrote it, on the server's clock. */
  applyUpdate(
    { symbol: _symbol, prev, candle, depth, crc, ...fields }: QuoteUpdate,
    sentMs: number,
    nowMs: number,
    changes: EntryChanges,
  ): void {
    const { seq, quote, step } = this;
    // An update of the book alone has the quote's own version; any other of a version that is here was heard before.
    const isBookAlone = fields.merged === 0 && fields.seq === seq;
    if (seq !== undefined && fields.seq <= seq && !isBookAlone) {
      if (fields.seq !== seq) return;
      // The server has just this version: the client has it from elsewhere, but perhaps not its book, which has no version.
      if (depth) this.setDepth(depth, sentMs, changes);
      if (step === "cold" && this.confirm()) changes.quote();
      return;
    }
    // What builds on an older version than the one here names every field that changed since, and more: it fits as well.
    if (quote === undefined || seq === undefined || prev > seq) return this.markGap("gap", changes);
    // Object.assign rather than a spread for its type only: a field that an update leaves out is absent in JSON, never undefined.
    if (!isBookAlone) this.setQuote(Object.assign({}, quote, fields), nowMs, changes);
    const isBookKept = depth !== undefined && !this.setDepth(depth, sentMs, changes);
    this.setCandle(candle, changes);
    this.settle(step, isBookAlone, isBookKept ? undefined : this.agrees(crc), changes);
  }

  appendCandles(run: FinishedCandles, changes: EntryChanges): void {
    const result = this.series.append(run);
    if (result === "changed") changes.candles();
    if (result === "gap") this.markGap("gap", changes);
  }

  appendTrades(run: TradeRun, changes: EntryChanges): void {
    const result = this.trades.append(run);
    if (result === "changed") changes.trades();
    if (result === "gap") this.markGap("gap", changes);
  }

  private settle(before: Step, isBookAlone: boolean, agrees: boolean | undefined, changes: EntryChanges): void {
    if (agrees === false) {
      this.markGap("checksum", changes);
      // What is wrong is no base for the next update, nor for a resumption.
      this.seq = undefined;
      return;
    }
    // A book alone repairs no hole in the candles or trades.
    const isAwaited = isBookAlone && (before === "gap" || before === "asked");
    const isDoubtful = before === "doubtful" && agrees === undefined;
    this.step = isAwaited ? before : isDoubtful ? "doubtful" : "fresh";
    if (isBookAlone && before !== this.step) changes.quote();
  }

  private setQuote(quote: KnownQuote, nowMs: number, changes: EntryChanges): void {
    this.quote = quote;
    this.seq = quote.seq;
    this.changedAtMs = nowMs;
    changes.quote();
    if (this.series.startDay(quote.tradingDate)) changes.candles();
    if (this.trades.startDay(quote.tradingDate)) changes.trades();
  }

  /**
   * A book has no version of its own: where a poll and a slow socket bring one each, the server's clock tells which is newer.
   *
   * @returns whether it was taken
   */
  private setDepth(depth: Depth, sentMs: number, changes: EntryChanges): boolean {
    const olderMs = this.depthSentMs - sentMs;
    if (olderMs > 0 && olderMs <= OVERTAKEN_MS_MAX) return false;
    this.depth = depth;
    this.depthSentMs = sentMs;
    changes.depth();
    return true;
  }

  private setCandle(candle: Candle | undefined, changes: EntryChanges): void {
    if (candle && this.quote && this.series.setOpen(this.quote.tradingDate, candle)) changes.candles();
  }

  /** Whether what is here is what the server has; `undefined` where it did not say. */
  private agrees(crc: number | undefined): boolean | undefined {
    const { symbol, quote, depth } = this;
    if (crc === undefined || !quote) return undefined;
    const agrees = checksumOf(symbol, quote.seq, quote, depth) === crc;
    if (agrees) this.counts.agreed += 1;
    return agrees;
  }

  private markGap(cause: RepairCause, changes: EntryChanges): void {
    if (this.step === "fresh" || this.step === "doubtful") changes.quote();
    if (this.step === "asked" || this.step === "gap") return;
    this.step = "gap";
    this.cause = cause;
  }
}
