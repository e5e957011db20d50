/** Every path of the API with what it takes and what it answers: the server routes by it and its description is made of it. */
import * as z from "zod/mini";
import {
  API_ROOT,
  AuctionPage,
  CandlePage,
  CandleQuery,
  InstrumentFacts,
  NoQuery,
  RankingPage,
  RankingQuery,
  SearchPage,
  SearchQuery,
  SectorDetail,
  SectorList,
  SparklinePage,
  SparklineQuery,
} from "../../shared/mod.ts";
import type { ApiResult } from "./api_result.ts";
import { candlePage } from "./candles/candle_page.ts";
import { parseQuery } from "./parse_query.ts";
import { searchPage } from "./search_page.ts";
import type { ApiSources } from "./sources.ts";
import { sparklines } from "./sparklines.ts";
import { auctionPage } from "./stocks/auction_page.ts";
import { instrumentFacts } from "./stocks/instrument_facts.ts";
import { rankings } from "./stocks/rankings.ts";
import { sectorDetail, sectorList } from "./stocks/sectors.ts";
import type { MeanVolumes } from "./stocks/volume_ratio.ts";

/** What handlers answer from. */
export interface ApiContext {
  readonly sources: ApiSources;
  readonly means: MeanVolumes;
}

export interface Route {
  /** Below {@link API_ROOT}; a last part in braces stands for any text. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly query: z.ZodMiniObject;
  readonly answer: z.ZodMiniType;
  /** Codes of the ways in which it can fail besides a bad query, by status. */
  readonly faults: Readonly<Record<number, string>>;
  /** @param name What stands in the place of the braces. @throws ApiFault */
  handle(params: URLSearchParams, name: string, context: ApiContext): ApiResult<unknown>;
}

interface RouteDescription<Q extends z.ZodMiniObject, A extends z.ZodMiniType> extends Omit<Route, "handle"> {
  readonly query: Q;
  readonly answer: A;
  answerTo(query: z.output<Q>, name: string, context: ApiContext): ApiResult<z.output<A>>;
}

/** Ties a query to its handler and the handler to its answer, so that neither can be another's. */
function route<Q extends z.ZodMiniObject, A extends z.ZodMiniType>(
  { answerTo, ...rest }: RouteDescription<Q, A>,
): Route {
  return { ...rest, handle: (params, name, context) => answerTo(parseQuery(rest.query, params), name, context) };
}

const UNKNOWN_SECTOR = "`unknown_sector`: no sector has this id.";
const UNKNOWN_SYMBOL = "`unknown_symbol`: no instrument has this symbol.";

export const ROUTES: readonly Route[] = [
  route({
    path: "/candles",
    operationId: "getCandles",
    summary: "Candles of one instrument, a page at a time. Pages reached by links and not at the present never change.",
    query: CandleQuery,
    answer: CandlePage,
    faults: { 404: UNKNOWN_SYMBOL, 503: "`not_ready`: the history is being prepared." },
    answerTo: (query, _, { sources }) => candlePage(query, sources),
  }),
  route({
    path: "/sparklines",
    operationId: "getSparklines",
    summary: "The day of many instruments at a glance: their prices every five minutes, for the rows of a list.",
    query: SparklineQuery,
    answer: SparklinePage,
    faults: {},
    answerTo: (query, _, { sources }) => sparklines(query, sources),
  }),
  route({
    path: "/auctions/{symbol}",
    operationId: "getAuction",
    summary:
      "Where the day's opening auction of one instrument stood, from 09:15 on; what it ended with is its last step.",
    query: NoQuery,
    answer: AuctionPage,
    faults: { 404: UNKNOWN_SYMBOL },
    answerTo: (_, name, { sources }) => auctionPage(name, sources),
  }),
  route({
    path: "/search",
    operationId: "search",
    summary: "Instruments by code, Chinese or English name, pinyin or initials.",
    query: SearchQuery,
    answer: SearchPage,
    faults: {},
    answerTo: (query, _, { sources }) => searchPage(query, sources),
  }),
  route({
    path: "/instruments/{symbol}",
    operationId: "getInstrument",
    summary: "What there is to know of an instrument beside its quote.",
    query: NoQuery,
    answer: InstrumentFacts,
    faults: { 404: UNKNOWN_SYMBOL },
    answerTo: (_, name, { sources }) => instrumentFacts(name, sources),
  }),
  route({
    path: "/rankings",
    operationId: "getRankings",
    summary: "The first stocks of the market, a board or a sector, by change, turnover, turnover rate or volume ratio.",
    query: RankingQuery,
    answer: RankingPage,
    faults: { 404: UNKNOWN_SECTOR },
    answerTo: (query, _, { sources, means }) => rankings(query, sources, means),
  }),
  route({
    path: "/sectors",
    operationId: "getSectors",
    summary: "Every sector with its day.",
    query: NoQuery,
    answer: SectorList,
    faults: {},
    answerTo: (_query, _name, { sources, means }) => sectorList(sources, means),
  }),
  route({
    path: "/sectors/{sector}",
    operationId: "getSector",
    summary: "One sector with its day and its members.",
    query: NoQuery,
    answer: SectorDetail,
    faults: { 404: UNKNOWN_SECTOR },
    answerTo: (_, name, { sources, means }) => sectorDetail(name, sources, means),
  }),
];

/** The description of all this, for programs. */
export const OPENAPI_PATH = `${API_ROOT}/openapi.json`;
