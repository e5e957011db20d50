/**
 * Measures what the charts cost beside other libraries, and writes docs/charts.md. With `--quick` it takes one round only,
 * and writes to build/bench/chart: nothing to publish.
 */
import { parseArgs } from "node:util";
import { stopBundler } from "../../build/bundler.ts";
import { bundlePage } from "../../golden/bundle_page.ts";
import { launchChromium } from "../../testing/chromium.ts";
import { chartSize } from "./chart_size.ts";
import { BenchPage, BOARDS } from "./measure.ts";
import { reportOf } from "./report.ts";
import { barsOf, DOT, OURS, PEERS, RATES, Results, TICKS_PER_UPDATE } from "./results.ts";

const LIBRARIES = [OURS, ...PEERS];

async function measureCosts(page: BenchPage, results: Results, rounds: number): Promise<void> {
  for (const rate of RATES) {
    await page.throttle(rate);
    for (let round = 0; round < rounds; round++) {
      console.log(`CPU ×${rate}, round ${round + 1} of ${rounds}`);
      for (const board of BOARDS) {
        await page.unmount();
        results.addTick(board, rate, "", await page.tickCost());
        for (const name of [DOT, ...LIBRARIES, ...board === "minutes" ? [`${OURS}, breathing`] : []]) {
          await page.mount(board, name);
          results.addTick(board, rate, name, await page.tickCost());
          results.addStand(board, rate, name, await page.stand());
          if (board === "candles") results.addPan(rate, name, await page.pan());
          await page.unmount();
        }
      }
    }
  }
  await page.throttle(1);
}

async function measureMemory(page: BenchPage, results: Results): Promise<void> {
  for (const name of LIBRARIES) {
    console.log(`An hour of ${name}`);
    await page.mount("candles", name);
    results.growth.set(name, await page.hourGrowth(TICKS_PER_UPDATE[name] ?? 1));
    await page.unmount();
  }
}

async function countCalls(page: BenchPage, results: Results): Promise<void> {
  for (const board of BOARDS) {
    for (const name of [DOT, ...LIBRARIES]) {
      await page.mount(board, name);
      results.calls.set(`${board} ${name}`, await page.callsPerTick());
      if (board === "candles") results.panCalls.set(name, await page.callsPerPanFrame());
      await page.unmount();
    }
  }
}

const { quick = false } = parseArgs({ options: { quick: { type: "boolean" } } }).values;
/** Odd, so that a median is one that was measured. */
const rounds = quick ? 1 : 5;
const folder = new URL(quick ? "../../../build/bench/chart/" : "../../../docs/", import.meta.url);

const script = await bundlePage("tools/bench/chart/page.ts");
const size = await chartSize();
await stopBundler();
const browser = await launchChromium();
try {
  const results = new Results();
  const page = await BenchPage.open(browser, script);
  await measureCosts(page, results, rounds);
  await measureMemory(page, results);
  await page.close();
  const countingPage = await BenchPage.open(browser, script, true);
  await countCalls(countingPage, results);
  const cpuinfo = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  const machine = {
    processor: /^model name\s*:\s*(.+)$/m.exec(cpuinfo)?.[1] ?? Deno.build.arch,
    cores: navigator.hardwareConcurrency,
    chromium: `Chromium ${browser.version()}`,
  };
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(new URL("charts.md", folder), reportOf(results, machine, rounds, size));
  for (const { what, bar, measured, isReached } of barsOf(results)) {
    console.log(`${isReached ? "reached" : "MISSED "}  ${what}: ${measured}, bar ${bar}`);
  }
} finally {
  await browser.close();
}
