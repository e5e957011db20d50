/// <reference lib="dom" />
// The whole product as a visitor meets it: the real server, the built preview, a real Chromium.
import { assert, assertEquals, assertLess, assertMatch } from "@std/assert";
import type { Browser } from "playwright-core";
import { findChromium, launchChromium } from "../testing/chromium.ts";
import { portToReturnTo, ServerProcess } from "../testing/server_process.ts";
import { until } from "../testing/until.ts";
import type { PreviewHooks } from "../preview/host/hooks.ts";
import type { Finger } from "./hand.ts";
import { Phone } from "./phone.ts";

declare global {
  var __tickwire_preview: PreviewHooks;
}

const ignore = findChromium() === null;
/** Prices that move often, so that nobody waits long for one. */
const FLAGS = ["--seed", "20261120", "--speed", "10"];

let browser: Browser;
let shared: ServerProcess;

Deno.test.beforeAll(async () => {
  if (ignore) return;
  browser = await launchChromium();
  shared = await ServerProcess.start(FLAGS);
});

Deno.test.afterAll(async () => {
  if (ignore) return;
  await browser.close();
  await shared.stop();
});

/** A test beside others on one server. */
function scene(name: string, run: (url: string) => Promise<void>): void {
  const fn = () => run(urlOf(shared));
  Deno.test({ name, ignore, sanitizeOps: false, sanitizeResources: false, fn });
}

/** A test with a server of its own, so that it may stall or kill it. */
function sceneOfOne(name: string, flags: readonly string[], run: (server: ServerProcess) => Promise<void>): void {
  const fn = async () => {
    await using server = await ServerProcess.start(flags);
    await run(server);
  };
  Deno.test({ name, ignore, sanitizeOps: false, sanitizeResources: false, fn });
}

function urlOf({ port }: ServerProcess): string {
  return `http://127.0.0.1:${port}/`;
}

scene("a visitor sees the watchlist move, opens a stock with its chart, and comes back", async (url) => {
  const phone = await Phone.open(browser, url);
  await phone.untilLive();
  assertMatch(await phone.badge(), /实时/);
  await phone.untilPriceMoves();
  await phone.screen.locator(".row").nth(2).tap();
  await phone.screen.locator(".head .price").waitFor();
  await until(async () => (await phone.ink()).pixels > 3_000, 5_000, "the chart has no ink");
  const { reached, scrolled } = await phone.screen.locator(".page-scroller").first().evaluate((scroller) => ({
    reached: scroller.querySelector(".chart-card")!.getBoundingClientRect().bottom / innerHeight,
    scrolled: scroller.scrollHeight - scroller.clientHeight,
  }));
  assert(
    reached > 0.85 && scrolled <= 1,
    `chart and book end at ${reached} of the screen, ${scrolled} px lie below it`,
  );
  const before = await phone.chartHash();
  await until(async () => await phone.chartHash() !== before, 5_000, "the chart does not grow");
  const price = await phone.screen.locator(".head .price").innerText();
  await until(
    async () => await phone.screen.locator(".head .price").innerText() !== price,
    10_000,
    "the stock's price does not move",
  );
  await phone.page.locator("[aria-label*=返回], [aria-label*=Back], [aria-label*=back]").first().tap();
  await phone.screen.locator(".row").first().waitFor();
  await phone.untilPriceMoves();
  assertEquals(phone.faults, []);
  await phone.close();
});

scene("a chart has the pixels of its place, whatever turns out to stand around it", async (url) => {
  for (const [symbol, period] of [["600519.SH", "五日"], ["000001.SH", "分时"]] as const) {
    const phone = await Phone.open(browser, `${url}?path=stock/pages/stock/index&symbol=${symbol}`);
    await phone.screen.getByText(period, { exact: true }).tap();
    // The period is kept, so the page now opens with it before it knows what the symbol is.
    await phone.page.reload();
    await phone.screen.locator(".head .time:not(:empty)").waitFor();
    const sizes = () =>
      phone.screen.locator("canvas").first().evaluate((
        { width, height, clientWidth, clientHeight }: HTMLCanvasElement,
      ) => ({
        drawn: [width, height].join(" × "),
        shown: [clientWidth, clientHeight].map((length) => Math.round(length * devicePixelRatio)).join(" × "),
      }));
    const fits = async () => {
      const { drawn, shown } = await sizes();
      return drawn === shown;
    };
    await until(fits, 3_000, `the ${period} of ${symbol} is drawn in another size than it is shown in`);
    await phone.close();
  }
});

