import { API_ROOT, AuctionPage } from "../lib/shared";
import { answerOf, type PageAnswer } from "./api_answer";
import { httpBase } from "./http_base";
import type { Requester } from "./requester";

export type AuctionAnswer = PageAnswer<AuctionPage>;

/** The opening auction of the day, as far as it has gone. */
export interface AuctionApi {
  auction(symbol: string): Promise<AuctionAnswer>;
}

/** @param socketUrl The server that is connected to now; it is asked at every request, as a person may choose another. */
export function auctionApi(requester: Requester, socketUrl: () => string): AuctionApi {
  return {
    async auction(symbol) {
      return answerOf(await requester.get(`${httpBase(socketUrl())}${API_ROOT}/auctions/${symbol}`), AuctionPage);
    },
  };
}
