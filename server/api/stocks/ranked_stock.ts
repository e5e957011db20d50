import type { RankedStock } from "../../../shared/mod.ts";
import type { DatedStock } from "../../exchange/listing/dated_listing.ts";
import type { ApiSources } from "../sources.ts";
import { type MeanVolumes, ratioOf } from "./volume_ratio.ts";

/** The figures of a stock today; `undefined` before its first quote. */
export function rankedStock(stock: DatedStock, { stateOf }: ApiSources, means: MeanVolumes): RankedStock | undefined {
  const state = stateOf(stock.symbol);
  if (!state?.quote) return undefined;
  const { symbol, name, nameEn, floatShares } = stock;
  const { lastPrice, prevClose, volume, turnover } = state.quote;
  const ratio = ratioOf(symbol, state, means);
  return {
    symbol,
    name,
    nameEn,
    kind: "stock",
    lastPrice,
    prevClose,
    changePercent: twoDecimals(changeOf(lastPrice, prevClose)),
    volume,
    turnover,
    turnoverRatePercent: twoDecimals((100 * volume) / floatShares),
    volumeRatio: ratio === null ? null : twoDecimals(ratio),
  };
}

/** In percent; 0 for a stock without a close before. */
export function changeOf(lastPrice: number, prevClose: number): number {
  return prevClose === 0 ? 0 : (100 * (lastPrice - prevClose)) / prevClose;
}

export function twoDecimals(value: number): number {
  // Adding 0 turns −0, which JSON cannot say, into 0.
  return Math.round(value * 100) / 100 + 0;
}
