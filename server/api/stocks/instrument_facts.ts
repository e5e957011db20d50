import type { Instrument, InstrumentFacts } from "../../../shared/mod.ts";
import { BOARD_RULES } from "../../exchange/listing/board_rules.ts";
import type { DatedStock } from "../../exchange/listing/dated_listing.ts";
import { unknown } from "../api_fault.ts";
import type { ApiResult } from "../api_result.ts";
import type { ApiSources } from "../sources.ts";

/** @throws ApiFault where there is no such instrument. */
export function instrumentFacts(symbol: string, sources: ApiSources): ApiResult<InstrumentFacts> {
  const instrument = sources.instruments.find((one) => one.symbol === symbol);
  if (!instrument) throw unknown("symbol", "instrument", symbol, sources.instruments.map((one) => one.symbol));
  const stock = sources.stocks.find((one) => one.symbol === symbol);
  const body = { ...identityOf(instrument), ...listingOf(stock, sources), ...todayOf(symbol, stock, sources) };
  return { body, cache: "live" };
}

function identityOf({ symbol, name, nameEn, kind }: Instrument) {
  return { symbol, name, nameEn, kind };
}

function listingOf(stock: DatedStock | undefined, { sectors }: ApiSources) {
  const sector = sectors.find(({ id }) => id === stock?.sector);
  return {
    board: stock?.board ?? null,
    sector: sector ? { id: sector.id, name: sector.name, nameEn: sector.nameEn } : null,
    totalShares: stock?.totalShares ?? null,
    floatShares: stock?.floatShares ?? null,
    riskWarning: stock?.riskWarning ?? false,
    listedOn: stock?.listedOn ?? null,
  };
}

function todayOf(symbol: string, stock: DatedStock | undefined, { stateOf }: ApiSources) {
  const quote = stateOf(symbol)?.quote;
  const rule = stock && quote && BOARD_RULES.on(stock.board, quote.tradingDate);
  return {
    tradingDate: quote?.tradingDate ?? null,
    phase: quote?.phase ?? null,
    prevClose: quote?.prevClose ?? null,
    // A price of 0 says that there is no limit.
    limitUp: quote?.limitUp || null,
    limitDown: quote?.limitDown || null,
    lot: rule?.lot ?? null,
    sizeStep: rule?.sizeStep ?? null,
    tickSize: rule?.tickSize ?? 1,
  };
}
