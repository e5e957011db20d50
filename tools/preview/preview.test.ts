import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { build } from "../build/build.ts";
import { stopBundler } from "../build/bundler.ts";
import { previewBundle } from "../build/preview_bundle.ts";
import { findChromium, launchChromium } from "../testing/chromium.ts";
import type { PreviewHooks } from "./host/hooks.ts";
import { type FixtureServer, serveFixture } from "./testing/fixture_server.ts";

declare global {
  var __tickwire_preview: PreviewHooks;
}

const ROOT = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");
const OUTPUT = "build/preview-fixture";
const PHONE: BrowserContextOptions = { viewport: { width: 375, height: 700 }, hasTouch: true, deviceScaleFactor: 2 };
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, deviceScaleFactor: 1 };

const ignore = findChromium() === null;

const TEST_LIMIT_MS = 15_000;

/** The methods a SocketTask has on a phone, and no others. */
const SOCKET_TASK_METHODS = ["close", "onClose", "onError", "onMessage", "onOpen", "send"];

interface Visit {
  page: Page;
  server: FixtureServer;
  /** Errors of the page so far. */
  faults: string[];
}

let browser: Browser;
let server: FixtureServer;

Deno.test.beforeAll(async () => {
  if (ignore) return;
  await build(ROOT, [previewBundle({ source: "tools/preview/testdata/fixture", output: OUTPUT })], () => {});
  await stopBundler();
  server = serveFixture(`${ROOT}/${OUTPUT}`);
  browser = await launchChromium();
});

Deno.test.afterAll(async () => {
  if (ignore) return;
  await browser.close();
  await server[Symbol.asyncDispose]();
});

/** A test that opens the fixture. The page must end without an error unless `allowsFaults`. */
function visit(
  name: string,
  run: (visit: Visit) => Promise<void>,
  { query = "", options = PHONE, allowsFaults = false } = {},
): void {
  const test = async () => {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(5_000);
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(error.message));
      page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
      await page.goto(server.url + query);
      await within(TEST_LIMIT_MS, run({ page, server, faults }));
      if (!allowsFaults) assertEquals(faults, []);
    } finally {
      await context.close();
    }
  };
  Deno.test({ name, ignore, sanitizeOps: false, sanitizeResources: false, fn: test });
}

/** A test that waits for what never happens fails instead of holding up the others. */
async function within(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the test took longer than ${limitMs} ms`)), limitMs);
  });
  await Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/** The page that is shown. */
function shown(page: Page) {
  return page.locator(".page-frame:not([hidden])");
}

/** Waits until the text of an element is as expected. */
async function hasText(page: Page, selector: string, text: string | RegExp): Promise<void> {
  await shown(page).locator(selector).filter({ hasText: text }).first().waitFor();
}

visit("a page renders with its components, WXS and styles", async ({ page }) => {
  assertEquals(await page.locator("quote-row").count(), 3);
  assertStringIncludes(await page.locator("quote-row").first().innerText(), "+1.25%");
  const card = page.locator(".card").first();
  assertEquals(await card.evaluate((element) => getComputedStyle(element).marginTop), "12px");
  assertEquals(await page.locator("quote-row .quote-row--row").count(), 3);
});

visit("a socket opens at the launch query's server and names its protocol in the header only", async ({ page }) => {
  await hasText(page, ".protocol", "fixture.v1");
  await hasText(page, ".ticks", /[1-9]/);
  const methods = await page.evaluate(() => {
    const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
    return Object.keys(wx.connectSocket({ url: `ws://${location.host}/ws` }));
  });
  assertEquals(methods.sort(), SOCKET_TASK_METHODS);
});

visit("an event of a component reaches the page", async ({ page }) => {
  await page.locator("quote-row").nth(1).locator("wx-text").first().tap();
  await page.locator("quote-row").nth(1).locator(".quote-row--on").waitFor();
});

visit("a picker changes what it picks", async ({ page }) => {
  await page.locator("wx-picker").tap();
  await page.getByRole("option", { name: "5 分" }).tap();
  await hasText(page, "wx-picker", "5 分");
});

