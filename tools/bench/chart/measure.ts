/// <reference lib="dom" />
import type { Browser, CDPSession, Page } from "playwright-core";
import { countCanvasCalls } from "./count_calls.ts";
import type { FrameCount } from "./frame_counter.ts";
import type { bench } from "./page.ts";

export const BOARDS = ["minutes", "candles"] as const;
export type Board = (typeof BOARDS)[number];

/** What one tick costs, in milliseconds of the main thread's processor time, over what the frames cost without it. */
export interface TickCost {
  readonly scriptMs: number;
  readonly taskMs: number;
}

/** The frames of some seconds of panning, and what one of them costs. */
export interface PanResult extends FrameCount {
  readonly scriptMs: number;
  readonly taskMs: number;
}

/** Ticks of one measurement. */
const TICKS = 40;

/** How long frames are counted. */
const LIVE_MS = 2_000;

const UPLOT_STYLES = new URL("../../node_modules/uplot/dist/uPlot.min.css", import.meta.url).pathname;

/** A page at the size and density of a phone, on which one library after the other draws. */
export class BenchPage {
  private constructor(private readonly page: Page, private readonly cdp: CDPSession) {}

  /** @param script The bundled page. @param countsCalls Whether canvas calls are counted, which slows everything down. */
  static async open(browser: Browser, script: string, countsCalls = false): Promise<BenchPage> {
    const context = await browser.newContext({ viewport: { width: 375, height: 340 }, deviceScaleFactor: 3 });
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(error));
    await page.setContent("<!doctype html><html><body></body></html>");
    await page.evaluate(hideContentBoxes);
    if (countsCalls) await page.evaluate(countCanvasCalls);
    await page.addScriptTag({ content: script });
    // The only one of the libraries that needs a style sheet: without it, its canvas has another size.
    await page.addStyleTag({ path: UPLOT_STYLES });
    const cdp = await context.newCDPSession(page);
    await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
    return new BenchPage(page, cdp);
  }

  /** @param rate 1 for this machine's speed, 4 for a quarter of it */
  async throttle(rate: number): Promise<void> {
    await this.cdp.send("Emulation.setCPUThrottlingRate", { rate });
  }

  /** Shows a library's chart, and lets it settle. */
  async mount(board: Board, name: string): Promise<void> {
    await this.call(board === "minutes" ? "mountMinutes" : "mountCandles", name);
    await this.call("ticks", 5);
  }

  async unmount(): Promise<void> {
    await this.call("unmount");
  }

  async tickCost(): Promise<TickCost> {
    const { scriptMs, taskMs } = await this.cost(() => this.call("ticks", TICKS));
    return { scriptMs: scriptMs / TICKS, taskMs: taskMs / TICKS };
  }

  /** The frames of ten ticks a second. */
  async stand(): Promise<FrameCount> {
    return await this.call("stand", LIVE_MS) as FrameCount;
  }

  /** The frames of ten ticks a second while the chart is panned, and what they cost. */
  async pan(): Promise<PanResult> {
    let frames: FrameCount = { drawn: 0, due: 0, dropped: 0, updates: 0 };
    const cost = await this.cost(async () => frames = await this.call("pan", LIVE_MS) as FrameCount);
    return { ...frames, scriptMs: cost.scriptMs / frames.drawn, taskMs: cost.taskMs / frames.drawn };
  }

  /** Canvas calls of one tick, on a page that counts them. */
  async callsPerTick(): Promise<number> {
    const before = await this.callsSoFar();
    await this.call("ticks", TICKS);
    return (await this.callsSoFar() - before) / TICKS;
  }

  /** Canvas calls of one frame of panning, on a page that counts them. */
  async callsPerPanFrame(): Promise<number> {
    const before = await this.callsSoFar();
    const { drawn } = await this.call("pan", LIVE_MS) as FrameCount;
    return (await this.callsSoFar() - before) / drawn;
  }

  /** How much the heap grew in an hour of ticks, in KiB. @param ticksPerUpdate Ticks that are told of together */
  async hourGrowth(ticksPerUpdate: number): Promise<number> {
    const before = await this.heapBytes();
    await this.call("hour", ticksPerUpdate);
    return (await this.heapBytes() - before) / 1_024;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  private callsSoFar(): Promise<number> {
    return this.page.evaluate(() => (globalThis as unknown as { counter: { calls: number } }).counter.calls);
  }

  private async cost(run: () => Promise<unknown>): Promise<{ scriptMs: number; taskMs: number }> {
    const before = await this.metrics();
    await run();
    const after = await this.metrics();
    const difference = (name: string) => ((after.get(name) ?? NaN) - (before.get(name) ?? NaN)) * 1_000;
    return { scriptMs: difference("ScriptDuration"), taskMs: difference("TaskDuration") };
  }

  private async metrics(): Promise<ReadonlyMap<string, number>> {
    const { metrics } = await this.cdp.send("Performance.getMetrics");
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }

  private async heapBytes(): Promise<number> {
    await this.cdp.send("HeapProfiler.collectGarbage");
    const { usedSize } = await this.cdp.send("Runtime.getHeapUsage");
    return usedSize;
  }

  private call(name: keyof typeof bench, argument?: string | number): Promise<unknown> {
    return this.page.evaluate(
      ([name, argument]) =>
        (globalThis as unknown as { bench: Record<string, (argument: unknown) => unknown> }).bench[name]!(argument),
      [name, argument] as const,
    );
  }
}

/**
 * Under an emulated density Chromium gives content boxes in layout pixels and calls them device pixels. lightweight-charts
 * would believe it and draw a ninth of the pixels; without them it goes by `devicePixelRatio`, as the others do.
 */
function hideContentBoxes(): void {
  Reflect.deleteProperty(ResizeObserverEntry.prototype, "devicePixelContentBoxSize");
}
