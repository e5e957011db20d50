import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { FakeClock } from "../../../../tools/testing/fake_clock.ts";
import { FakeQuoteClient } from "../../../../tools/testing/fake_quote_client.ts";
import { FakeRequester } from "../../../../tools/testing/fake_requester.ts";
import { bookAround } from "../../../../tools/testing/sample_market.ts";
import { auctionApi } from "../../../api/auction_api";
import { price } from "../../../lib/shared";
import type { KnownQuote } from "../../../net/quote_client";
import { OpeningAuction } from "./opening_auction";

const SYMBOL = "600519.SH";
const TODAY = 20261120;
const OPENS_MS = Date.UTC(2026, 10, 20, 1, 15);

/** A server with an auction of one step every three seconds, and a client that hears of it. */
class AuctionWorld {
  readonly clock = new FakeClock();
  readonly client = new FakeQuoteClient();
  readonly requester = new FakeRequester();
  readonly auctions = auctionApi(this.requester, () => this.client.url);
  readonly random = () => 0.5;
  /** Second that the server's auction has reached. */
  second = 0;
  tradingDate = TODAY;
  changes = 0;
  readonly auction = new OpeningAuction(this, SYMBOL, () => this.changes++);

  constructor() {
    this.goOnline();
  }

  goOnline(): void {
    this.requester.answer = () => ({
      status: 200,
      body: { symbol: SYMBOL, tradingDate: this.tradingDate, steps: stepsUntil(this.second) },
    });
  }

  goOffline(): void {
    this.requester.answer = () => ({ status: 0, body: undefined });
  }

  /** The auction goes on, and the client hears every step. */
  runTo(second: number): void {
    for (this.second += 3; this.second <= second; this.second += 3) this.hear();
    this.second = second;
  }

  /** The client hears where the auction stands now. @param merged Steps that came as one. */
  hear(merged = 1): void {
    const exchangeTimeMs = OPENS_MS + this.second * 1_000;
    this.client.setQuoteAndDepth(SYMBOL, { phase: "opening_auction", exchangeTimeMs, tradingDate: TODAY, merged }, {
      ...bookAround(1_000, 100),
      indicativePrice: price(priceAt(this.second)),
      indicativeVolume: this.second * 100,
    });
  }

  /** The auction goes on, and the client hears nothing of it. */
  passTo(second: number): void {
    this.second = second;
  }

  show(fields: Partial<KnownQuote>): void {
    this.client.setQuote(SYMBOL, { tradingDate: TODAY, ...fields });
  }

  /** The line breaks: the client says so, and nothing of any symbol. */
  loseTouch(): void {
    this.client.setState("waiting");
  }

  /** A line is there again, then the symbol is in step. */
  regain(): void {
    this.client.staleSymbols.add(SYMBOL);
    this.client.setState("live");
    this.client.staleSymbols.delete(SYMBOL);
    this.hear();
  }

  get seconds(): number[] | undefined {
    return this.auction.points?.map(({ second }) => second);
  }
}

const priceAt = (second: number) => 1_000 + Math.round(second / 30);

const stepsUntil = (end: number) =>
  secondsUntil(end).map((second) => ({ second, price: priceAt(second), matched: second * 100, unmatched: 0 }));

function secondsUntil(end: number): number[] {
  return Array.from({ length: Math.floor(end / 3) }, (_, i) => 3 * (i + 1));
}

Deno.test("who opens the page in the afternoon asks once and sees the whole auction", async () => {
  const world = new AuctionWorld();
  world.passTo(600);
  world.show({ phase: "continuous" });
  world.auction.start();
  world.auction.start();
  assertEquals(world.seconds, []);
  await world.requester.settled();
  assertEquals(world.seconds, secondsUntil(600));
  assertEquals(world.auction.points?.[199], { second: 600, price: 1_020, matched: 60_000 });
  const { points } = world.auction;
  for (let i = 0; i < 5; i++) world.show({ lastPrice: price(1_000 + i) });
  world.show({ phase: "closed" });
  assertStrictEquals(world.auction.points, points);
  assertEquals([world.requester.urls.length, world.changes], [1, 2]);
});