visit("a caught tap opens a page with its parameters as properties", async ({ page }) => {
  await page.locator("wx-button").nth(1).tap();
  await hasText(page, ".symbol", "000001.SZ");
  assertEquals(await page.locator("#nav-title").innerText(), "000001.SZ");
  assertEquals(await page.evaluate(() => __tickwire_preview.getCurrentPages().length), 2);
  assertEquals(await page.locator("quote-row .quote-row--on").count(), 1, "the row itself was not tapped");
  await shown(page).locator(".back").tap();
  await page.waitForFunction(() => __tickwire_preview.getCurrentPages().length === 1);
  assertEquals(await page.locator("#nav-title").innerText(), "行情");
});

visit("tabs keep their pages, and storage lasts", async ({ page }) => {
  await page.locator("wx-button").first().tap();
  await page.locator("#nav-back").tap();
  await page.locator("wx-picker").tap();
  await page.getByRole("option", { name: "日" }).tap();
  await page.getByRole("tab", { name: "关于" }).tap();
  await hasText(page, ".last", "600519.SH");
  await page.getByRole("tab", { name: "行情" }).tap();
  await hasText(page, "wx-picker", "日");
});

visit("a navigator opens its page", async ({ page }) => {
  await page.getByRole("tab", { name: "关于" }).tap();
  await shown(page).locator(".link").tap();
  await hasText(page, ".symbol", "000001.SZ");
});

visit("reLaunch starts anew", async ({ page }) => {
  await hasText(page, ".status", "open");
  await page.evaluate(() => (__tickwire_preview.wx as WechatMiniprogram.Wx).reLaunch({ url: "/pages/about/index" }));
  await hasText(page, ".last", "");
  assertEquals(await page.locator(".page-frame").count(), 1);
});

visit("a canvas node has the phone's resolution and draws", async ({ page }) => {
  const canvas = page.locator("canvas");
  assertEquals(await canvas.evaluate((node: HTMLCanvasElement) => [node.width, node.height]), [750, 320]);
  await page.waitForFunction(() => {
    const canvas = document.querySelector("canvas");
    return canvas?.getContext("2d")?.getImageData(100, 100, 1, 1).data[2] === 217;
  });
});

visit("touches on a canvas carry coordinates relative to it", async ({ page }) => {
  const box = await page.locator("canvas").boundingBox();
  if (!box) throw new Error("the canvas has no box");
  await page.touchscreen.tap(box.x + 30, box.y + 40);
  const touches = await page.evaluate(() => __tickwire_preview.getCurrentPages()[0]?.touches) as {
    x: number;
    y: number;
  }[];
  assertEquals(touches.map(({ x, y }) => [Math.round(x), Math.round(y)]), [[30, 40]]);
});

visit("modules see none of the browser's globals", async ({ page }) => {
  const seen = await page.evaluate(() => {
    const [market] = __tickwire_preview.getCurrentPages() as unknown as [
      { visibleGlobals(): string[]; functionStub(): object },
    ];
    return { globals: market.visibleGlobals(), global: Object.keys(market.functionStub()) };
  });
  assertEquals(seen, { globals: [], global: [] });
});

visit("what wx does not offer throws by name", async ({ page }) => {
  const message = await page.evaluate(() => {
    const wx = __tickwire_preview.wx as Record<string, () => void>;
    try {
      return String(wx.chooseVideo);
    } catch (error) {
      return (error as Error).message;
    }
  });
  assertMatch(message, /wx\.chooseVideo is not offered/);
  const can = await page.evaluate(() => {
    const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
    return [wx.canIUse("connectSocket"), wx.canIUse("chooseVideo")];
  });
  assertEquals(can, [true, false]);
});

visit("a sixth socket is refused, and an ended one makes room", async ({ page, server }) => {
  await hasText(page, ".status", "open");
  const outcomes = await page.evaluate(async () => {
    const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
    const url = `ws://${location.host}/ws`;
    const open = () =>
      new Promise<string>((resolve) => {
        const task = wx.connectSocket({ url, fail: ({ errMsg }) => resolve(errMsg) });
        task.onOpen(() => resolve("open"));
        tasks.push(task);
      });
    const tasks: WechatMiniprogram.SocketTask[] = [];
    // The page itself holds the first socket.
    const results = [await open(), await open(), await open(), await open(), await open()];
    await new Promise<void>((resolve) => {
      tasks[0]?.onClose(() => resolve());
      tasks[0]?.close({ code: 1000 });
    });
    return [...results, await open()];
  });
  assertEquals(outcomes.slice(0, 4), ["open", "open", "open", "open"]);
  assertMatch(outcomes[4] ?? "", /connectSocket:fail exceed max concurrent sockets, 5/);
  assertEquals(outcomes[5], "open");
  assertEquals(server.sockets.size, 5);
});

