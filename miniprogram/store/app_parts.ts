import type { Clock } from "../lib/shared";
import type { AuctionApi } from "../api/auction_api";
import type { CandleApi } from "../api/candle_api";
import type { SearchApi } from "../api/search_api";
import type { SparklineApi } from "../api/sparkline_api";
import type { QuoteClient } from "../net/quote_client";
import type { CandleCache } from "./candles/candle_cache";
import type { FrameMeter } from "./frame_meter";
import type { RecentFinds } from "./search/recent_finds";
import type { SettingsStore } from "./settings_store";
import type { WatchlistStore } from "./watchlist_store";

/** What the app makes once and every screen uses. */
export interface AppParts {
  readonly client: QuoteClient;
  readonly clock: Clock;
  readonly meter: FrameMeter;
  /** How much larger than usual the reader wants type, from 1; see `textScale`. */
  readonly textScale: number;
  /**
   * Whether the phone's owner wants less motion, where that is known: styles are told by the phone itself, but `wx` has
   * nothing to say of it.
   */
  readonly wantsLessMotion: boolean;
  readonly auctions: AuctionApi;
  readonly sparklines: SparklineApi;
  readonly search: SearchApi;
  /** Where the past comes from. */
  readonly candles: { readonly api: CandleApi; readonly cache: CandleCache };
  readonly settings: SettingsStore;
  readonly watchlist: WatchlistStore;
  readonly recentFinds: RecentFinds;
  /** The address that is used when none is chosen in the settings: the launch query's, or the default. */
  readonly defaultServerUrl: string;
}

/** What `getApp()` gives: pages take the parts from here. */
export interface TickwireApp {
  parts: AppParts;
}
