/** A running auction from the exchange to the mini-program's store: all of both ends is real, but for the clock and the wire. */
import { assert, assertEquals } from "@std/assert";
import type { AuctionApi } from "../../miniprogram/api/auction_api.ts";
import { createQuoteClient } from "../../miniprogram/net/socket_quote_client.ts";
import type { Transport } from "../../miniprogram/net/transport.ts";
import { OpeningAuction } from "../../miniprogram/stock/store/auction/opening_auction.ts";
import {
  AUCTION_STEP_SECONDS,
  DEFAULT_LIMITS,
  OPENING_AUCTION_SECONDS,
  SUBPROTOCOL_BINARY,
  SUBPROTOCOL_JSON,
  type SymbolCode,
} from "../../shared/mod.ts";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { Hub } from "../delivery/hub.ts";
import { loadListing } from "../exchange/listing/load_listing.ts";
import { ExchangeFeed } from "../feed/exchange_feed.ts";
import { QuoteBoard } from "../market/quote_board.ts";

const SYMBOL = "600519.SH" as SymbolCode;
const { sectors, stocks } = loadListing();
const LISTING = { sectors, stocks: stocks.filter(({ symbol }) => [SYMBOL, "300750.SZ", "688981.SH"].includes(symbol)) };

/** A server a few seconds before its close, and a phone that looks at one stock. */
class Auctions {
  readonly clock = new FakeClock(Date.parse("2026-11-20T22:10:00+08:00"));
  readonly feed = new ExchangeFeed({ clock: this.clock, seed: 3, listing: LISTING, indices: [], warmUpMinutes: 239.5 });
  readonly board = new QuoteBoard("one", this.feed.instruments, () => this.clock.nowMs());
  readonly client;
  readonly auction: OpeningAuction;
  asked = 0;
  loseLine = () => {};

  constructor(protocol: string) {
    const { clock, board, feed } = this;
    const hub = new Hub({ board, market: feed.clock, clock, limits: DEFAULT_LIMITS, random: () => 0.5 });
    const transport = wireTo(hub, clock, protocol, (lose) => this.loseLine = lose);
    this.client = createQuoteClient({ url: "ws://a/ws", transport, clock, random: () => 0.5, clientName: "test/1" });
    const auctions: AuctionApi = { auction: () => Promise.resolve(this.answer()) };
    this.auction = new OpeningAuction({ auctions, client: this.client, clock, random: () => 0.5 }, SYMBOL, () => {});
    feed.start(board);
    this.client.subscribe({ symbols: [SYMBOL], channels: ["quote", "candle", "depth", "trades"] });
    this.client.open();
  }

  /** What the server has, as it is asked for over HTTP. */
  answer() {
    this.asked++;
    const { quote, auction } = this.board.get(SYMBOL)!;
    return { ok: true as const, page: { symbol: SYMBOL, tradingDate: quote!.tradingDate, steps: [...auction.steps] } };
  }

  /** Goes on to a second of the next day's opening auction, or past it. */
  async runTo(second: number): Promise<void> {
    const dueMs = Date.parse("2026-11-23T09:15:00+08:00") + second * 1_000;
    while (this.feed.clock.exchangeTimeMs < dueMs) {
      this.clock.advance(20);
      for (let i = 0; i < 4; i++) await Promise.resolve();
    }
  }

  assertComplete(): void {
    const { steps } = this.board.get(SYMBOL)!.auction;
    assert(steps.length > 150, `${steps.length} steps`);
    for (let second = 0; second <= OPENING_AUCTION_SECONDS; second += AUCTION_STEP_SECONDS) {
      const at = <Step extends { second: number; price: number }>(list: readonly Step[] | undefined) =>
        list?.findLast((one) => one.second <= second)?.price;
      assertEquals(at(this.auction.points), at(steps), `${second} s`);
    }
    assertEquals(steps.at(-1)?.price, this.client.quote(SYMBOL)?.open);
  }

  [Symbol.dispose](): void {
    this.auction.stop();
    this.client.close();
    this.feed.stop();
  }
}

/** Both ends of one line in one process; every message arrives at once. */
function wireTo(hub: Hub, clock: FakeClock, protocol: string, onLine: (lose: () => void) => void): Transport {
  return {
    connect(_request, handlers) {
      const session = hub.open({
        send: (data) => handlers.onMessage(typeof data === "string" ? data : data.slice().buffer),
        close: (code, reason) => handlers.onClose({ code, reason }),
        bufferedBytes: 0,
      }, protocol);
      onLine(() => handlers.onClose({ code: 1006, reason: "" }));
      clock.setTimeout(() => handlers.onOpen({ protocol }), 0);
      return { send: (data) => session.receive(data), close: (code, reason) => handlers.onClose({ code, reason }) };
    },
  };
}

for (const protocol of [SUBPROTOCOL_JSON, SUBPROTOCOL_BINARY]) {
  Deno.test(`${protocol}: who was there before 09:15 has every step from the book, and asks for none`, async () => {
    using world = new Auctions(protocol);
    await world.runTo(-1);
    world.auction.start();
    await world.runTo(1_000);
    world.assertComplete();
    assertEquals(world.asked, 0);
  });

  Deno.test(`${protocol}: who comes in the middle, loses the line and looks away meanwhile misses nothing`, async () => {
    using world = new Auctions(protocol);
    await world.runTo(100);
    world.auction.start();
    await world.runTo(200);
    world.loseLine();
    await world.runTo(350);
    world.auction.stop();
    await world.runTo(450);
    world.auction.start();
    await world.runTo(1_000);
    world.assertComplete();
    assertEquals(world.asked, 3);
  });
}

Deno.test("who hears one frame in two seconds has the steps between them afterwards", async () => {
  using world = new Auctions(SUBPROTOCOL_BINARY);
  world.client.setRate(0.5);
  await world.runTo(-1);
  world.auction.start();
  await world.runTo(890);
  assert((world.auction.points?.length ?? 0) < 100);
  assertEquals(world.asked, 0);
  await world.runTo(930);
  world.assertComplete();
  assertEquals(world.asked, 1);
});

Deno.test("who comes after it has it by one question", async () => {
  using world = new Auctions(SUBPROTOCOL_JSON);
  await world.runTo(1_000);
  world.auction.start();
  await world.runTo(1_100);
  world.assertComplete();
  assertEquals(world.asked, 1);
});