visit("a socket sends text and bytes and reports the server's close", async ({ page, server }) => {
  server.received.length = 0;
  const result = await page.evaluate(() => {
    const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
    const task = wx.connectSocket({ url: `ws://${location.host}/ws` });
    return new Promise((resolve) => {
      task.onOpen(() => {
        task.send({ data: new Uint8Array([1, 2, 3]).buffer });
        task.send({ data: { a: 1 } as unknown as string, fail: ({ errMsg }) => task.send({ data: errMsg }) });
        setTimeout(() => task.send({ data: "close" }), 50);
      });
      task.onClose(({ code, reason }) =>
        task.send({ data: "late", fail: ({ errMsg }) => resolve([code, reason, errMsg]) })
      );
    });
  });
  assertEquals(result, [4001, "drain", "sendSocketMessage:fail SocketTask.readyState is not OPEN"]);
  assertEquals(server.received, [3, "sendSocketMessage:fail data must be a string or an ArrayBuffer", "close"]);
});

visit("in the background the phone freezes and the socket drops without onClose", async ({ page, server }) => {
  await hasText(page, ".status", "open");
  await page.evaluate(() => {
    const { lifecycle } = __tickwire_preview;
    lifecycle.freezeAfterMs = 50;
    lifecycle.background();
  });
  await page.waitForFunction(() => __tickwire_preview.lifecycle.isFrozen);
  assertEquals(await page.evaluate(() => __tickwire_preview.sockets.count), 0);
  await page.evaluate(() => __tickwire_preview.lifecycle.foreground());
  await page.waitForTimeout(100);
  assertEquals(await shown(page).locator(".status").innerText(), "open", "nobody was told");
  assertEquals(server.sockets.size, 0);
  const log = await page.evaluate(() => (__tickwire_preview.getApp().globalData as { log: string[] }).log);
  assertEquals(log, ["launch", "show", "hide", "show"]);
});

visit("a phone that does report the drop can be had too", async ({ page }) => {
  await hasText(page, ".status", "open");
  await page.evaluate(() => {
    const { lifecycle, sockets } = __tickwire_preview;
    sockets.reportsDroppedSockets = true;
    lifecycle.background();
    lifecycle.freeze();
    lifecycle.foreground();
  });
  await hasText(page, ".status", "closed 1006");
});

visit("offline, sockets end, and the mini-program is told", async ({ page }) => {
  await hasText(page, ".status", "open");
  const seen = await page.evaluate(async () => {
    const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
    const statuses: boolean[] = [];
    wx.onNetworkStatusChange(({ isConnected }) => statuses.push(isConnected));
    __tickwire_preview.network.goOffline();
    const failure = await new Promise((resolve) => {
      wx.connectSocket({ url: `ws://${location.host}/ws` }).onError(({ errMsg }) => resolve(errMsg));
    });
    __tickwire_preview.network.goOnline();
    return { statuses, failure };
  });
  assertEquals(seen, { statuses: [false, true], failure: "connectSocket:fail network is down" });
  await hasText(page, ".status", "closed 1006");
});

visit("a stalled network delivers nothing and says nothing", async ({ page }) => {
  await hasText(page, ".ticks", /[1-9]/);
  const [before, after, status] = await page.evaluate(async () => {
    __tickwire_preview.network.isStalled = true;
    const text = (selector: string) => document.querySelector<HTMLElement>(selector)?.innerText;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = text(".ticks");
    await new Promise((resolve) => setTimeout(resolve, 300));
    return [before, text(".ticks"), text(".status")];
  });
  assertEquals([after, status], [before, "open"]);
});

visit("setData counts, drops what is undefined and refuses functions", async ({ page }) => {
  const result = await page.evaluate(() => {
    const [market] = __tickwire_preview.getCurrentPages() as unknown as [
      { setData(data: unknown): void; data: Record<string, unknown> },
    ];
    __tickwire_preview.resetStats();
    market.setData({ active: "a", ticks: undefined });
    const { setDataCount, setDataBytes } = __tickwire_preview.stats;
    let refusal = "";
    try {
      market.setData({ quotes: [{ symbol: () => 1 }] });
    } catch (error) {
      refusal = (error as Error).message;
    }
    return { active: market.data.active, hasTicks: typeof market.data.ticks, setDataCount, setDataBytes, refusal };
  });
  assertEquals(result, {
    active: "a",
    hasTicks: "number",
    setDataCount: 1,
    setDataBytes: '{"active":"a"}'.length,
    refusal: 'setData cannot carry a function ("symbol"). Keep it on the instance instead.',
  });
});

