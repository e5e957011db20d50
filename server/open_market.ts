import type { Logger } from "@logtape/logtape";
import type { Clock } from "../shared/mod.ts";
import type { Config } from "./config.ts";
import { chooseFeed } from "./feed/recording/choose_feed.ts";
import { RecordingError } from "./feed/recording/header.ts";
import { openKeptMarket } from "./kept_market.ts";
import { ReplayedMarket } from "./replayed_market.ts";
import type { ServedMarket } from "./served_market.ts";

export type MarketResult =
  | { readonly kind: "open"; readonly market: ServedMarket }
  | { readonly kind: "invalid"; readonly problems: readonly string[] };

/** Opens what the configuration asks for: a recording, or the market in the data folder, recorded if so wished. */
export function openMarket(config: Config, clock: Clock, logger: Logger): MarketResult {
  const parts = { clock, logger };
  try {
    if (config.feed.replay !== "") {
      return { kind: "open", market: new ReplayedMarket(chooseFeed(config.feed, { ...parts, live })) };
    }
    return openKeptMarket({
      config,
      clock,
      onFault: (error) => logger.error("The market could not be written down: {error}", { error: error.message }),
      tap: (feed, seed) => chooseFeed(config.feed, { ...parts, live: () => feed, seed }),
    });
  } catch (error) {
    if (error instanceof RecordingError) return { kind: "invalid", problems: [error.message] };
    throw error;
  }
}

function live(): never {
  throw new Error("A replay makes no live feed");
}
