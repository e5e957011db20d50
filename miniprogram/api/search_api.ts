import { API_ROOT, SearchPage } from "../lib/shared";
import { type ApiFailure, failureOf, REFUSED } from "./api_answer";
import { httpBase } from "./http_base";
import type { Requester } from "./requester";

export type SearchAnswer =
  | { readonly ok: true; readonly page: SearchPage }
  | ApiFailure;

/** Instruments by code, name, pinyin or its initials. */
export interface SearchApi {
  /** @param words 1 to 64 characters. */
  search(words: string): Promise<SearchAnswer>;
}

/** @param socketUrl The server that is connected to now; it is asked at every request, as a person may choose another. */
export function searchApi(requester: Requester, socketUrl: () => string): SearchApi {
  return {
    async search(words) {
      const answer = await requester.get(`${httpBase(socketUrl())}${API_ROOT}/search?q=${encodeURIComponent(words)}`);
      if (answer.status !== 200) return failureOf(answer);
      const page = SearchPage.safeParse(answer.body);
      return page.success ? { ok: true, page: page.data } : REFUSED;
    },
  };
}