visit("controls report what the visitor does", async ({ page }) => {
  await page.locator("wx-input input").fill("乙");
  await hasText(page, ".state", "输入 乙");
  await page.locator("wx-input input").press("Enter");
  await hasText(page, ".state", "确认 乙");
  await page.locator("wx-switch").tap();
  await hasText(page, ".state", "开关 true");
  await page.locator("wx-slider input").fill("5");
  await hasText(page, ".state", "滑块 5");
  await page.locator("wx-radio").nth(1).tap();
  await hasText(page, ".state", "单选 绿");
  await page.getByText("通知").tap();
  await hasText(page, ".state", "开关 false");
}, { query: "?path=pages/controls/index" });

visit("an intersection observer tells when something comes into view", async ({ page }) => {
  const seen = () => page.evaluate(() => __tickwire_preview.getCurrentPages()[0]?.seen);
  await page.waitForTimeout(100);
  assertEquals(await seen(), []);
  await page.locator(".page-scroller").evaluate((element) => element.scrollTo(0, 5_000));
  await page.waitForFunction(() => (__tickwire_preview.getCurrentPages()[0]?.seen as number[]).length === 1);
}, { query: "?path=pages/controls/index" });

visit("a page opens by its address, with parameters and a way home", async ({ page }) => {
  await hasText(page, ".symbol", "300750.SZ");
  const query = await page.evaluate(() => (__tickwire_preview.wx as WechatMiniprogram.Wx).getLaunchOptionsSync().query);
  assertEquals(query, { server: `${server.url.replace("http", "ws")}ws`, symbol: "300750.SZ" });
  await page.locator("#nav-home").tap();
  await page.locator("quote-row").first().waitFor();
}, { query: "?path=pages/detail/index&symbol=300750.SZ" });

visit("a page that does not exist is told in place of a blank screen", async ({ page, faults }) => {
  await page.getByText('The mini-program has no page "pages/nope"').waitFor();
  assertEquals(faults.length, 1);
}, { query: "#pages/nope", allowsFaults: true });

visit("the theme follows the switch, in styles, bars and wx", async ({ page }) => {
  const look = () =>
    page.evaluate(() => ({
      page: getComputedStyle(document.querySelector(".wx-page-body") as Element).backgroundColor,
      bar: getComputedStyle(document.querySelector("#nav-bar") as Element).backgroundColor,
      theme: (__tickwire_preview.wx as WechatMiniprogram.Wx).getAppBaseInfo().theme,
    }));
  assertEquals(await look(), { page: "rgb(245, 246, 248)", bar: "rgb(255, 255, 255)", theme: "light" });
  await page.getByRole("button", { name: "深色" }).click();
  assertEquals(await look(), { page: "rgb(16, 17, 19)", bar: "rgb(23, 24, 26)", theme: "dark" });
}, { options: DESKTOP });

visit("on a desktop all lengths are relative to the framed phone", async ({ page }) => {
  const sizes = await page.evaluate(() => {
    const { windowWidth, screenHeight, statusBarHeight } = (__tickwire_preview.wx as WechatMiniprogram.Wx)
      .getWindowInfo();
    const floating = document.querySelector(".floating") as HTMLElement;
    return {
      ...{ windowWidth, screenHeight, statusBarHeight },
      margin: getComputedStyle(document.querySelector(".card") as Element).marginTop,
      floating: floating.offsetWidth,
    };
  });
  assertEquals(sizes, { windowWidth: 375, screenHeight: 812, statusBarHeight: 44, margin: "12px", floating: 188 });
}, { options: DESKTOP });

