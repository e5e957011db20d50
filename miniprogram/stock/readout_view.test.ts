import { assertEquals } from "@std/assert";
import type { MinuteReadout } from "./chart/minute/minute_readout";
import { minuteReadoutItems } from "./readout_view";

const READOUT: MinuteReadout = {
  index: 3,
  tradingDate: 20261120,
  slot: 3,
  price: 1010,
  average: 1005,
  volume: 30_000,
  prevClose: 1000,
  hasDays: false,
};

const texts = (readout: MinuteReadout) =>
  minuteReadoutItems(readout, "zh").map(({ label, value }) => `${label} ${value}`);

Deno.test("a minute is read with its price, average and volume", () => {
  assertEquals(texts(READOUT), ["时间 09:33", "价格 10.10", "涨幅 +1.00%", "均价 10.05", "成交量 300手"]);
});

Deno.test("an auction is read with what it could match, which is no volume, and has no average", () => {
  const auction = { ...READOUT, index: -4, slot: -6, average: undefined };
  assertEquals(texts(auction), ["时间 09:24", "价格 10.10", "涨幅 +1.00%", "匹配量 300手"]);
});
