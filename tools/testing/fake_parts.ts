import { candleApi } from "../../miniprogram/api/candle_api.ts";
import { auctionApi } from "../../miniprogram/api/auction_api.ts";
import { searchApi } from "../../miniprogram/api/search_api.ts";
import { sparklineApi } from "../../miniprogram/api/sparkline_api.ts";
import { CandleCache } from "../../miniprogram/store/candles/candle_cache.ts";
import { FrameMeter } from "../../miniprogram/store/frame_meter.ts";
import { RecentFinds } from "../../miniprogram/store/search/recent_finds.ts";
import { SettingsStore } from "../../miniprogram/store/settings_store.ts";
import { WatchlistStore } from "../../miniprogram/store/watchlist_store.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeQuoteClient } from "./fake_quote_client.ts";
import { FakeRequester } from "./fake_requester.ts";

/** What the app makes once, of fakes. @param entries What was saved before. */
export function fakeParts(entries: readonly [string, unknown][] = []) {
  const saved = new Map<string, unknown>(entries);
  const storage = {
    read: (key: string) => saved.get(key),
    write: (key: string, value: unknown) => void saved.set(key, value),
  };
  const client = new FakeQuoteClient();
  const requester = new FakeRequester();
  const clock = new FakeClock();
  return {
    client,
    clock,
    textScale: 1,
    wantsLessMotion: false,
    // Of another client: the listeners of this one are then a screen's own, for a test to count.
    meter: new FrameMeter(new FakeQuoteClient(), clock),
    requester,
    candles: { api: candleApi(requester, () => client.url), cache: new CandleCache() },
    auctions: auctionApi(requester, () => client.url),
    sparklines: sparklineApi(requester, () => client.url),
    search: searchApi(requester, () => client.url),
    settings: new SettingsStore(storage),
    watchlist: new WatchlistStore(storage),
    recentFinds: new RecentFinds(storage),
    defaultServerUrl: "ws://default.test:8000/ws",
  };
}
