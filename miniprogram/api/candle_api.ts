import { API_ROOT, type CandleAdjustment, CandlePage, type CandlePeriod } from "../lib/shared";
import { answerOf, type PageAnswer } from "./api_answer";
import { httpBase } from "./http_base";
import type { Requester } from "./requester";

export type CandleAnswer = PageAnswer<CandlePage>;

export interface CandleRequest {
  readonly symbol: string;
  readonly period: CandlePeriod;
  readonly adjust: CandleAdjustment;
  /** Candles of the page, 1 to 1,000. */
  readonly limit: number;
  /** Only candles before this trading date, yyyymmdd. @default the newest */
  readonly before?: number;
}

/** Candles of the past, page by page. */
export interface CandleApi {
  newest(request: CandleRequest): Promise<CandleAnswer>;
  /** The page that a link of another page names. */
  follow(link: string): Promise<CandleAnswer>;
}

/** @param socketUrl The server that is connected to now; it is asked at every request, as a person may choose another. */
export function candleApi(requester: Requester, socketUrl: () => string): CandleApi {
  const get = async (path: string) => answerOf(await requester.get(httpBase(socketUrl()) + path), CandlePage);
  return {
    newest: ({ symbol, period, adjust, limit, before }) => {
      const place = before === undefined ? "" : `&before=${before}`;
      return get(`${API_ROOT}/candles?symbol=${symbol}&period=${period}&adjust=${adjust}&limit=${limit}${place}`);
    },
    follow: get,
  };
}