Deno.test("who opens it while the auction runs gets what was, and what comes follows without a gap or a double", async () => {
  const world = new AuctionWorld();
  world.passTo(300);
  world.hear();
  world.requester.hold();
  world.auction.start();
  world.runTo(330);
  await world.requester.release();
  world.runTo(600);
  assertEquals([world.seconds, world.requester.urls.length], [secondsUntil(600), 1]);
});

Deno.test("who was there before it began asks for nothing", () => {
  const world = new AuctionWorld();
  world.show({ phase: "pre_open" });
  world.auction.start();
  assertEquals(world.seconds, []);
  world.runTo(600);
  world.show({ phase: "continuous" });
  assertEquals([world.seconds, world.requester.urls], [secondsUntil(600), []]);
});

Deno.test("a phone that hears every fifth step has the others when the auction is over, at a moment of its own", async () => {
  const world = new AuctionWorld();
  world.show({ phase: "pre_open" });
  world.auction.start();
  for (let second = 15; second <= 600; second += 15) {
    world.passTo(second);
    world.hear(5);
  }
  assertEquals(world.seconds?.slice(0, 5), [15, 27, 30, 42, 45]);
  world.show({ phase: "continuous", merged: 1 });
  world.clock.advance(9_999);
  assertEquals(world.requester.urls, []);
  world.clock.advance(1);
  await world.requester.settled();
  assertEquals([world.seconds, world.requester.urls.length], [secondsUntil(600), 1]);
  world.show({ phase: "lunch" });
  assertEquals(world.clock.pendingTimers, 0);
});

Deno.test("who heard of the day before the auction and then of what follows it asks for what was between", async () => {
  const world = new AuctionWorld();
  world.show({ phase: "pre_open" });
  world.auction.start();
  world.passTo(600);
  world.show({ phase: "continuous", merged: 300 });
  world.clock.advance(20_000);
  await world.requester.settled();
  assertEquals([world.seconds, world.requester.urls.length], [secondsUntil(600), 1]);
});

Deno.test("a phone that is put away before that moment does not ask, and asks once when it is taken up again", async () => {
  const world = new AuctionWorld();
  world.show({ phase: "pre_open" });
  world.auction.start();
  world.passTo(600);
  world.hear(200);
  world.show({ phase: "continuous" });
  world.auction.stop();
  world.clock.advance(60_000);
  assertEquals([world.requester.urls.length, world.clock.pendingTimers], [0, 0]);
  world.auction.start();
  await world.requester.settled();
  assertEquals([world.seconds, world.requester.urls.length], [secondsUntil(600), 1]);
});

Deno.test("what was missed while the line was lost is asked for when it is back", async () => {
  const world = new AuctionWorld();
  world.show({ phase: "pre_open" });
  world.auction.start();
  world.runTo(120);
  world.loseTouch();
  world.passTo(300);
  assertEquals([world.seconds, world.requester.urls.length], [secondsUntil(120), 0]);
  world.regain();
  await world.requester.settled();
  world.runTo(600);
  assertEquals([world.seconds, world.requester.urls.length], [secondsUntil(600), 1]);
});

Deno.test("a quote from before a break does not say that nothing was missed", async () => {
  const world = new AuctionWorld();
  world.client.staleSymbols.add(SYMBOL);
  world.show({ phase: "pre_open" });
  world.auction.start();
  assertEquals(world.requester.urls.length, 0);
  world.passTo(300);
  world.regain();
  await world.requester.settled();
  assertEquals(world.seconds, secondsUntil(300));
});

Deno.test("nothing is asked for while the page is hidden, and what went by meanwhile is asked for afterwards", async () => {
  const world = new AuctionWorld();
  world.goOffline();
  world.passTo(90);
  world.hear();
  world.auction.start();
  await world.requester.settled();
  assertEquals(world.clock.pendingTimers, 1);
  world.auction.stop();
  assertEquals([world.clock.pendingTimers, world.client.listeners], [0, 0]);
  world.goOnline();
  world.runTo(600);
  world.clock.advance(600_000);
  assertEquals(world.requester.urls.length, 1);
  world.auction.start();
  await world.requester.settled();
  assertEquals([world.seconds, world.requester.urls.length], [secondsUntil(600), 2]);
});

