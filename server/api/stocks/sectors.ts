import type { RankedStock, SectorDetail, SectorList, SectorSummary } from "../../../shared/mod.ts";
import type { Sector } from "../../exchange/listing/stock_listing.ts";
import { unknown } from "../api_fault.ts";
import type { ApiResult } from "../api_result.ts";
import type { ApiSources } from "../sources.ts";
import { changeOf, rankedStock, twoDecimals } from "./ranked_stock.ts";
import { ranked } from "./rankings.ts";
import type { MeanVolumes } from "./volume_ratio.ts";

/** Every sector with its day, the strongest first. */
export function sectorList(sources: ApiSources, means: MeanVolumes): ApiResult<SectorList> {
  const sectors = sources.sectors.map((sector) => summaryOf(sector, stocksOf(sector, sources, means), sources));
  const strength = ({ changePercent }: SectorSummary) => changePercent ?? -Infinity;
  sectors.sort((one, other) => strength(other) > strength(one) ? 1 : strength(other) < strength(one) ? -1 : 0);
  return { body: { sectors }, cache: "live" };
}

/** One sector with its members. @throws ApiFault where there is none of this id. */
export function sectorDetail(id: string, sources: ApiSources, means: MeanVolumes): ApiResult<SectorDetail> {
  const sector = sources.sectors.find((sector) => sector.id === id);
  if (!sector) throw unknown("sector", "sector", id, sources.sectors.map((sector) => sector.id));
  const stocks = stocksOf(sector, sources, means);
  return { body: { ...summaryOf(sector, stocks, sources), stocks: ranked("gain", stocks) }, cache: "live" };
}

function stocksOf({ id }: Sector, sources: ApiSources, means: MeanVolumes): RankedStock[] {
  const members = sources.stocks.filter(({ sector }) => sector === id);
  return members.flatMap((stock) => rankedStock(stock, sources, means) ?? []);
}

function summaryOf({ id, name, nameEn }: Sector, stocks: readonly RankedStock[], sources: ApiSources): SectorSummary {
  const changes = stocks.filter(({ volume }) => volume > 0).map(({ lastPrice, prevClose }) =>
    changeOf(lastPrice, prevClose)
  );
  const sum = changes.reduce((total, change) => total + change, 0);
  return {
    id,
    name,
    nameEn,
    members: sources.stocks.filter(({ sector }) => sector === id).length,
    changePercent: changes.length === 0 ? null : twoDecimals(sum / changes.length),
    rising: changes.filter((change) => change > 0).length,
    falling: changes.filter((change) => change < 0).length,
    turnover: stocks.reduce((total, { turnover }) => total + turnover, 0),
  };
}
