/// <reference lib="dom" />
/** What runs in the browser: mounts one library at a time and gives it ticks, frame by frame. */
import { price } from "../../../shared/mod.ts";
import { sampleCandles, sampleDay } from "../../golden/sample_data.ts";
import type { CandleBoard, ChartCandle, Contender, MinuteBoard, MinuteDay } from "./contenders/contender.ts";
import { dot } from "./contenders/dot.ts";
import { echartsContender } from "./contenders/echarts.ts";
import { lightweight } from "./contenders/lightweight.ts";
import { breathing, tickwire } from "./contenders/tickwire.ts";
import { uplot } from "./contenders/uplot.ts";
import { type FrameCount, FrameCounter } from "./frame_counter.ts";

const CONTENDERS: readonly Contender[] = [tickwire, uplot, lightweight, echartsContender, breathing, dot];

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

  /** Ten ticks a second for a while, with nothing else to draw. */
  stand(durationMs: number): Promise<FrameCount> {
    return live(durationMs, () => {});
  },

  /** Pans to and fro for a while, with ten ticks a second. */
  pan(durationMs: number): Promise<FrameCount> {
    const mounted = board as CandleBoard;
    return live(durationMs, (elapsedMs) => {
      const first = CANDLES_BEYOND / 2 * (1 + Math.cos(elapsedMs / 400));
      mounted.show(first, first + CANDLES_SHOWN);
    });
  },

  /**
   * An hour of ten ticks a second on candles, in as few frames as there are seconds in it divided by ten.
   * @param ticksPerUpdate How many of a second's ticks the library is told of together, 1 to 10
   */
  async hour(ticksPerUpdate: number): Promise<void> {
    const mounted = board as CandleBoard;
    for (let second = 0; second < 3_600; second++) {
      for (let i = 1; i <= 10; i++) {
        candles = moved(candles);
        if (i % ticksPerUpdate === 0) mounted.tick(candles);
      }
      if (second % 10 === 0) await nextFrame();
    }
  },
};

/** Ten ticks a second for a while, and a step in each frame. */
async function live(durationMs: number, step: (elapsedMs: number) => void): Promise<FrameCount> {
  const mounted = board!;
  const frames = new FrameCounter();
  let updates = 0;
  await inFrames((_, nowMs) => {
    frames.add(nowMs);
    step(frames.elapsedMs);
    if (frames.elapsedMs / 100 > updates) {
      updates++;
      tick(mounted);
    }
    return frames.elapsedMs < durationMs;
  });
  return frames.count(updates);
}

function tick(mounted: MinuteBoard | CandleBoard): void {
  if ("show" in mounted) {
    candles = moved(candles);
    mounted.tick(candles);
  } else {
    count++;
    const last = day.candles[day.candles.length - 1]!;
    const close = price(last.open + wiggle());
    day = { ...day, candles: [...day.candles.slice(0, -1), { ...last, close, volume: last.volume + 100 }] };
    mounted.tick(day);
  }
}

/** The candles after a tick: the last one has another close, or its time is over and another follows. */
function moved(candles: ChartCandle[]): ChartCandle[] {
  count++;
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
