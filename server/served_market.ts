import type { ApiSources } from "./api/sources.ts";
import type { Feed } from "./feed/feed.ts";
import type { QuoteBoard } from "./market/quote_board.ts";

/** What the server shows: the market that it keeps, or a recording of one. */
export interface ServedMarket {
  readonly feed: Pick<Feed, "instruments" | "clock" | "channels">;
  /** The seed that its prices come from, where one is known. */
  readonly seed: number | undefined;
  /** Whether prices should move now, so that silence is a fault. */
  readonly isTrading: boolean;
  /** What the HTTP API answers from. */
  sources(board: QuoteBoard): ApiSources;
  start(board: QuoteBoard): void;
  stop(): void;
}
