import { API_ROOT, AuctionPage } from "../lib/shared";
import { type ApiFailure, failureOf, REFUSED } from "./api_answer";
import { httpBase } from "./http_base";
import type { Requester } from "./requester";

export type AuctionAnswer =
  | { readonly ok: true; readonly page: AuctionPage }
  | ApiFailure;

/** The opening auction of the day, as far as it has gone. */
export interface AuctionApi {
  auction(symbol: string): Promise<AuctionAnswer>;
}

/** @param socketUrl The server that is connected to now; it is asked at every request, as a person may choose another. */
export function auctionApi(requester: Requester, socketUrl: () => string): AuctionApi {
  return {
    async auction(symbol) {
      const answer = await requester.get(`${httpBase(socketUrl())}${API_ROOT}/auctions/${symbol}`);
      if (answer.status !== 200) return failureOf(answer);
      const page = AuctionPage.safeParse(answer.body);
      return page.success ? { ok: true, page: page.data } : REFUSED;
    },
  };
}
