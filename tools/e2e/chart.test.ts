/// <reference lib="dom" />
// Fingers on the charts, as a real Chromium reports them.
import { assert, assertEquals } from "@std/assert";
import type { Browser } from "playwright-core";
import { findChromium, launchChromium } from "../testing/chromium.ts";
import { inTime } from "../testing/raw_socket.ts";
import { ServerProcess } from "../testing/server_process.ts";
import { until } from "../testing/until.ts";
import type { Finger, Fingers } from "./hand.ts";
import { Phone } from "./phone.ts";

const ignore = findChromium() === null;
const STOCK = "?path=stock/pages/stock/index&symbol=600519.SH";

/** A height of the screen where the candles are. */
const Y = 330;

let browser: Browser;
let server: ServerProcess;

Deno.test.beforeAll(async () => {
  if (ignore) return;
  browser = await launchChromium();
  // Prices that move often, over a past of more than the page of candles that a chart begins with.
  server = await ServerProcess.start(["--seed", "20261120", "--speed", "20", "--history-days", "300"]);
});

Deno.test.afterAll(async () => {
  if (ignore) return;
  await browser.close();
  await server.stop();
});

/**
 * Whether the candles are drawn where they stay: what covers the chart until they have come is gone, and so is the height
 * that it had beside a book.
 */
async function hasCandles(phone: Phone): Promise<boolean> {
  if (await phone.screen.locator("stock-chart [class*=cover]").count() > 0) return false;
  await phone.drawn();
  const canvas = phone.screen.locator("canvas").first();
  const fits = await canvas.evaluate((node: HTMLCanvasElement) => node.height === node.clientHeight);
  return fits && (await phone.ink()).pixels > 0;
}

/** A test on the day candles of one stock, once they are there. */
function scene(name: string, run: (phone: Phone) => Promise<void>): void {
  const fn = async () => {
    const phone = await Phone.open(browser, `http://127.0.0.1:${server.port}/${STOCK}`);
    // A server that has just started makes its history first, and is asked again meanwhile.
    const loaded = phone.page.waitForResponse(
      (response) => response.url().includes("period=day") && response.status() === 200,
      { timeout: 60_000 },
    );
    await phone.screen.getByText("日K", { exact: true }).tap();
    await loaded;
    await until(() => hasCandles(phone), 10_000, "no candles came");
    await run(phone);
    assertEquals(phone.faults.filter((fault) => !fault.includes("503")), []);
    await phone.close();
  };
  Deno.test({ name, ignore, sanitizeOps: false, sanitizeResources: false, fn });
}

/** The left foot of the lowest pane: lines of finished days, which move with the view and with no tick. */
const foot = (phone: Phone) => phone.chartPart(0, 0.92, 0.5, 0.995);

/** What the lowest pane is called, above its lines; the values behind its name change with every tick. */
const paneName = (phone: Phone) => phone.chartPart(0, 0.81, 0.1, 0.85);

/** Waits until what is looked at is another than it was. */
async function untilOther(look: () => Promise<string>, before: string, complaint: string): Promise<void> {
  await until(async () => await look() !== before, 10_000, complaint);
}

function drag(from: number, to: number, steps = 10): Fingers[] {
  const places = Array.from({ length: steps + 1 }, (_, i): Finger[] => [[from + (to - from) * i / steps, Y]]);
  return [...places, []];
}

/** Drags the candles, and lifts the finger when it has come to rest: they stay where they are. */
async function pull(phone: Phone): Promise<string> {
  const rest = Array.from({ length: 10 }, (): Finger[] => [[360, Y]]);
  await phone.touch([...drag(40, 360, 4).slice(0, -1), ...rest, []]);
  return await foot(phone);
}

scene("a chart that is flung runs on, loads what is older, and no tick moves what is looked at", async (phone) => {
  const [asked, comes] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await phone.page.route(/before=/, async (route) => {
    asked.resolve();
    await comes.promise;
    await route.continue();
  });
  const letGo = await phone.hand.touch(drag(60, 340), 16, () => foot(phone));
  await untilOther(() => foot(phone), letGo, "it does not run on");
  let [before, oldest] = ["", await pull(phone)];
  for (; oldest !== before; oldest = await pull(phone)) before = oldest;
  await inTime(asked.promise, "a question for what is older");
  comes.resolve();
  await untilOther(() => pull(phone), oldest, "what is older does not come");
  const looked = await foot(phone);
  const price = await phone.screen.locator(".price").first().innerText();
  await untilOther(() => phone.screen.locator(".price").first().innerText(), price, "the price does not move");
  assertEquals(await foot(phone), looked);
  await phone.touch([[[150, Y]], [], [[150, Y]], []], 40);
  await untilOther(() => foot(phone), looked, "a double tap does not go back to the newest");
});

