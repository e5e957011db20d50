// Pages, components and what wx gives them, as the preview runs them.
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { hasText, shown, visitor } from "./testing/visit.ts";

const visit = visitor("pages");

visit("a page renders with its components, WXS and styles", async ({ page }) => {
  assertEquals(await page.locator("quote-row").count(), 3);
  assertStringIncludes(await page.locator("quote-row").first().innerText(), "+1.25%");
  const card = page.locator(".card").first();
  assertEquals(await card.evaluate((element) => getComputedStyle(element).marginTop), "12px");
  assertEquals(await page.locator("quote-row .quote-row--row").count(), 3);
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

visit("what is measured after its page was left has no place, and breaks nothing", async ({ page }) => {
  await page.locator("wx-button").nth(1).tap();
  await hasText(page, ".symbol", "000001.SZ");
  const measured = await page.evaluate(async () => {
    const wx = __tickwire_preview.wx as WechatMiniprogram.Wx;
    const pages = () => __tickwire_preview.getCurrentPages() as WechatMiniprogram.Page.Instance<never, never>[];
    const query = wx.createSelectorQuery().in(pages()[1]!);
    query.select(".symbol").boundingClientRect();
    query.selectAll(".symbol").boundingClientRect();
    await wx.navigateBack();
    while (pages().length > 1) await new Promise(requestAnimationFrame);
    return new Promise((resolve) => query.exec(resolve));
  });
  assertEquals(measured, [null, []]);
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
