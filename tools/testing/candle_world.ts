import { auctionApi } from "../../miniprogram/api/auction_api.ts";
import { candleApi } from "../../miniprogram/api/candle_api.ts";
import type { AuctionSources } from "../../miniprogram/stock/store/auction/opening_auction.ts";
import { CandleCache } from "../../miniprogram/store/candles/candle_cache.ts";
import type { CandleSources } from "../../miniprogram/stock/store/candles/candle_history.ts";
import { ApiBench, type ApiBenchOptions, MOUTAI } from "./api_bench.ts";
import { FakeClock } from "./fake_clock.ts";
import { FakeQuoteClient, someQuote } from "./fake_quote_client.ts";
import { FakeRequester } from "./fake_requester.ts";

/** The real HTTP API behind a requester, and a client that knows the same market. */
export class CandleWorld implements CandleSources, AuctionSources {
  readonly clock = new FakeClock();
  readonly client = new FakeQuoteClient();
  readonly requester = new FakeRequester();
  readonly cache = new CandleCache();
  readonly api = candleApi(this.requester, () => this.client.url);
  readonly auctions = auctionApi(this.requester, () => this.client.url);
  readonly random = () => 0.5;
  bench: ApiBench;

  constructor(options: ApiBenchOptions = {}) {
    this.bench = new ApiBench(options);
    this.goOnline();
  }

  goOnline(): void {
    this.requester.answer = async ({ pathname, search }) => {
      const response = await this.bench.get(pathname + search);
      return { status: response.status, body: await response.json() };
    };
  }

  goOffline(): void {
    this.requester.answer = () => ({ status: 0, body: undefined });
  }

  /** Gives the client today's quote and minutes as the server has them. */
  showToday(): void {
    const { quote, candles } = this.bench.states.get(MOUTAI)!;
    this.client.setQuote(MOUTAI, { ...someQuote(MOUTAI), ...quote! });
    this.client.setCandles(MOUTAI, [...candles.finished, ...(candles.open ? [candles.open] : [])]);
  }
}