visit("a mouse taps and touches like a finger", async ({ page }) => {
  await page.locator("quote-row").nth(2).click();
  await page.locator("quote-row").nth(2).locator(".quote-row--on").waitFor();
  const box = await page.locator("canvas").boundingBox();
  if (!box) throw new Error("the canvas has no box");
  await page.mouse.move(Math.ceil(box.x) + 10, Math.ceil(box.y) + 20);
  await page.mouse.down();
  const touches = await page.evaluate(() => __tickwire_preview.getCurrentPages()[0]?.touches) as {
    x: number;
    y: number;
  }[];
  assertEquals(touches.map(({ x, y }) => [Math.floor(x), Math.floor(y)]), [[10, 20]]);
}, { options: DESKTOP });

visit("a low window shrinks the phone, and the mini-program does not notice", async ({ page }) => {
  const canvas = page.locator("canvas");
  const box = await canvas.boundingBox();
  if (!box) throw new Error("the canvas has no box");
  assert(box.width < 330, `the canvas is drawn ${box.width} px wide`);
  const scale = box.width / 375;
  const size = await canvas.evaluate((node: HTMLCanvasElement) => [node.width, node.height]);
  assertEquals(size, [375, 160]);
  await page.mouse.move(box.x + 300 * scale, box.y + 80 * scale);
  await page.mouse.down();
  const touches = await page.evaluate(() => __tickwire_preview.getCurrentPages()[0]?.touches) as {
    x: number;
    y: number;
  }[];
  const [x = 0, y = 0] = [touches[0]?.x, touches[0]?.y];
  assert(Math.abs(x - 300) < 1.5 && Math.abs(y - 80) < 1.5, `the touch is at ${x}, ${y}`);
  assertEquals(
    await page.evaluate(() => (__tickwire_preview.wx as WechatMiniprogram.Wx).getWindowInfo().screenTop),
    88,
  );
}, { options: { viewport: { width: 1280, height: 720 } } });

visit("turning the wheel with Ctrl held pinches with two fingers", async ({ page }) => {
  await page.locator("canvas").hover();
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -60);
  await page.waitForFunction(() => (__tickwire_preview.getCurrentPages()[0]?.touches as unknown[]).length === 2);
}, { options: DESKTOP });

visit("a long press is no tap", async ({ page }) => {
  const box = await page.locator("quote-row").nth(2).boundingBox();
  if (!box) throw new Error("the row has no box");
  await page.mouse.move(box.x + 40, box.y + 20);
  await page.mouse.down();
  await page.waitForFunction(() => __tickwire_preview.getCurrentPages()[0]?.data.status === "long");
  await page.mouse.up();
  assertEquals(await page.locator("quote-row").nth(2).locator(".quote-row--on").count(), 0);
}, { options: DESKTOP });

visit("the buttons beside the phone drive network and background", async ({ page }) => {
  await hasText(page, ".status", "open");
  await page.getByRole("button", { name: "断网" }).click();
  await hasText(page, ".status", "closed 1006");
  assertEquals(await page.locator("#control-offline").getAttribute("aria-pressed"), "true");
  await page.getByRole("button", { name: "切到后台" }).click();
  await page.locator("#background-cover").click();
  assertEquals(await page.locator("#background-cover").isHidden(), true);
}, { options: DESKTOP });

visit("dialogs answer by callback or by promise", async ({ page }) => {
  const modal = page.evaluate(() => (__tickwire_preview.wx as WechatMiniprogram.Wx).showModal({ title: "删除？" }));
  await page.getByRole("button", { name: "确定" }).tap();
  assertEquals((await modal).confirm, true);
  const sheet = page.evaluate(() =>
    new Promise<string>((resolve) => {
      const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
      wx.showActionSheet({ itemList: ["甲", "乙"], fail: ({ errMsg }) => resolve(errMsg) });
    })
  );
  await page.getByRole("button", { name: "取消" }).tap();
  assertEquals(await sheet, "showActionSheet:fail cancel");
});

visit("a request carries its data and reads JSON", async ({ page }) => {
  const results = await page.evaluate(async () => {
    const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
    const ask = (option: object) =>
      new Promise((resolve) =>
        wx.request({
          url: `${location.origin}/echo`,
          ...option,
          success: ({ statusCode, data }) => resolve([statusCode, data]),
        })
      );
    return [await ask({ data: { a: 1 } }), await ask({ method: "POST", data: { a: 1 } })];
  });
  assertEquals(results, [
    [201, { method: "GET", search: "?a=1", body: "" }],
    [201, { method: "POST", search: "", body: '{"a":1}' }],
  ]);
});
