/// <reference lib="dom" />
// Fingers on the charts, as a real Chromium reports them.
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { Browser, Request } from "playwright-core";
import { findChromium, launchChromium } from "../testing/chromium.ts";
import { ServerProcess } from "../testing/server_process.ts";
import { type Finger, Phone, until } from "./phone.ts";

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
    await until(
      async () => await phone.screen.locator("stock-chart [class*=cover]").count() === 0,
      5_000,
      "no candles came",
    );
    await still(phone);
    await run(phone);
    assertEquals(phone.faults.filter((fault) => !fault.includes("503")), []);
    await phone.close();
  };
  Deno.test({ name, ignore, sanitizeOps: false, sanitizeResources: false, fn });
}

/** The foot of the lowest pane: columns of finished days, which no tick changes. */
const foot = (phone: Phone) => phone.chartPart(0, 0.92, 0.5, 0.995);

function drag(from: number, to: number, steps = 10): Finger[][] {
  const places = Array.from({ length: steps + 1 }, (_, i): Finger[] => [[from + (to - from) * i / steps, Y]]);
  return [...places, []];
}

/** Looks at a chart that have to be the same one after another; a busy browser may draw nothing between two. */
const STILL_LOOKS = 3;

/** Waits until the chart stands still, and gives its foot. */
async function still(phone: Phone): Promise<string> {
  let [before, equal] = ["", 0];
  await until(
    async () => {
      const now = await foot(phone);
      equal = now === before ? equal + 1 : 0;
      before = now;
      return equal === STILL_LOOKS;
    },
    5_000,
    "the chart never stands still",
  );
  return before;
}

scene("a chart that is flung runs on, loads what is older, and no tick moves what is looked at", async (phone) => {
  let [asked, answered] = [0, 0];
  const isPage = (request: Request) => request.url().includes("before=");
  phone.page.on("request", (request) => asked += isPage(request) ? 1 : 0);
  phone.page.on("requestfinished", (request) => answered += isPage(request) ? 1 : 0);
  const atNewest = await foot(phone);
  // To a busy browser a finger may seem to rest before it is lifted, and then the chart must not run on.
  let ranOn = false;
  for (let i = 0; i < 6 && !ranOn; i++) {
    await phone.touch(drag(60, 340));
    const letGo = await foot(phone);
    ranOn = await still(phone) !== letGo;
  }
  assert(ranOn, "it did not run on");
  assertNotEquals(await foot(phone), atNewest);
  for (let i = 0; i < 6 && asked === 0; i++) await phone.touch(drag(40, 360, 4));
  await until(() => Promise.resolve(asked > 0), 5_000, "nothing older was asked for");
  // What is older comes into view while the chart still runs, and changes what is there: both have to be over.
  let looked = "";
  for (let before = -1; before !== asked; looked = await still(phone)) {
    before = asked;
    await until(() => Promise.resolve(answered === asked), 10_000, "what is older did not come");
  }
  const price = await phone.screen.locator(".price").first().innerText();
  await until(
    async () => await phone.screen.locator(".price").first().innerText() !== price,
    15_000,
    "the price does not move",
  );
  assertEquals(await still(phone), looked);
  await phone.touch([[[150, Y]], [], [[150, Y]], []], 40);
  assertNotEquals(await still(phone), looked, "a double tap does not go back to the newest");
});

scene("two fingers make the candles wider about their middle, and the page stays as it is", async (phone) => {
  const before = await still(phone);
  const apart = (px: number): Finger[] => [[180 - px, Y], [220 + px, Y]];
  await phone.touch([[[180, Y]], ...[0, 5, 15, 30, 50, 70].map(apart), []]);
  assertNotEquals(await still(phone), before);
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
  await until(async () => await figures.first().innerText() !== first, 2_000, "the reading does not follow the finger");
  const scrolled = await phone.screen.locator(".page-scroller").first().evaluate((scroller) => scroller.scrollTop);
  assertEquals(scrolled, 0);
  await phone.touch([[]]);
  await until(async () => await figures.count() === 0, 6_000, "the reading stays for ever");
});

scene("a touch changes the pane below the candles, and the choice is kept", async (phone) => {
  const chart = await phone.screen.locator("canvas").first().boundingBox();
  assert(chart);
  const paneAt = (share: number): Finger[] => [[200, chart.y + chart.height * share]];
  const before = await still(phone);
  await phone.touch([paneAt(0.95), []], 60);
  assertNotEquals(await still(phone), before);
  const changed = await still(phone);
  await phone.page.reload();
  await phone.screen.locator(".tools").waitFor();
  await until(async () => await foot(phone) === changed, 10_000, "another pane is shown");
});

scene("the chart opens on the whole screen, held sideways, with the same choices, and closes again", async (phone) => {
  await phone.page.setViewportSize({ width: 1280, height: 800 });
  await phone.screen.getByText("全屏", { exact: true }).tap();
  await phone.screen.locator(".whole").waitFor();
  const chart = await phone.screen.locator("canvas").first().boundingBox();
  assert(chart && chart.width > 2 * chart.height, "it is not wider than high");
  await until(async () => (await phone.ink()).pixels > 4_000, 5_000, "the chart has no ink");
  assertEquals(await phone.screen.locator(".tab-chosen").innerText(), "日K");
  await phone.screen.locator(".leave").tap();
  await phone.screen.locator(".chart-card").waitFor();
});

scene("in an upright window the whole screen lies on its side, and a finger reads what is under it", async (phone) => {
  await phone.screen.getByText("全屏", { exact: true }).tap();
  await phone.screen.locator(".whole").waitFor();
  const chart = await phone.screen.locator("canvas").first().boundingBox();
  assert(chart && chart.height > 2 * chart.width, "it is not turned");
  await until(async () => (await phone.ink()).pixels > 4_000, 5_000, "the chart has no ink");
  const date = phone.screen.locator("stock-chart [aria-live=polite] > *").first();
  // The time goes down the window now, and prices rise to its right.
  await phone.touch(Array.from({ length: 10 }, (): Finger[] => [[200, 300]]), 60);
  const first = await date.innerText();
  await phone.touch([230, 260].map((x): Finger[] => [[x, 300]]));
  assertEquals(await date.innerText(), first);
  await phone.touch([330, 360, 400].map((y): Finger[] => [[260, y]]));
  await until(async () => await date.innerText() > first, 2_000, "the reading does not follow the finger");
  await phone.touch([[]]);
  await phone.screen.locator(".leave").tap();
  await phone.screen.locator(".chart-card").waitFor();
});