scene("two fingers make the candles wider about their middle, and the page stays as it is", async (phone) => {
  const before = await foot(phone);
  const apart = (px: number): Finger[] => [[180 - px, Y], [220 + px, Y]];
  await phone.touch([[[180, Y]], ...[0, 5, 15, 30, 50, 70].map(apart), []]);
  await untilOther(() => foot(phone), before, "they are as wide as before");
  assertEquals(await phone.page.evaluate(() => globalThis.visualViewport?.scale), 1);
});

scene("a finger that rests reads the candle under it, and the page does not scroll meanwhile", async (phone) => {
  const rest = Array.from({ length: 8 }, (): Finger[] => [[200, Y]]);
  await phone.touch([...rest, [[200, Y]]], 60);
  const figures = phone.screen.locator("stock-chart [aria-live=polite] > *");
  await figures.first().waitFor();
  assertEquals(await figures.count(), 8);
  const first = await figures.first().innerText();
  await phone.touch([340, 360, 400, 440].map((y): Finger[] => [[120, y]]));
  await untilOther(() => figures.first().innerText(), first, "the reading does not follow the finger");
  const scrolled = await phone.screen.locator(".page-scroller").first().evaluate((scroller) => scroller.scrollTop);
  assertEquals(scrolled, 0);
  await phone.touch([[]]);
  await until(async () => await figures.count() === 0, 10_000, "the reading stays for ever");
});

scene("a touch changes the pane below the candles, and the choice is kept", async (phone) => {
  const chart = await phone.screen.locator("canvas").first().boundingBox();
  assert(chart);
  const paneAt = (share: number): Finger[] => [[200, chart.y + chart.height * share]];
  const before = await paneName(phone);
  await phone.touch([paneAt(0.95), []]);
  await untilOther(() => paneName(phone), before, "it is the same pane as before");
  const changed = await paneName(phone);
  await phone.page.reload();
  await phone.screen.locator("canvas").first().waitFor();
  await until(async () => await paneName(phone) === changed, 10_000, "another pane is shown");
});

scene("the chart opens on the whole screen, held sideways, with the same choices, and closes again", async (phone) => {
  await phone.page.setViewportSize({ width: 1280, height: 800 });
  await phone.screen.getByText("全屏", { exact: true }).tap();
  await phone.screen.locator(".whole").waitFor();
  const chart = await phone.screen.locator("canvas").first().boundingBox();
  assert(chart && chart.width > 2 * chart.height, "it is not wider than high");
  await until(async () => (await phone.ink()).pixels > 4_000, 10_000, "the chart has no ink");
  assertEquals(await phone.screen.locator(".tab-chosen").innerText(), "日K");
  await phone.screen.locator(".leave").tap();
  await phone.screen.locator(".chart-card").waitFor();
});

scene("in an upright window the whole screen lies on its side, and a finger reads what is under it", async (phone) => {
  await phone.screen.getByText("全屏", { exact: true }).tap();
  await phone.screen.locator(".whole").waitFor();
  const chart = await phone.screen.locator("canvas").first().boundingBox();
  assert(chart && chart.height > 2 * chart.width, "it is not turned");
  await until(async () => (await phone.ink()).pixels > 4_000, 10_000, "the chart has no ink");
  const date = phone.screen.locator("stock-chart [aria-live=polite] > *").first();
  // The time goes down the window now, and prices rise to its right.
  await phone.touch(Array.from({ length: 10 }, (): Finger[] => [[200, 300]]), 60);
  const first = await date.innerText();
  await phone.touch([230, 260].map((x): Finger[] => [[x, 300]]));
  assertEquals(await date.innerText(), first);
  await phone.touch([330, 360, 400].map((y): Finger[] => [[260, y]]));
  await until(async () => await date.innerText() > first, 10_000, "the reading does not follow the finger");
  await phone.touch([[]]);
  await phone.screen.locator(".leave").tap();
  await phone.screen.locator(".chart-card").waitFor();
});
