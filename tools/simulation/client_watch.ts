import type { QuoteClient } from "../../miniprogram/net/quote_client.ts";
import type { SymbolState } from "../../server/market/symbol_state.ts";
import { type Depth, QUOTE_FIELDS, type SymbolCode } from "../../shared/mod.ts";
import { differenceOfCandles, differenceOfTrades, faultOfCandles, faultOfTrades } from "./event_watch.ts";
import type { Truth } from "./truth.ts";
import type { Wish } from "./user.ts";
import type { Verdict } from "./verdict.ts";

/** A round trip on the worst line, the longest wait for an acknowledgement and for a flush, in milliseconds. */
const CATCH_UP_MS = 3_500;

/** What a message may be on its way and a slow line's ping be waited for on top of the patience, in milliseconds. */
const TRAVEL_MS = 3_000;

/** Close codes that say that the client broke the protocol. */
const CLIENT_AT_FAULT = [1002, 1003, 1007, 1009, 1011, 4029, 4500, 4501, 4502];

/** The newest that was seen of one symbol within one epoch. */
interface Seen {
  readonly epoch: string;
  seq: number;
  /** Place of the book among all that the symbol had. */
  book: number;
}

/** Holds what one client shows against what the server had. */
export class ClientWatch {
  readonly #seen = new Map<string, Seen>();
  /** Since when a symbol is shown as live though it is too old. */
  #tooOldSinceMs = new Map<string, number>();

  /** @param nowMs The world's time. */
  constructor(
    private readonly name: string,
    private readonly client: QuoteClient,
    private readonly truth: Truth,
    private readonly verdict: Verdict,
    private readonly nowMs: () => number,
  ) {
    client.on("change", ({ quotes, candles, depths, trades }) => {
      for (const symbol of quotes) this.#check(symbol, () => this.#faultOfQuote(symbol));
      for (const symbol of depths) this.#check(symbol, () => this.#faultOfBook(symbol));
      for (const symbol of candles) this.#check(symbol, () => faultOfCandles(client, truth, symbol));
      for (const symbol of trades) this.#check(symbol, () => faultOfTrades(client, truth, symbol));
    });
    client.on("state", (state) => {
      // A book has no number of its own: what the last poll told may be newer than what a slow socket tells first.
      if (state === "live") { for (const seen of this.#seen.values()) seen.book = 0; }
    });
    client.on("error", ({ code, closeCode, text }) => {
      const isOurFault = code === "nonsense" || code === "wrong_protocol" || code === "refused";
      if (isOurFault || CLIENT_AT_FAULT.includes(closeCode ?? 0)) verdict.fail(`${name} was told: ${text}`);
    });
  }

  /**
   * Nothing that is shown as live may be older than the line's patience, but for the moment that a line which is heard again
   * needs to bring what was held back; and should the line break in that moment, for its patience once more.
   *
   * @param symbols What is looked at now; nothing while nobody looks.
   * @param patienceMs Silence after which a line shows that it is stalled.
   */
  checkFreshness(symbols: Iterable<string>, patienceMs: number): void {
    const boundMs = patienceMs + TRAVEL_MS;
    const { client, truth, verdict, name } = this;
    const before = this.#tooOldSinceMs;
    this.#tooOldSinceMs = new Map();
    for (const symbol of symbols) {
      const { seq } = client.quote(symbol) ?? { seq: 0 };
      const outdatedMs = client.isFresh(symbol) ? truth.outdatedMs(client.epoch ?? "", symbol, seq) : undefined;
      const ageMs = outdatedMs === undefined ? 0 : this.nowMs() - outdatedMs;
      if (ageMs <= boundMs) continue;
      const sinceMs = before.get(symbol) ?? this.nowMs();
      this.#tooOldSinceMs.set(symbol, sinceMs);
      if (this.nowMs() - sinceMs < CATCH_UP_MS + patienceMs) continue;
      verdict.fail(
        `${name} shows version ${seq} of ${symbol} as live, ${ageMs} ms after it was outdated (bound ${boundMs})`,
      );
    }
  }

  /**
   * Why the client is not in step with `state`, or `undefined` where it is.
   *
   * @param book The symbol's book as it is now.
   */
  difference(state: SymbolState, book: Depth | undefined, { channels, tier }: Wish): string | undefined {
    const { client } = this;
    const { symbol } = state.instrument;
    if (!state.quote) return undefined;
    if (tier === "hidden") return client.isFresh(symbol) ? `${symbol} is hidden, and live` : undefined;
    const shown = client.quote(symbol);
    if (!shown || !client.isFresh(symbol)) return `${symbol} is not live: ${client.state}`;
    if (shown.seq !== state.seq) return `${symbol} is version ${shown.seq}, and the server has ${state.seq}`;
    const { quote } = state;
    const field = QUOTE_FIELDS.find((name) => shown[name] !== quote[name]);
    if (field !== undefined) return `${field} of ${symbol} is ${shown[field]}, and the server has ${quote[field]}`;
    if (channels.has("depth") && JSON.stringify(client.depth(symbol)) !== JSON.stringify(book)) {
      return `the book of ${symbol} is ${JSON.stringify(client.depth(symbol))}, and should be ${JSON.stringify(book)}`;
    }
    const { finished, open } = state.candles;
    const candles = [...finished, ...open ? [open] : []];
    return (channels.has("candle") ? differenceOfCandles(symbol, client.candles(symbol), candles) : undefined) ??
      (channels.has("trades") && !state.isIndex
        ? differenceOfTrades(symbol, client.trades(symbol), state.trades.position)
        : undefined);
  }

  /** Why something had to be asked for again, where it had: the server never leaves anything out. */
  needlessRepairs(): string | undefined {
    const { gap, checksum } = this.client.repairs;
    return gap + checksum === 0 ? undefined : `${gap} gaps and ${checksum} wrong checksums had to be repaired`;
  }

  /** Only what is shown as live promises anything. */
  #check(symbol: SymbolCode, faultOf: () => string | undefined): void {
    const { client, verdict, name } = this;
    if (client.epoch === undefined || !client.quote(symbol) || !client.isFresh(symbol)) return;
    const fault = faultOf();
    if (fault !== undefined) verdict.fail(`${name}: ${fault}`);
  }

  #faultOfQuote(symbol: SymbolCode): string | undefined {
    const { client, truth } = this;
    const quote = client.quote(symbol);
    if (!quote) return undefined;
    const seen = this.#seenOf(symbol);
    if (quote.seq < seen.seq) return `${symbol} went back from version ${seen.seq} to ${quote.seq}`;
    seen.seq = quote.seq;
    return truth.faultOf(client.epoch ?? "", symbol, quote.seq, quote);
  }

  #faultOfBook(symbol: SymbolCode): string | undefined {
    const { client, truth } = this;
    const depth = client.depth(symbol);
    if (!depth) return undefined;
    const seen = this.#seenOf(symbol);
    const place = truth.placeOfBook(client.epoch ?? "", symbol, depth);
    if (place === undefined) return `${symbol} shows a book that it never had: ${JSON.stringify(depth)}`;
    if (place < seen.book) return `the book of ${symbol} went back from ${seen.book} to ${place}`;
    seen.book = place;
    return undefined;
  }

  #seenOf(symbol: SymbolCode): Seen {
    const epoch = this.client.epoch ?? "";
    let seen = this.#seen.get(symbol);
    if (seen?.epoch !== epoch) this.#seen.set(symbol, seen = { epoch, seq: 0, book: 0 });
    return seen;
  }
}