scene("what the crosshair reads has room on the smallest screen, in the longer language", async (url) => {
  const phone = await Phone.open(browser, `${url}?path=stock/pages/stock/index&symbol=600519.SH`);
  await phone.page.setViewportSize({ width: 320, height: 640 });
  for (const period of ["day", "minute"]) {
    const settings = JSON.stringify({ data: { language: "en", period } });
    await phone.page.evaluate((text) => localStorage.setItem("mini-program:settings", text), settings);
    await phone.page.reload();
    const covers = phone.screen.locator("stock-chart [class*=cover]");
    await phone.screen.locator(".head .time:not(:empty)").waitFor();
    await until(async () => await covers.count() === 0, 10_000, "no candles came");
    const items = phone.screen.locator("stock-chart [aria-live=polite] > *");
    const { x, y, height } = (await phone.screen.locator("canvas").first().boundingBox())!;
    await phone.touch(Array.from({ length: 9 }, (): Finger[] => [[x + 40, y + height / 4]]), 60);
    await items.first().waitFor();
    const boxes = await items.evaluateAll((nodes) =>
      nodes.map((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        const bar = node.parentElement!.getBoundingClientRect();
        return { text: node.textContent, left, right, top: top - bar.top, below: bottom - bar.bottom, end: bar.right };
      })
    );
    await phone.touch([[]]);
    boxes.forEach(({ text, right, top, below, end }, i) => {
      const next = boxes.slice(i + 1).find((other) => Math.abs(other.top - top) < 1);
      assert(top >= 0 && below <= 0, `${period}: ${text} is cut off`);
      assert(right <= (next?.left ?? end), `${period}: ${text} runs into ${next?.text ?? "the edge"}`);
    });
  }
  await phone.close();
});

scene("trades that a reader has scrolled to stay, while others are counted above them", async (url) => {
  const phone = await Phone.open(browser, `${url}?path=stock/pages/stock/index&symbol=300750.SZ`);
  const list = phone.screen.locator("trade-list wx-scroll-view");
  await until(() => list.evaluate((node) => node.scrollHeight > node.clientHeight + 60), 10_000, "few trades came");
  await list.evaluate((node) => node.scrollTo(0, 60));
  const notice = phone.screen.getByText(/笔新成交/);
  const count = await notice.innerText();
  const place = await list.evaluate((node) => [node.scrollTop, node.textContent]);
  assert(Number(place[0]) >= 60, `the list jumped to ${place[0]}`);
  await until(async () => await notice.innerText() !== count, 10_000, "nothing more is counted");
  assertEquals(await list.evaluate((node) => [node.scrollTop, node.textContent]), place);
  await notice.tap();
  await until(() => list.evaluate((node) => node.scrollTop === 0), 2_000, "the newest trades are not shown");
  await phone.close();
});

scene("nothing stays behind of the stocks that were looked at", async (url) => {
  const phone = await Phone.open(browser, url);
  await phone.untilLive();
  for (const [row, period] of ["五日", "日K", "分时"].entries()) {
    await phone.screen.locator(".row").nth(row).tap();
    await phone.screen.getByText(period, { exact: true }).tap();
    await until(async () => (await phone.ink()).pixels > 0, 10_000, "the chart has no ink");
    await phone.page.locator("#nav-back").tap();
    await phone.screen.locator(".row").first().waitFor();
  }
  await until(async () => await phone.reachable("HTMLCanvasElement") === 0, 10_000, "canvases are still held");
  assertEquals(await phone.reachable("WebSocket"), 1);
  await phone.close();
});

