import type { QuoteClient } from "../../miniprogram/net/quote_client.ts";
import type { SymbolState } from "../../server/market/symbol_state.ts";
import { type Candle, QUOTE_FIELDS, type SymbolCode } from "../../shared/mod.ts";
import type { Truth } from "./truth.ts";
import type { Verdict } from "./verdict.ts";

/** Candles of a series that are looked up after each change: those before them were looked up when they were new. */
const NEW_CANDLES = 4;

/** A round trip on the worst line and the longest wait for a flush, in milliseconds. */
const CATCH_UP_MS = 2_500;

/** Close codes that say that the client broke the protocol. */
const CLIENT_AT_FAULT = [1002, 1003, 1007, 1009, 1011, 4029, 4500, 4501, 4502];

/** Holds what one client shows against what the server had. */
export class ClientWatch {
  /** The newest version seen of each symbol, within one epoch. */
  readonly #seen = new Map<string, { epoch: string; seq: number }>();
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
    client.on("change", ({ quotes, candles }) => {
      for (const symbol of quotes) this.#checkQuote(symbol);
      for (const symbol of candles) this.#checkCandles(symbol);
    });
    client.on("error", ({ code, closeCode, text }) => {
      const isOurFault = code === "nonsense" || code === "wrong_protocol" || code === "refused";
      if (isOurFault || CLIENT_AT_FAULT.includes(closeCode ?? 0)) verdict.fail(`${name} was told: ${text}`);
    });
  }

  /**
   * Nothing that is shown as live may be older than `boundMs`, but for the moment that a line which is heard again needs
   * to bring what was held back.
   *
   * @param symbols What is looked at now; nothing while nobody looks.
   * @param boundMs How long a value may stay after the server has a newer one.
   */
  checkFreshness(symbols: Iterable<string>, boundMs: number): void {
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
      if (this.nowMs() - sinceMs < CATCH_UP_MS) continue;
      verdict.fail(
        `${name} shows version ${seq} of ${symbol} as live, ${ageMs} ms after it was outdated (bound ${boundMs})`,
      );
    }
  }

  /** Why the client is not in step with `state`, or `undefined` where it is. */
  difference(state: SymbolState, withCandles: boolean): string | undefined {
    const { client } = this;
    const { symbol } = state.instrument;
    const shown = client.quote(symbol);
    if (!state.quote) return undefined;
    if (!shown || !client.isFresh(symbol)) return `${symbol} is not live: ${client.state}`;
    if (shown.seq !== state.seq) return `${symbol} is version ${shown.seq}, and the server has ${state.seq}`;
    const { quote } = state;
    const field = QUOTE_FIELDS.find((name) => shown[name] !== quote[name]);
    if (field !== undefined) return `${field} of ${symbol} is ${shown[field]}, and the server has ${quote[field]}`;
    const { finished, open } = state.candles;
    const candles = [...finished, ...open ? [open] : []];
    if (withCandles && JSON.stringify(client.candles(symbol)) !== JSON.stringify(candles)) {
      return `the candles of ${symbol} are ${slots(client.candles(symbol))}, and the server has ${slots(candles)}`;
    }
    return undefined;
  }

  #checkQuote(symbol: SymbolCode): void {
    const { client, truth, verdict, name } = this;
    const quote = client.quote(symbol);
    const epoch = client.epoch;
    if (!quote || epoch === undefined || !client.isFresh(symbol)) return;
    const fault = truth.faultOf(epoch, symbol, quote.seq, quote);
    if (fault !== undefined) verdict.fail(`${name}: ${fault}`);
    const seen = this.#seen.get(symbol);
    if (seen?.epoch === epoch && quote.seq < seen.seq) {
      verdict.fail(`${name}: ${symbol} went back from version ${seen.seq} to ${quote.seq}`);
    }
    this.#seen.set(symbol, { epoch, seq: quote.seq });
  }

  #checkCandles(symbol: SymbolCode): void {
    const { client, truth, verdict, name } = this;
    const quote = client.quote(symbol);
    const epoch = client.epoch;
    if (!quote || epoch === undefined || !client.isFresh(symbol)) return;
    const candles = client.candles(symbol);
    const newest = candles.slice(-NEW_CANDLES);
    newest.forEach((candle, i) => {
      if (i > 0 && candle.slot <= (newest[i - 1]?.slot ?? -1)) {
        verdict.fail(`${name}: the candles of ${symbol} are out of order: ${slots(candles)}`);
      }
      if (!truth.hadCandle(epoch, symbol, quote.tradingDate, candle)) {
        verdict.fail(`${name}: ${symbol} shows a candle that the server never had: ${JSON.stringify(candle)}`);
      }
    });
  }
}

function slots(candles: readonly Candle[]): string {
  return candles.length === 0 ? "none" : candles.map(({ slot, volume }) => `${slot}(${volume})`).join(" ");
}
