import type { SearchPage, SearchQuery } from "../../shared/mod.ts";
import type { ApiResult } from "./api_result.ts";
import type { ApiSources } from "./sources.ts";

/** What a query finds; nothing found is an answer, not a fault. */
export function searchPage({ q, limit }: SearchQuery, { search }: ApiSources): ApiResult<SearchPage> {
  return { body: { q, results: search.find(q, limit) }, cache: "static" };
}
