import {
  type Price,
  type Sparkline,
  SPARKLINE_STEP_MINUTES,
  type SparklinePage,
  type SparklineQuery,
} from "../../shared/mod.ts";
import type { ApiResult } from "./api_result.ts";
import type { ApiSources, LiveState } from "./sources.ts";

/** The day's prices of many instruments, from memory alone: a list asks for all of its rows at once. */
export function sparklines(
  { symbols }: SparklineQuery,
  { instruments, stateOf }: ApiSources,
): ApiResult<SparklinePage> {
  const wanted = new Set(symbols.split(","));
  const lines: Sparkline[] = [];
  for (const { symbol } of instruments) {
    const candles = wanted.has(symbol) ? stateOf(symbol)?.candles : undefined;
    const closes = candles ? closesOf(candles) : [];
    if (candles && closes.length > 0) lines.push({ symbol, tradingDate: candles.tradingDate, closes });
  }
  return { body: { lines }, cache: "live" };
}

/** A step of which no minute is known has the price of the one before; before the first one, that of the first. */
function closesOf({ finished, open }: LiveState["candles"]): Price[] {
  const closes: Price[] = [];
  for (const { slot, close } of open ? [...finished, open] : finished) {
    const step = Math.floor(slot / SPARKLINE_STEP_MINUTES);
    while (closes.length < step) closes.push(closes.at(-1) ?? close);
    closes[step] = close;
  }
  return closes;
}