scene("rows show their day, and scrolled to the end the last ones move", async (url) => {
  const phone = await Phone.open(browser, url);
  await phone.untilLive();
  await phone.screen.locator(".row .spark").first().waitFor();
  const mask = await phone.style(".row .spark", "-webkit-mask-image");
  assertMatch(mask, /^url\("data:image\/svg/);
  await phone.page.locator(".page-frame:not([hidden]) .page-scroller").evaluate((scroller) =>
    scroller.scrollTo(0, 4_000)
  );
  const last = phone.screen.locator(".row .price").last();
  const before = await last.innerText();
  await until(async () => await last.innerText() !== before, 20_000, "the last row's price does not move");
  assertEquals(phone.faults, []);
  await phone.close();
});

scene("a stock is found by its initials, watched, opened, and stands last in the list with its price", async (url) => {
  const phone = await Phone.open(browser, url);
  await phone.untilLive();
  const count = await phone.screen.locator(".row").count();
  await phone.screen.locator(".search").tap();
  await phone.screen.locator("input").pressSequentially("zgsy");
  const best = phone.screen.locator(".row").first();
  await best.getByText("中国石油").waitFor();
  await best.getByRole("switch").tap();
  await until(
    async () => await best.getByRole("switch").getAttribute("aria-checked") === "true",
    2_000,
    "it is not watched",
  );
  await best.getByText("中国石油").tap();
  await phone.screen.locator(".head .price").waitFor();
  const back = phone.page.locator("[aria-label*=返回], [aria-label*=Back], [aria-label*=back]").first();
  await back.tap();
  await phone.screen.locator("input").waitFor();
  await back.tap();
  await phone.screen.locator(".row").nth(count).getByText("中国石油").waitFor();
  await until(async () => !(await phone.prices()).includes("--"), 5_000, "it has no price");
  assertEquals(phone.faults, []);
  await phone.close();
});

scene("the palette is the visitor's choice, and is kept", async (url) => {
  const phone = await Phone.open(browser, url);
  await phone.untilLive();
  const upColour = () => phone.style(".page", "--up");
  const before = await upColour();
  await phone.page.getByRole("tab", { name: "设置" }).tap();
  await phone.screen.getByRole("radio").filter({ hasText: "绿涨红跌" }).tap();
  await phone.page.getByRole("tab", { name: "自选" }).tap();
  await until(async () => await upColour() !== before, 5_000, "the palette is the same");
  const after = await upColour();
  await phone.page.reload();
  await phone.untilLive();
  assertEquals(await upColour(), after);
  assertEquals(phone.faults, []);
  await phone.close();
});

scene("less motion is the visitor's choice, and at first the browser's", async (url) => {
  const phone = await Phone.open(browser, url);
  await phone.untilLive();
  const flashes = () =>
    phone.screen.locator(".row").first().evaluate((row) => {
      row.classList.add("flash-up-0");
      return getComputedStyle(row, "::after").animationDuration;
    });
  const choose = async (motion: string) => {
    await phone.page.getByRole("tab", { name: "设置" }).tap();
    const choice = phone.screen.getByRole("radio").filter({ hasText: motion });
    await choice.tap();
    assertEquals(await choice.getAttribute("aria-checked"), "true");
    await phone.page.reload();
    await phone.untilLive();
  };
  for (
    const [motion, wish, seconds] of [
      ["", "no-preference", "0.7s"],
      ["", "reduce", "0s"],
      ["完整", "reduce", "0.7s"],
      ["减弱", "no-preference", "0s"],
      ["跟随系统", "no-preference", "0.7s"],
    ] as const
  ) {
    await phone.page.emulateMedia({ reducedMotion: wish });
    if (motion) await choose(motion);
    assertEquals(await flashes(), seconds, `${motion} where the browser says ${wish}`);
  }
  assertEquals(phone.faults, []);
  await phone.close();
});

scene("dark mode follows the system", async (url) => {
  const backgrounds: string[] = [];
  for (const scheme of ["light", "dark"] as const) {
    const phone = await Phone.open(browser, url, { colorScheme: scheme });
    await phone.untilLive();
    backgrounds.push(await phone.style(".list", "background-color"));
    await phone.close();
  }
  const [light, dark] = backgrounds.map((colour) => Number(/\d+/.exec(colour)?.[0]));
  assert(light! > 200 && dark! < 60, `light ${light}, dark ${dark}`);
});

sceneOfOne(
  "the rows change by small batches, far below what setData can bear",
  [...FLAGS, "--speed", "1"],
  async (server) => {
    const phone = await Phone.open(browser, urlOf(server));
    await phone.untilLive();
    // What fills the list at first is no batch of changes: it is over when every row has its price and its line.
    const [rows, lines] = [".row", ".row .spark"].map((selector) => phone.screen.locator(selector));
    const isFilled = async () => {
      const [count, drawn] = await Promise.all([rows!.count(), lines!.count()]);
      return count > 0 && drawn === count && !(await phone.prices()).includes("--");
    };
    await until(isFilled, 10_000, "the list was never filled");
    const { count, bytesMax, spanMs } = await phone.page.evaluate(async () => {
      __tickwire_preview.resetStats();
      const startedMs = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      const { setDataCount, setDataBytesMax } = __tickwire_preview.stats;
      return { count: setDataCount, bytesMax: setDataBytesMax, spanMs: performance.now() - startedMs };
    });
    assert(count > 4, `only ${count} calls in ${spanMs} ms`);
    assertLess(count * 1_000 / spanMs, 12, `${count} calls in ${spanMs} ms`);
    assertLess(bytesMax, 4_000, `${bytesMax} bytes in the largest call`);
    await phone.close();
  },
);

sceneOfOne(
  "a server killed and started again: the badge tells, then prices live again without a reload",
  [...FLAGS, "--port", String(portToReturnTo())],
  async (server) => {
    const phone = await Phone.open(browser, urlOf(server));
    await phone.untilLive();
    await server.stop("SIGKILL");
    await until(() => phone.isStale(), 8_000, "nothing is greyed");
    assertMatch(await phone.badge(), /重连|断开|连接/);
    await using _again = await ServerProcess.start([...FLAGS, "--port", String(server.port)]);
    await phone.untilLive(30_000);
    await phone.untilPriceMoves();
    assertEquals(phone.faults, []);
    await phone.close();
  },
);

sceneOfOne("a stalled server: prices are greyed within 7 s, and live again once it goes on", FLAGS, async (server) => {
  const phone = await Phone.open(browser, urlOf(server), { hasFastClock: true });
  await phone.untilLive();
  server.signal("SIGSTOP");
  await phone.pass(7_000);
  assert(await phone.isStale(), "prices of 7 s ago look live");
  server.signal("SIGCONT");
  await phone.untilLive(30_000);
  await phone.untilPriceMoves();
  assertEquals(phone.faults, []);
  await phone.close();
});

scene("a page hidden for a while shows the right prices again when it is shown", async (url) => {
  const phone = await Phone.open(browser, url, { hasFastClock: true });
  await phone.untilLive();
  await phone.page.evaluate(() => __tickwire_preview.lifecycle.background());
  // Longer than the grace after which the client closes, and than the freeze after which a phone drops sockets.
  await phone.pass(6_500);
  assert(await phone.page.evaluate(() => __tickwire_preview.lifecycle.isFrozen));
  const before = await phone.prices();
  await phone.page.evaluate(() => __tickwire_preview.lifecycle.foreground());
  await phone.untilLive();
  await until(async () => (await phone.prices()).join() !== before.join(), 5_000, "the old prices are still shown");
  assertEquals(phone.faults, []);
  await phone.close();
});

scene("a lost network greys the prices at once, and its return brings them back", async (url) => {
  const phone = await Phone.open(browser, url, { hasFastClock: true });
  await phone.untilLive();
  await phone.page.evaluate(() => __tickwire_preview.network.goOffline());
  await phone.pass(1_500);
  assert(await phone.isStale(), "prices look live without a network");
  assertMatch(await phone.badge(), /离线|无网络|网络/);
  await phone.page.evaluate(() => __tickwire_preview.network.goOnline());
  await phone.untilLive(5_000);
  await phone.untilPriceMoves();
  await phone.close();
});
