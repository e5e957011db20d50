import { API_ROOT, SearchPage } from "../lib/shared";
import { answerOf, type PageAnswer } from "./api_answer";
import { httpBase } from "./http_base";
import type { Requester } from "./requester";

export type SearchAnswer = PageAnswer<SearchPage>;

/** Instruments by code, name, pinyin or its initials. */
export interface SearchApi {
  /** @param words 1 to 64 characters. */
  search(words: string): Promise<SearchAnswer>;
}

/** @param socketUrl The server that is connected to now; it is asked at every request, as a person may choose another. */
export function searchApi(requester: Requester, socketUrl: () => string): SearchApi {
  return {
    async search(words) {
      return answerOf(
        await requester.get(`${httpBase(socketUrl())}${API_ROOT}/search?q=${encodeURIComponent(whole(words))}`),
        SearchPage,
      );
    },
  };
}

/** Without halves of characters: a field that holds no more may cut an emoji in two, and half of one has no address. */
function whole(words: string): string {
  return Array.from(words).filter((character) => !/^[\ud800-\udfff]$/.test(character)).join("");
}
