/** One day of the exchange as a picture: price, volume, spread and depth. */
import * as hours from "../../server/exchange/auction/auction_phase.ts";
import { DEPTH } from "../../server/exchange/book/order_book.ts";
import type { BookSide } from "../../server/exchange/book/book_side.ts";
import { ORDINARY, SampleRun } from "../../server/exchange/day/sample_day.ts";
import { MinuteCandles } from "../../server/exchange/day/minute_candles.ts";
import { SymbolDay } from "../../server/exchange/day/symbol_day.ts";
import { DayFactors } from "../../server/exchange/price/factor_path.ts";
import { Panel, roundTicks, type Scale, svgOf, type Tick } from "./chart_svg.ts";

const SAMPLE_MS = 15_000;

/** One look at the market; prices in CNY, the spread in basis points, depth in thousand shares. */
interface Look {
  readonly minute: number;
  readonly price: number;
  readonly average: number;
  readonly spread: number;
  readonly bids: number;
  readonly asks: number;
}

const X: Scale = { low: -12, high: 240 };
const X_TICKS: Tick[] = [[-12, "09:15"], [0, "09:30"], [60, "10:30"], [120, "11:30 | 13:00"], [180, "14:00"], [
  240,
  "15:00",
]]
  .map(([value, label]) => ({ value: Number(value), label: String(label) }));

/** Minutes of trading since 09:30, lunch left out; the auction before it is drawn closer together. */
function minuteOf(msOfDay: number): number {
  if (msOfDay < hours.MORNING_MS) {
    return -12 * (hours.MORNING_MS - msOfDay) / (hours.MORNING_MS - hours.OPENING_AUCTION_MS);
  }
  return (Math.min(msOfDay, hours.LUNCH_MS) - hours.MORNING_MS + Math.max(0, msOfDay - hours.AFTERNOON_MS)) / 60_000;
}

function sharesOf(side: BookSide): number {
  let shares = 0;
  for (let depth = 0; depth < DEPTH; depth++) shares += side.sizeAt(depth);
  return shares / 1_000;
}

function lookAt(day: SymbolDay): Look {
  const { bids, asks } = day.book;
  const trading = day.phase === "continuous";
  const both = trading && bids.count > 0 && asks.count > 0;
  return {
    minute: minuteOf(day.timeMs),
    price: (day.tape.trades > 0 && !/auction/.test(day.phase) ? day.tape.lastPrice : day.indicative.price || NaN) / 100,
    average: (day.tape.averagePrice || NaN) / 100,
    spread: both ? (1e4 * (asks.bestPrice - bids.bestPrice)) / bids.bestPrice : NaN,
    bids: trading ? sharesOf(bids) : NaN,
    asks: trading ? sharesOf(asks) : NaN,
  };
}

/** The pictured day: what each look saw, and the minute candles. */
function live(seed: number): { looks: Look[]; candles: MinuteCandles; prevClose: number } {
  const run = new SampleRun(ORDINARY, seed);
  const candles = new MinuteCandles();
  const add = (day: SymbolDay, price: number, size: number) => candles.add(day.timeMs, price, size);
  const sink = { trade: add, quote() {}, indicative() {}, phase() {} };
  const day = new SymbolDay(run.setup(), new DayFactors(seed, 20261120), sink);
  const looks: Look[] = [];
  for (let ms = hours.OPENING_AUCTION_MS; ms <= hours.CLOSE_MS; ms += SAMPLE_MS) {
    day.advanceTo(ms);
    if (ms < hours.LUNCH_MS || ms > hours.AFTERNOON_MS) looks.push({ ...lookAt(day), minute: minuteOf(ms) });
  }
  return { looks, candles, prevClose: run.prevClose / 100 };
}

/** The picture of one day as SVG. */
export function plotDay(seed: number): string {
  const { looks, candles, prevClose } = live(seed);
  const prices = looks.map(({ price }) => price).filter((price) => price > 0);
  const reach = 1.05 * Math.max(...prices.map((price) => Math.abs(price - prevClose)));
  const y = { low: prevClose - reach, high: prevClose + reach };
  const of = (field: keyof Look) => looks.map((look) => [look.minute, look[field]] as const);
  const scale = (values: readonly number[]) => ({ low: 0, high: 1.05 * Math.max(...values.filter(Number.isFinite)) });
  const panel = (title: string, height: number, yScale: Scale, format: (value: number) => string) =>
    new Panel({
      title,
      x: X,
      y: yScale,
      xTicks: X_TICKS,
      yTicks: roundTicks(yScale.low, yScale.high, 4, format),
      height,
    });

  const volumes = [...candles.volume].map((volume) => volume / 1_000);
  const depth = scale([...looks.map(({ bids }) => bids), ...looks.map(({ asks }) => asks)]);
  return svgOf("One simulated day: opening auction, morning, afternoon, closing auction", [
    panel("Price, CNY; before 09:30 the auction's indicative price", 300, y, (value) => value.toFixed(2))
      .line("previous close", "#9aa0a6", [[X.low, prevClose], [X.high, prevClose]], true)
      .line("average", "#d99a1c", of("average")).line("price", "#2767c4", of("price")),
    panel("Volume, thousand shares a minute", 130, scale(volumes), (value) => value.toFixed(0))
      .bars("", "#7c9cc9", volumes.map((volume, slot) => [slot, volume]), 0.8),
    panel("Spread, basis points", 120, scale(looks.map(({ spread }) => spread)), (value) => value.toFixed(0))
      .line("", "#5b6470", of("spread")),
    panel("Depth of the five best levels, thousand shares", 140, depth, (value) => value.toFixed(0))
      .line("bids", "#c9463d", of("bids")).line("asks", "#2f8f5b", of("asks")),
  ]);
}
