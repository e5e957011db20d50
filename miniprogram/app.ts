import { candleApi } from "./api/candle_api";
import { auctionApi } from "./api/auction_api";
import { searchApi } from "./api/search_api";
import { sparklineApi } from "./api/sparkline_api";
import { wxRequester } from "./api/wx_requester";
import { systemClock } from "./lib/shared";
import { createQuoteClient } from "./net/socket_quote_client";
import { wxPollTransport } from "./net/wx_poll_transport";
import { wxTransport } from "./net/wx_transport";
import type { TickwireApp } from "./store/app_parts";
import { CandleCache } from "./store/candles/candle_cache";
import { FrameMeter } from "./store/frame_meter";
import { DEFAULT_SERVER_ADDRESS, serverFromQuery } from "./store/server_address";
import { wantsLessMotion } from "./store/settings";
import { RecentFinds } from "./store/search/recent_finds";
import { SettingsStore } from "./store/settings_store";
import { textScale } from "./store/text_scale";
import { VERSION } from "./store/version";
import { WatchlistStore } from "./store/watchlist_store";
import { wxStorage } from "./store/wx_storage";

App<TickwireApp>({
  // Made in onLaunch, which runs before any page is made.
  parts: undefined as never,

  onLaunch(options) {
    const storage = wxStorage(wx);
    const settings = new SettingsStore(storage);
    const defaultServerUrl = serverFromQuery(options.query) ?? DEFAULT_SERVER_ADDRESS;
    const client = createQuoteClient({
      url: settings.current.serverUrl || defaultServerUrl,
      transport: wxTransport(wx),
      pollTransport: wxPollTransport(wx),
      clock: systemClock,
      random: Math.random,
      clientName: `tickwire-mp/${VERSION}`,
    });
    const requester = wxRequester(wx);
    const candles = { api: candleApi(requester, () => client.url), cache: new CandleCache() };
    const auctions = auctionApi(requester, () => client.url);
    const sparklines = sparklineApi(requester, () => client.url);
    const search = searchApi(requester, () => client.url);
    const watchlist = new WatchlistStore(storage);
    const recentFinds = new RecentFinds(storage);
    const meter = new FrameMeter(client, systemClock);
    this.parts = {
      client,
      clock: systemClock,
      meter,
      textScale: textScale(wx.getAppBaseInfo().fontSizeSetting),
      wantsLessMotion: wantsLessMotion(options.query),
      candles,
      auctions,
      sparklines,
      search,
      settings,
      watchlist,
      recentFinds,
      defaultServerUrl,
    };
    wx.onNetworkStatusChange(({ isConnected }) => client.networkChanged(isConnected));
    wx.onNetworkWeakChange(({ weakNet }) => client.networkWeakChanged(weakNet));
    // The event tells of changes only: a phone that starts without a network hears of none.
    wx.getNetworkType({ success: ({ networkType }) => client.networkChanged(networkType !== "none") });
    client.open();
  },

  onShow() {
    this.parts.client.show();
  },

  onHide() {
    this.parts.client.hide();
  },
});
