import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { FakeQuoteClient } from "../../../../tools/testing/fake_quote_client.ts";
import { type Depth, type DepthLevel, price, type Trade, type TradeSide } from "../../../lib/shared";
import { BookPanel } from "./book_panel";
import { rowsToMake } from "../../../store/row_range";

const SYMBOL = "600519.SH";
const PREV_CLOSE = 1000;

const levels = (...pairs: readonly [number, number][]): DepthLevel[] =>
  pairs.map(([at, size]): DepthLevel => [price(at), size]);

function book(fields: Partial<Depth> = {}): Depth {
  return {
    bids: levels([1000, 300], [999, 1_200], [998, 500], [997, 100], [996, 4_000]),
    asks: levels([1001, 500], [1002, 200], [1003, 800], [1004, 2_600], [1005, 100]),
    outsideVolume: 602_000,
    insideVolume: 301_000,
    indicativePrice: price(0),
    indicativeVolume: 0,
    ...fields,
  };
}

function trades(from: number, to: number, tradingDate = 20261120) {
  const sides: readonly TradeSide[] = ["buy", "sell", "auction"];
  const list = Array.from({ length: to - from + 1 }, (_, i): Trade => ({
    no: from + i,
    price: price(999 + (from + i) % 3),
    size: 100 * (from + i),
    side: sides[(from + i) % 3]!,
    exchangeTimeMs: Date.UTC(2026, 10, 20, 1, 30, 5),
  }));
  return { tradingDate, trades: list, gaps: [] };
}

function newPanel() {
  const client = new FakeQuoteClient();
  const panel = new BookPanel(client, SYMBOL);
  panel.setPlace({ height: 100, rowHeight: 20 });
  return { client, panel, view: () => panel.view(PREV_CLOSE, "zh") };
}

Deno.test("the book stands from the dearest ask to the cheapest bid, with bars and sizes in hands", () => {
  const { client, view } = newPanel();
  client.setDepth(SYMBOL, book());
  const { asks, bids, balance, outside, inside, outsideShare, auction } = view().book;
  const line = ({ label, price, direction, size, bar }: (typeof asks)[number]) => [label, price, direction, size, bar];
  assertEquals(asks.map(line)[0], ["卖5", "10.05", "up", "1", 3]);
  assertEquals(asks.map(line)[4], ["卖1", "10.01", "up", "5", 13]);
  assertEquals(bids.map(line)[0], ["买1", "10.00", "flat", "3", 8]);
  assertEquals(bids.map(line)[4], ["买5", "9.96", "down", "40", 100]);
  assertEquals([balance, outside, inside, outsideShare, auction], ["+18.45%", "6020", "3010", 67, ""]);
});

Deno.test("a missing book, an empty side and a running auction are told", () => {
  const { client, view } = newPanel();
  assertEquals(view().book.bids.map(({ price, size, bar }) => [price, size, bar]), Array(5).fill(["--", "--", 0]));
  assertEquals([view().book.balance, view().book.outsideShare], ["--", 50]);
  client.setDepth(SYMBOL, book({ asks: [], indicativePrice: price(1_002), indicativeVolume: 12_300 }));
  assertEquals([view().book.asks[4]?.price, view().book.balance], ["--", "+100.00%"]);
  assertEquals(view().book.auction, "竞价参考 10.02 · 123");
});

Deno.test("a level flashes when it grows or shrinks, wherever it has moved to, and never with the first book", () => {
  const { client, panel, view } = newPanel();
  const flashes = () => view().book.bids.map(({ flash }) => flash);
  client.setDepth(SYMBOL, book());
  assertEquals(flashes(), ["", "", "", "", ""]);
  client.setDepth(SYMBOL, book({ bids: levels([1001, 700], [1000, 200], [999, 1_300], [998, 500], [997, 100]) }));
  assertEquals(flashes(), ["more-0", "less-0", "more-0", "", ""]);
  assertEquals(flashes(), ["more-0", "less-0", "more-0", "", ""]);
  client.setDepth(SYMBOL, book({ bids: levels([1001, 700], [1000, 100], [999, 1_300], [998, 500], [997, 100]) }));
  assertEquals(flashes(), ["more-0", "less-1", "more-0", "", ""]);
  panel.forgetFlashes();
  client.setDepth(SYMBOL, book());
  assertEquals(flashes(), ["", "", "", "", ""]);
});

Deno.test("the newest trade stands first, and of many only those about the screen are made", () => {
  const { client, view } = newPanel();
  client.setTrades(SYMBOL, trades(1, 300));
  const { rows, roomAbove, roomBelow, isEmpty } = view().trades;
  assertEquals(rows[0], {
    key: "300",
    time: "09:30",
    seconds: ":05",
    price: "9.99",
    direction: "down",
    size: "300",
    side: "买",
    sideDirection: "up",
  });
  assertEquals([rows.length, roomAbove, (300 - rows.length) * 20, isEmpty], [16, 0, roomBelow, false]);
});

Deno.test("who has scrolled away is moved by no new trade, is told how many came, and goes back with a touch", () => {
  const { client, panel, view } = newPanel();
  client.setTrades(SYMBOL, trades(1, 100));
  view();
  panel.scroll(600);
  const before = view().trades;
  client.setTrades(SYMBOL, trades(1, 107));
  const after = view().trades;
  assertEquals([after.rows, after.roomAbove], [before.rows, before.roomAbove]);
  assertEquals([before.unseen, after.unseen], ["", "7 笔新成交"]);
  panel.scrollToNewest();
  const { rows, unseen, scrollTop } = view().trades;
  assertEquals([rows[0]?.key, unseen, scrollTop === before.scrollTop], ["107", "", false]);
});

Deno.test("another day's trades are shown even to who has scrolled away", () => {
  const { client, panel, view } = newPanel();
  client.setTrades(SYMBOL, trades(1, 100));
  panel.scroll(600);
  client.setTrades(SYMBOL, trades(1, 3, 20261123));
  assertEquals(view().trades.rows.map(({ key }) => key), ["3", "2", "1"]);
});

Deno.test("trades that cannot be had any more are counted", () => {
  const { client, view } = newPanel();
  client.setTrades(SYMBOL, { ...trades(50, 60), gaps: [{ beforeNo: 50, missed: 49 }] });
  assertEquals(view().trades.unseen, "缺 49 笔");
});

Deno.test("wherever a list stands, what is seen is made, and the rooms add up to the whole", () =>
  fc.assert(
    fc.property(
      fc.nat(400),
      fc.integer({ min: 10, max: 40 }),
      fc.nat(600),
      fc.nat(9_000),
      (rowCount, rowHeight, height, top) => {
        const scrollTop = Math.min(top, Math.max(0, rowCount * rowHeight - height));
        const { first, end } = rowsToMake({ rowCount, rowHeight, height, scrollTop });
        assertEquals(first >= 0 && first <= end && end <= rowCount, true);
        assertEquals(first * rowHeight <= scrollTop, true);
        assertEquals(end === rowCount || end * rowHeight >= scrollTop + height, true);
        assertEquals(end - first <= Math.ceil(height / rowHeight) + 2 + 15, true);
      },
    ),
  ));
