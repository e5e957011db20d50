import type { KnownTrades, QuoteClient } from "../../miniprogram/net/quote_client.ts";
import type { Candle } from "../../shared/mod.ts";
import type { Truth } from "./truth.ts";

/** Candles and trades of a series that are looked up after each change: those before them were looked up when they were new. */
const NEW_CANDLES = 4;
const NEW_TRADES = 8;

/** What is wrong with the candles that a client shows of `symbol`, or `undefined` where nothing is. */
export function faultOfCandles(client: QuoteClient, truth: Truth, symbol: string): string | undefined {
  const candles = client.candles(symbol);
  const newest = candles.slice(-NEW_CANDLES);
  const date = client.quote(symbol)?.tradingDate ?? 0;
  for (const [i, candle] of newest.entries()) {
    if (i > 0 && candle.slot <= (newest[i - 1]?.slot ?? -1)) {
      return `the candles of ${symbol} are out of order: ${slots(candles)}`;
    }
    if (!truth.hadCandle(client.epoch ?? "", symbol, date, candle)) {
      return `${symbol} shows a candle that the server never had: ${JSON.stringify(candle)}`;
    }
  }
  return undefined;
}

/** What is wrong with the trades that a client shows of `symbol`: a hole that nobody declared, or a trade that never was. */
export function faultOfTrades(client: QuoteClient, truth: Truth, symbol: string): string | undefined {
  const { tradingDate = 0, trades, gaps } = client.trades(symbol);
  let before = trades[0]?.no;
  for (const { no } of trades.slice(1)) {
    const missed = gaps.find(({ beforeNo }) => beforeNo === no)?.missed ?? 0;
    if (no !== (before ?? 0) + 1 + missed) {
      return `the trades of ${symbol} go from ${before} to ${no}, ${missed} missed`;
    }
    before = no;
  }
  const never = trades.slice(-NEW_TRADES).find((trade) =>
    !truth.hadTrade(client.epoch ?? "", symbol, tradingDate, trade)
  );
  return never && `${symbol} shows a trade that the server never had: ${JSON.stringify(never)}`;
}

/** How the candles that a client shows differ from those of the server. */
export function differenceOfCandles(
  symbol: string,
  shown: readonly Candle[],
  had: readonly Candle[],
): string | undefined {
  if (JSON.stringify(shown) === JSON.stringify(had)) return undefined;
  return `the candles of ${symbol} are ${slots(shown)}, and the server has ${slots(had)}`;
}

/** How the trades that a client shows at the end differ from those of the server, of which the next has number `nextNo`. */
export function differenceOfTrades(
  symbol: string,
  shown: KnownTrades,
  had: { readonly tradingDate: number; readonly nextNo: number },
): string | undefined {
  const last = shown.trades.at(-1)?.no ?? 0;
  if (last === had.nextNo - 1 && (last === 0 || shown.tradingDate === had.tradingDate)) return undefined;
  return `the trades of ${symbol} end with ${shown.tradingDate}:${last}, and the server's with ` +
    `${had.tradingDate}:${had.nextNo - 1}`;
}

function slots(candles: readonly Candle[]): string {
  return candles.length === 0 ? "none" : candles.map(({ slot, volume }) => `${slot}(${volume})`).join(" ");
}
