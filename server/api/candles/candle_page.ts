import {
  API_ROOT,
  type CandlePage,
  type CandleQuery,
  type HistoryCandle,
  type Instrument,
} from "../../../shared/mod.ts";
import type { ExDay } from "../../exchange/listing/price_adjustment.ts";
import { badQuery, notReady, shown, unknown } from "../api_fault.ts";
import type { ApiResult } from "../api_result.ts";
import type { ApiSources } from "../sources.ts";
import { type Bounds, boundsOf, cursorOf } from "./cursor.ts";
import { exDaysOf } from "./ex_days.ts";
import { placeOf, readPage } from "./read_page.ts";

/** One page of candles. It may be kept for ever where its query names the edition and what it holds is all finished. */
export function candlePage(query: CandleQuery, sources: ApiSources): ApiResult<CandlePage> {
  if (!sources.isReady()) throw notReady();
  const instrument = sources.instruments.find(({ symbol }) => symbol === query.symbol);
  if (!instrument) {
    throw unknown("symbol", "instrument", query.symbol, sources.instruments.map(({ symbol }) => symbol));
  }
  const bounds = boundsOfQuery(query);
  const exDays = query.adjust === "forward" ? exDaysOfInstrument(instrument, sources) : [];
  const edition = editionOf(query, exDays, sources);
  if (query.edition !== undefined && query.edition !== edition) {
    const message = `edition is ${shown(query.edition)}, but the past looks otherwise by now, and its edition is ` +
      `${edition}: drop the pages you have and begin again without edition, before and after.`;
    throw badQuery("edition", message, "edition");
  }
  const { symbol, period, limit } = query;
  const { candles, open, hasEarlier, hasLater } = readPage({ symbol, period, limit, exDays }, bounds, sources);
  const [first, last] = [candles[0], candles.at(-1)];
  const body: CandlePage = {
    symbol: query.symbol,
    period,
    adjust: query.adjust,
    edition,
    candles,
    open,
    previous: first && hasEarlier ? linkTo(query, edition, "before", first) : null,
    next: last && hasLater ? linkTo(query, edition, "after", last) : null,
  };
  const isForEver = query.edition !== undefined && candles.length > 0 && hasLater;
  return { body, cache: isForEver ? "immutable" : "live" };
}

function boundsOfQuery({ period, before, after }: CandleQuery): Bounds {
  if (before !== undefined && after !== undefined) {
    throw badQuery("after", "before and after exclude each other: give one of them, and limit.");
  }
  if (before !== undefined) return boundsOf(period, "before", before);
  return after === undefined ? {} : boundsOf(period, "after", after);
}

function exDaysOfInstrument({ symbol }: Instrument, sources: ApiSources): ExDay[] {
  const stock = sources.stocks.find((stock) => stock.symbol === symbol);
  return stock ? exDaysOf(stock, sources) : [];
}

/** The market, and under adjustment the last day that changed what lies before it. */
function editionOf({ adjust }: CandleQuery, exDays: readonly ExDay[], { store }: ApiSources): string {
  return adjust === "none" ? store.marketId : `${store.marketId}.${exDays.at(-1)?.exDate ?? 0}`;
}

function linkTo(query: CandleQuery, edition: string, side: "before" | "after", candle: HistoryCandle): string {
  const { symbol, period, adjust, limit } = query;
  const cursor = cursorOf(period, placeOf(candle));
  const params = new URLSearchParams({ symbol, period, adjust, [side]: cursor, limit: String(limit), edition });
  return `${API_ROOT}/candles?${params}`;
}
