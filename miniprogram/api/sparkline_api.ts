import { API_ROOT, SparklinePage } from "../lib/shared";
import { answerOf, type PageAnswer } from "./api_answer";
import { httpBase } from "./http_base";
import type { Requester } from "./requester";

export type SparklineAnswer = PageAnswer<SparklinePage>;

/** The day of many symbols in one request. */
export interface SparklineApi {
  /** @param symbols At least one, at most `SPARKLINES_MAX`. */
  sparklines(symbols: readonly string[]): Promise<SparklineAnswer>;
}

/** @param socketUrl The server that is connected to now; it is asked at every request, as a person may choose another. */
export function sparklineApi(requester: Requester, socketUrl: () => string): SparklineApi {
  return {
    async sparklines(symbols) {
      return answerOf(
        await requester.get(`${httpBase(socketUrl())}${API_ROOT}/sparklines?symbols=${symbols.join(",")}`),
        SparklinePage,
      );
    },
  };
}
