import { API_ROOT, type Sparkline, SparklinePage } from "../lib/shared";
import { type ApiFailure, failureOf, REFUSED } from "./api_answer";
import { httpBase } from "./http_base";
import type { Requester } from "./requester";

export type SparklineAnswer =
  | { readonly ok: true; readonly lines: readonly Sparkline[] }
  | ApiFailure;

/** The day of many symbols in one request. */
export interface SparklineApi {
  /** @param symbols At least one, at most `SPARKLINES_MAX`. */
  sparklines(symbols: readonly string[]): Promise<SparklineAnswer>;
}

/** @param socketUrl The server that is connected to now; it is asked at every request, as a person may choose another. */
export function sparklineApi(requester: Requester, socketUrl: () => string): SparklineApi {
  return {
    async sparklines(symbols) {
      const answer = await requester.get(`${httpBase(socketUrl())}${API_ROOT}/sparklines?symbols=${symbols.join(",")}`);
      if (answer.status !== 200) return failureOf(answer);
      const page = SparklinePage.safeParse(answer.body);
      return page.success ? { ok: true, lines: page.data.lines } : REFUSED;
    },
  };
}
