/**
 * How long an answer may be kept: `live` for a moment, then only after asking whether it still holds; `static` for a
 * few minutes, because it changes with the listing alone; `immutable` for ever.
 */
export type Cacheability = "live" | "static" | "immutable";

/** What a handler answers, before it becomes a response. */
export interface ApiResult<Body> {
  readonly body: Body;
  readonly cache: Cacheability;
}