Deno.test("an answer to a page that is hidden by now changes nothing", async () => {
  const world = new AuctionWorld();
  world.passTo(600);
  world.show({ phase: "continuous" });
  world.requester.hold();
  world.auction.start();
  world.auction.stop();
  await world.requester.release();
  assertEquals(world.seconds, []);
});

Deno.test("a whole auction is not asked for again after a break, nor by a page that comes back", async () => {
  const world = new AuctionWorld();
  world.passTo(600);
  world.show({ phase: "lunch" });
  world.auction.start();
  await world.requester.settled();
  world.loseTouch();
  world.client.setState("live");
  world.show({ phase: "continuous" });
  world.auction.stop();
  world.auction.start();
  await world.requester.settled();
  assertEquals([world.seconds?.length, world.requester.urls.length], [200, 1]);
});

Deno.test("a server that cannot be reached is asked again, later and later; its region stays, empty", async () => {
  const world = new AuctionWorld();
  world.goOffline();
  world.passTo(600);
  world.show({ phase: "continuous" });
  world.auction.start();
  for (let i = 0; i < 60; i++) {
    world.clock.advance(1_000);
    world.show({});
    await world.requester.settled();
  }
  const asked = world.requester.urls.length;
  assert(asked > 2 && asked < 12, `asked ${asked} times in a minute`);
  assertEquals(world.seconds, []);
  world.goOnline();
  world.clock.advance(120_000);
  await world.requester.settled();
  assertEquals([world.seconds?.length, world.clock.pendingTimers], [200, 0]);
});

Deno.test("a server that knows no auctions is asked once, and the region goes", async () => {
  const world = new AuctionWorld();
  world.requester.answer = () => ({ status: 404, body: undefined });
  world.show({ phase: "continuous" });
  world.auction.start();
  await world.requester.settled();
  for (let i = 0; i < 5; i++) world.show({});
  await world.requester.settled();
  assertEquals([world.seconds, world.requester.urls.length], [undefined, 1]);
});

Deno.test("an auction in which no bid met an ask has no region once it is over", async () => {
  const world = new AuctionWorld();
  world.requester.answer = () => ({
    status: 200,
    body: { symbol: SYMBOL, tradingDate: TODAY, steps: [{ second: 600, price: 0, matched: 0, unmatched: 0 }] },
  });
  world.show({ phase: "continuous" });
  world.auction.start();
  await world.requester.settled();
  assertEquals(world.seconds, undefined);
});

Deno.test("an index and a suspended stock have no auction, and nothing is asked for", async () => {
  for (const fields of [{ kind: "index", phase: "opening_auction" }, { phase: "suspended" }] as const) {
    const world = new AuctionWorld();
    world.show(fields);
    world.auction.start();
    await world.requester.settled();
    assertEquals([world.seconds, world.requester.urls], [undefined, []]);
  }
});

Deno.test("a new day begins without steps, and an answer about the day before is not shown", async () => {
  const world = new AuctionWorld();
  world.passTo(600);
  world.show({ phase: "closed" });
  world.auction.start();
  await world.requester.settled();
  world.show({ phase: "opening_auction", tradingDate: TODAY + 3, exchangeTimeMs: OPENS_MS + 3 * 86_400_000 });
  assertEquals(world.seconds, []);
  await world.requester.settled();
  assertEquals([world.seconds, world.requester.urls.length], [[], 2]);
});

Deno.test("another run of the server is another market: its auction is asked for, and the old one goes at once", async () => {
  const world = new AuctionWorld();
  world.passTo(600);
  world.show({ phase: "continuous" });
  world.auction.start();
  await world.requester.settled();
  world.client.epoch = "epoch-2";
  world.show({});
  assertEquals(world.seconds, []);
  await world.requester.settled();
  assertEquals([world.seconds?.length, world.requester.urls.length], [200, 2]);
});
