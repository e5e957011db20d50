import type { RankedStock, RankingKey, RankingPage, RankingQuery } from "../../../shared/mod.ts";
import { unknown } from "../api_fault.ts";
import type { ApiResult } from "../api_result.ts";
import type { ApiSources } from "../sources.ts";
import { changeOf, rankedStock } from "./ranked_stock.ts";
import type { MeanVolumes } from "./volume_ratio.ts";

/** What is compared; the greater comes first. Changes are compared as they are, not as they are rounded. */
const VALUES: Readonly<Record<RankingKey, (stock: RankedStock) => number>> = {
  gain: ({ lastPrice, prevClose }) => changeOf(lastPrice, prevClose),
  loss: ({ lastPrice, prevClose }) => -changeOf(lastPrice, prevClose),
  turnover: ({ turnover }) => turnover,
  turnoverRate: ({ turnoverRatePercent }) => turnoverRatePercent,
  volumeRatio: ({ volumeRatio }) => volumeRatio ?? -1,
};

/** The first stocks of the market, of a board or of a sector, among those that have traded today. */
export function rankings(query: RankingQuery, sources: ApiSources, means: MeanVolumes): ApiResult<RankingPage> {
  const { by, limit, board, sector } = query;
  if (sector !== undefined && !sources.sectors.some(({ id }) => id === sector)) {
    throw unknown("sector", "sector", sector, sources.sectors.map(({ id }) => id));
  }
  const stocks = sources.stocks
    .filter((stock) => (board === undefined || stock.board === board) && (!sector || stock.sector === sector))
    .flatMap((stock) => rankedStock(stock, sources, means) ?? [])
    .filter(({ volume }) => volume > 0);
  return { body: { by, stocks: ranked(by, stocks).slice(0, limit) }, cache: "live" };
}

/** The first first; equal ones by symbol, so that a list at rest stays as it is. */
export function ranked(by: RankingKey, stocks: readonly RankedStock[]): RankedStock[] {
  return stocks
    .map((stock) => ({ stock, value: VALUES[by](stock) }))
    .sort((one, other) => other.value - one.value || (one.stock.symbol < other.stock.symbol ? -1 : 1))
    .map(({ stock }) => stock);
}
