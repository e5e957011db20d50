/// <reference lib="dom" />
/** What runs in the browser: mounts one library at a time and gives it ticks, frame by frame. */
import type { MinuteDay } from "../../../miniprogram/stock/chart/series/minute_series.ts";
import type { ChartCandle } from "../../../miniprogram/stock/chart/series/candle_series.ts";
import { price } from "../../../shared/mod.ts";
import { sampleCandles, sampleDay } from "../../golden/sample_data.ts";
import type { CandleBoard, Contender, MinuteBoard } from "./contenders/contender.ts";
import { echartsContender } from "./contenders/echarts.ts";
import { lightweight } from "./contenders/lightweight.ts";
import { breathing, tickwire } from "./contenders/tickwire.ts";
import { uplot } from "./contenders/uplot.ts";

const CONTENDERS: readonly Contender[] = [tickwire, uplot, lightweight, echartsContender, breathing];

/** Candles in view, and how many more there are to pan over. */
const CANDLES_SHOWN = 300, CANDLES_BEYOND = 100;

/** Ticks that a candle lasts in the hour that is run fast. */
const TICKS_PER_CANDLE = 600;

let board: MinuteBoard | CandleBoard | undefined;
let day: MinuteDay;
let candles: ChartCandle[];
let count = 0;

/** What the driver calls, by name. */
export const bench = {
  mountMinutes(name: string): void {
    day = sampleDay({ seed: 7, prevClose: 10_000 });
    board = contender(name).minutes(emptyHost(), day);
  },

  mountCandles(name: string): void {
    candles = sampleCandles({ seed: 7, count: CANDLES_SHOWN + CANDLES_BEYOND, start: 10_000 });
    const mounted = contender(name).candles(emptyHost(), candles);
    mounted.show(CANDLES_BEYOND, CANDLES_BEYOND + CANDLES_SHOWN);
    board = mounted;
  },

  unmount(): void {
    board?.dispose();
    board = undefined;
    emptyHost();
  },

  /** Gives `ticks` ticks, one every third frame, so that each is drawn by itself. Without a board it only waits. */
  ticks(ticks: number): Promise<void> {
    return inFrames((frame) => {
      if (frame % 3 === 0 && board) tick(board);
      return frame < 3 * ticks - 1;
    });
  },

  /** Pans to and fro for a while, with ten ticks a second. @returns frames drawn, and frames a screen would have shown */
  async pan(durationMs: number): Promise<{ drawn: number; due: number }> {
    const mounted = board as CandleBoard;
    let [startedMs, drawn, ticked, elapsedMs] = [0, 0, 0, 0];
    await inFrames((frame, nowMs) => {
      if (frame === 0) startedMs = nowMs;
      elapsedMs = nowMs - startedMs;
      const first = CANDLES_BEYOND / 2 * (1 + Math.cos(elapsedMs / 400));
      mounted.show(first, first + CANDLES_SHOWN);
      if (elapsedMs / 100 > ticked) {
        ticked++;
        tick(mounted);
      }
      drawn = frame;
      return elapsedMs < durationMs;
    });
    return { drawn, due: Math.round(elapsedMs / (1_000 / 60)) };
  },

  /** An hour of ten ticks a second, in as few frames as there are seconds in it divided by ten. */
  async hour(): Promise<void> {
    for (let second = 0; second < 3_600; second++) {
      for (let i = 0; i < 10; i++) if (board) tick(board);
      if (second % 10 === 0) await nextFrame();
    }
  },
};

function tick(mounted: MinuteBoard | CandleBoard): void {
  count++;
  if ("show" in mounted) {
    candles = moved(candles);
    mounted.tick(candles);
  } else {
    const last = day.candles[day.candles.length - 1]!;
    const close = price(last.open + wiggle());
    day = { ...day, candles: [...day.candles.slice(0, -1), { ...last, close, volume: last.volume + 100 }] };
    mounted.tick(day);
  }
}

/** The candles after a tick: the last one has another close, or its time is over and another follows. */
function moved(candles: ChartCandle[]): ChartCandle[] {
  const last = candles[candles.length - 1]!;
  if (count % TICKS_PER_CANDLE === 0) {
    const tradingDate = nextDate(last.tradingDate);
    return [...candles, { ...last, tradingDate, open: last.close, high: last.close + 8, low: last.close - 8 }];
  }
  const close = last.open + wiggle();
  const [high, low] = [Math.max(last.high, close), Math.min(last.low, close)];
  return [...candles.slice(0, -1), { ...last, close, high, low, volume: last.volume + 100 }];
}

/** A move that is small beside the range in view, as nearly every tick's is. */
function wiggle(): number {
  return count % 7 - 3;
}

function nextDate(tradingDate: number): number {
  const [year, month, date] = [Math.floor(tradingDate / 1e4), Math.floor(tradingDate / 100) % 100, tradingDate % 100];
  const next = new Date(Date.UTC(year, month - 1, date + 1));
  return next.getUTCFullYear() * 1e4 + (next.getUTCMonth() + 1) * 100 + next.getUTCDate();
}

function contender(name: string): Contender {
  const found = CONTENDERS.find((contender) => contender.name === name);
  if (!found) throw new Error(`There is no contender ${name}`);
  return found;
}

function emptyHost(): HTMLElement {
  document.body.style.margin = "0";
  const host = document.createElement("div");
  host.style.cssText = "position:relative;width:375px;height:340px";
  document.body.replaceChildren(host);
  return host;
}

function nextFrame(): Promise<void> {
  return inFrames(() => false);
}

/** Runs a step in each frame until it says that there is no more, all in callbacks: the browser counts these as script. */
function inFrames(step: (frame: number, nowMs: number) => boolean): Promise<void> {
  return new Promise((resolve) => {
    let frame = 0;
    const next = (nowMs: number) => {
      if (step(frame++, nowMs)) requestAnimationFrame(next);
      else requestAnimationFrame(() => resolve());
    };
    requestAnimationFrame(next);
  });
}

Object.assign(globalThis, { bench });
