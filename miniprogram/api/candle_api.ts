import { API_ROOT, type CandleAdjustment, CandlePage, type CandlePeriod } from "../lib/shared";
import { httpBase } from "./http_base";
import type { HttpAnswer, Requester } from "./requester";

/**
 * Why there is no page:
 * - `unreachable`: no answer, or one that says to try again; trying again may help;
 * - `edition`: the past looks otherwise by now: begin again without a link;
 * - `refused`: the server has no such thing, and will not have it the next time.
 */
export type CandleFault = "unreachable" | "edition" | "refused";

export type CandleAnswer =
  | { readonly ok: true; readonly page: CandlePage }
  | { readonly ok: false; readonly fault: CandleFault };

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
  const get = async (path: string) => answerOf(await requester.get(httpBase(socketUrl()) + path));
  return {
    newest: ({ symbol, period, adjust, limit, before }) => {
      const place = before === undefined ? "" : `&before=${before}`;
      return get(`${API_ROOT}/candles?symbol=${symbol}&period=${period}&adjust=${adjust}&limit=${limit}${place}`);
    },
    follow: get,
  };
}

function answerOf({ status, body }: HttpAnswer): CandleAnswer {
  if (status === 200) {
    const page = CandlePage.safeParse(body);
    // A page that cannot be understood comes from another server than ours; it will not be understood the next time.
    return page.success ? { ok: true, page: page.data } : { ok: false, fault: "refused" };
  }
  if (status === 400 && codeOf(body) === "edition") return { ok: false, fault: "edition" };
  const isTemporary = status === 0 || status === 429 || status >= 500;
  return { ok: false, fault: isTemporary ? "unreachable" : "refused" };
}

/** The code of an `ApiProblem`; `undefined` where the body is none. */
function codeOf(body: unknown): unknown {
  return (body as { error?: { code?: unknown } } | undefined)?.error?.code;
}
