import type { AuctionPage } from "../../../shared/mod.ts";
import { unknown } from "../api_fault.ts";
import type { ApiResult } from "../api_result.ts";
import type { ApiSources } from "../sources.ts";

/** @throws ApiFault where there is no such instrument. */
export function auctionPage(symbol: string, { instruments, stateOf }: ApiSources): ApiResult<AuctionPage> {
  const instrument = instruments.find((one) => one.symbol === symbol);
  if (!instrument) throw unknown("symbol", "instrument", symbol, instruments.map((one) => one.symbol));
  const state = stateOf(symbol);
  const tradingDate = state?.quote?.tradingDate ?? null;
  return { body: { symbol: instrument.symbol, tradingDate, steps: [...state?.auction.steps ?? []] }, cache: "live" };
}
