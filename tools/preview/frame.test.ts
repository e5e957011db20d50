// The phone around the page: its addresses, themes and sizes, and what mouse and buttons do.
import { assert, assertEquals } from "@std/assert";
import { DESKTOP, hasText, visitor } from "./testing/visit.ts";

const visit = visitor("frame");

visit("a page opens by its address, with parameters and a way home", async ({ page, server }) => {
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

visit("a finger that swipes sideways does not make the browser go back", async ({ page, server }) => {
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number }[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints });
  await page.locator("quote-row").first().waitFor();
  await touch("touchStart", [{ x: 40, y: 300 }]);
  for (let x = 60; x <= 320; x += 20) await touch("touchMove", [{ x, y: 300 }]);
  await touch("touchEnd", []);
  await page.locator("quote-row").nth(1).tap();
  assertEquals(page.url(), server.url);
});

visit("the frame is as wide as its screen, also where it has the row for itself", async ({ page }) => {
  const widths = await page.evaluate(() =>
    ["#device", "#phone"].map((selector) => (document.querySelector(selector) as HTMLElement).offsetWidth)
  );
  assertEquals(widths, [399, 375]);
}, { options: { viewport: { width: 700, height: 900 } } });

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
