import { type Candle, type Depth, type Quote, QUOTE_FIELDS, type SymbolCode, type Trade } from "../../shared/mod.ts";
import type { QuoteBoard } from "../../server/market/quote_board.ts";

/** One version of one symbol, as the server had it. */
interface Version {
  readonly quote: Quote;
  readonly atMs: number;
}

interface DayTruth {
  readonly finished: Candle[];
  /** Every form that the open candle of a minute has had. */
  readonly open: Map<number, Candle[]>;
  readonly trades: Map<number, Trade>;
}

class SymbolTruth {
  /** The version `seq` is at `seq − 1`. */
  readonly versions: Version[] = [];
  readonly days = new Map<number, DayTruth>();
  /** Every book there was, as text, with its place among them. */
  readonly books = new Map<string, number>();
}

/** One run of the server's state. */
interface Epoch {
  readonly symbols: Map<string, SymbolTruth>;
  endedMs: number | undefined;
}

/** Everything that the server ever had, written down beside it: what a client shows must be found here. */
export class Truth {
  readonly #epochs = new Map<string, Epoch>();

  begin(epoch: string): void {
    this.#epochs.set(epoch, { symbols: new Map(), endedMs: undefined });
  }

  end(epoch: string, nowMs: number): void {
    const ended = this.#epochs.get(epoch);
    if (ended) ended.endedMs ??= nowMs;
  }

  /** Takes down what the board has of `symbol` after a tick. */
  record(board: QuoteBoard, symbol: SymbolCode, nowMs: number): void {
    const state = board.get(symbol);
    const truth = this.#symbolOrNew(board.epoch, symbol);
    if (!state?.quote || !truth) return;
    truth.versions[state.seq - 1] = { quote: { ...state.quote }, atMs: nowMs };
    const { tradingDate, finished, open } = state.candles;
    const day = dayOf(truth, tradingDate);
    for (const candle of finished.slice(day.finished.length)) day.finished.push({ ...candle });
    if (!open) return;
    const forms = day.open.get(open.slot) ?? [];
    forms.push({ ...open });
    day.open.set(open.slot, forms);
  }

  /** A trade of the day that the quote tells. */
  recordTrade(board: QuoteBoard, symbol: SymbolCode, trade: Trade): void {
    const truth = this.#symbolOrNew(board.epoch, symbol);
    const date = board.get(symbol)?.quote?.tradingDate;
    if (truth && date !== undefined) dayOf(truth, date).trades.set(trade.no, { ...trade });
  }

  recordBook(epoch: string, symbol: SymbolCode, book: Depth): void {
    const books = this.#symbolOrNew(epoch, symbol)?.books;
    books?.set(JSON.stringify(book), books.size);
  }

  /** Which of the books that `symbol` had this one was, counted from 0; `undefined` where it never had it. */
  placeOfBook(epoch: string, symbol: string, book: Depth): number | undefined {
    return this.#symbol(epoch, symbol)?.books.get(JSON.stringify(book));
  }

  hadTrade(epoch: string, symbol: string, tradingDate: number, trade: Trade): boolean {
    const had = this.#symbol(epoch, symbol)?.days.get(tradingDate)?.trades.get(trade.no);
    return had !== undefined && TRADE_FIELDS.every((field) => had[field] === trade[field]);
  }

  /** What is wrong with `quote` as version `seq` of `symbol`, or `undefined` where the server had exactly that. */
  faultOf(epoch: string, symbol: string, seq: number, quote: Quote): string | undefined {
    const version = this.#symbol(epoch, symbol)?.versions[seq - 1];
    if (!version) return `the server never had version ${seq} of ${symbol} in ${epoch}`;
    const field = QUOTE_FIELDS.find((name) => version.quote[name] !== quote[name]);
    if (field === undefined) return undefined;
    return `${field} of ${symbol} version ${seq} is ${quote[field]}, and the server had ${version.quote[field]}`;
  }

  /** When version `seq` stopped being the newest, by the world's time; `undefined` while it is. */
  outdatedMs(epoch: string, symbol: string, seq: number): number | undefined {
    return this.#symbol(epoch, symbol)?.versions[seq]?.atMs ?? this.#epochs.get(epoch)?.endedMs;
  }

  /**
   * Whether the server ever had this candle, finished or open, on the day `tradingDate` or after it: candles and quotes
   * travel in different messages, so a new day's candles may be there before its quote.
   */
  hadCandle(epoch: string, symbol: string, tradingDate: number, candle: Candle): boolean {
    for (const [date, { finished, open }] of this.#symbol(epoch, symbol)?.days ?? []) {
      if (date < tradingDate) continue;
      const done = finished[candle.slot - (finished[0]?.slot ?? 0)];
      if (done && areEqual(done, candle)) return true;
      if (open.get(candle.slot)?.some((form) => areEqual(form, candle))) return true;
    }
    return false;
  }

  #symbolOrNew(epoch: string, symbol: string): SymbolTruth | undefined {
    const symbols = this.#epochs.get(epoch)?.symbols;
    let truth = symbols?.get(symbol);
    if (!truth) symbols?.set(symbol, truth = new SymbolTruth());
    return truth;
  }

  #symbol(epoch: string, symbol: string): SymbolTruth | undefined {
    return this.#epochs.get(epoch)?.symbols.get(symbol);
  }
}

function dayOf(truth: SymbolTruth, tradingDate: number): DayTruth {
  let day = truth.days.get(tradingDate);
  if (!day) truth.days.set(tradingDate, day = { finished: [], open: new Map(), trades: new Map() });
  return day;
}

const TRADE_FIELDS = ["no", "price", "size", "side", "exchangeTimeMs"] as const;
const CANDLE_FIELDS = ["slot", "open", "high", "low", "close", "volume", "turnover"] as const;

function areEqual(a: Candle, b: Candle): boolean {
  return CANDLE_FIELDS.every((field) => a[field] === b[field]);
}
