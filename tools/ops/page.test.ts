/// <reference lib="dom" />
import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { build } from "../build/build.ts";
import { stopBundler } from "../build/bundler.ts";
import { opsBundle } from "../build/ops_bundle.ts";
import { findChromium, launchChromium } from "../testing/chromium.ts";
import { type OpsServer, OpsWorld, serveOps } from "./testing/ops_server.ts";

declare global {
  /** How often the page has shown what it heard: it sets the timer of its next question then, and no other timer. */
  var timesShown: number;
}

const ROOT = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");
const ignore = findChromium() === null;

let browser: Browser;

Deno.test.beforeAll(async () => {
  if (ignore) return;
  await build(ROOT, [opsBundle], () => {});
  await stopBundler();
  browser = await launchChromium();
});

Deno.test.afterAll(async () => {
  if (!ignore) await browser.close();
});

class Visit implements AsyncDisposable {
  readonly faults: string[] = [];

  private constructor(readonly world: OpsWorld, readonly page: Page, private readonly server: OpsServer) {
    page.on("pageerror", ({ message }) => this.faults.push(message));
    page.on("console", (message) => message.type() === "error" && this.faults.push(message.text()));
  }

  /** Opens the page under a clock that stands until {@link seconds} moves it. */
  static async open(world = new OpsWorld(), colorScheme: "light" | "dark" = "light"): Promise<Visit> {
    const server = serveOps(world, `${ROOT}/build/ops`);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme });
    page.setDefaultTimeout(10_000);
    page.setDefaultNavigationTimeout(30_000);
    const visit = new Visit(world, page, server);
    const nowMs = Date.now();
    await page.clock.install({ time: nowMs - 60_000 });
    await page.clock.pauseAt(nowMs);
    await page.addInitScript(() => {
      const { setTimeout } = globalThis;
      globalThis.timesShown = 0;
      globalThis.setTimeout = ((...timer: Parameters<typeof setTimeout>) => {
        globalThis.timesShown++;
        return setTimeout(...timer);
      }) as typeof setTimeout;
    });
    await page.goto(server.url);
    await page.waitForFunction(() => globalThis.timesShown === 1);
    return visit;
  }

  /** Lets some seconds pass, before each of which the world moves on. Each one's answer is shown before the next. */
  async seconds(count: number, move: () => void = () => {}): Promise<void> {
    for (let i = 0; i < count; i++) {
      move();
      const before = await this.page.evaluate(() => globalThis.timesShown);
      await this.page.clock.runFor(1_000);
      await this.page.waitForFunction((before) => globalThis.timesShown > before, before);
    }
  }

  /** What is shown once it is as expected, or the last that was. */
  async shows(selector: string, expected: string): Promise<void> {
    const locator = this.page.locator(selector);
    await locator.filter({ hasText: expected }).first().waitFor().catch(() => {});
    assert((await locator.innerText()).includes(expected), `${selector}: ${await locator.innerText()}`);
  }

  state(): Promise<string | null> {
    return this.page.locator("body").getAttribute("data-state");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.close();
    await this.server[Symbol.asyncDispose]();
  }
}

function test(name: string, run: () => Promise<void>): void {
  Deno.test({ name, ignore, fn: run });
}

test("the page shows what the server does, second by second, without a fault of its own", async () => {
  await using visit = await Visit.open();
  const { page, world } = visit;
  await visit.seconds(5, () => {
    world.connections.set("tickwire.v1.bin", 1_200);
    world.connections.set("tickwire.v1.json", 34);
    world.stats.frames += 400;
    world.stats.updates += 2_000;
    world.stats.ticksMerged += 5_000;
    world.stats.bytesSent += 28_000;
    world.stats.flushLag.record(3);
  });
  await visit.shows("#card-connections", "1,234");
  await visit.shows("#card-connections", "bin 1,200 · json 34 · ≤ 20k");
  await visit.shows("#card-updates", "每帧 per frame 5.00");
  await visit.shows("#card-merge", "2.50");
  await visit.shows("#card-bytes", "每次更新 per update 14 B");
  await visit.shows("#card-flush-lag", "p99");
  await visit.shows("#state", "一切正常");
  assertMatch(await page.locator("#card-frames .figure").innerText(), /^\d+$/);
  assertMatch(await page.locator("#card-frames .line").getAttribute("d") ?? "", /^M[\d.]+ [\d.]+(L[\d.]+ [\d.]+)+/);
  assertMatch(await page.title(), /一切正常 · 1,234 连接/);
  assertMatch(await page.locator("#uptime").innerText(), /1 h 2 min/);
  assertEquals(visit.faults, []);
});

test("closes, resumes and refusals are listed beside what came in the last minute", async () => {
  await using visit = await Visit.open();
  visit.world.stats.closes.add("slow");
  visit.world.refusedHandshakes.add("address_limit");
  await visit.seconds(1, () => visit.world.stats.resumes.add("delta"));
  assertEquals(await visit.page.locator("#table-closes tbody tr").allInnerTexts(), ["4008 slow\t1\t+1"]);
  assertEquals(await visit.page.locator("#table-handshakes tbody th").allInnerTexts(), ["address_limit"]);
  assertEquals(await visit.page.locator("#table-repairs tbody").innerText(), "无 none");
  await visit.seconds(65);
  assertEquals(await visit.page.locator("#table-resumes tbody tr").allInnerTexts(), ["delta\t1\t–"]);
});

test("draining, a silent feed and lateness each have a state, and it ends with its cause", async () => {
  await using visit = await Visit.open();
  const { world } = visit;
  const states: (string | null)[] = [];
  const next = async (change: () => void) => {
    change();
    await visit.seconds(2);
    states.push(await visit.state());
  };
  await next(() => world.isFeedSilent = true);
  await next(() => world.isFeedSilent = false);
  await next(() => Array.from({ length: 50 }, () => world.stats.flushLag.record(400)));
  await visit.seconds(10);
  await next(() => world.isDraining = true);
  assertEquals(states, ["feed_silent", "ok", "late", "draining"]);
});

test("a server that is gone is said to be, its last numbers are not shown as now, and its return is seen", async () => {
  await using visit = await Visit.open();
  const { page } = visit;
  await visit.seconds(3, () => visit.world.stats.frames += 100);
  const colour = () => page.locator("#state").evaluate((state) => getComputedStyle(state).color);
  const well = await colour();
  await page.context().setOffline(true);
  await visit.seconds(1);
  await visit.shows("#state", "连不上服务器");
  assertNotEquals(await colour(), well);
  assertEquals(await page.locator("#card-frames .figure").innerText(), "–");
  assertEquals(await page.locator("#uptime").innerText(), "");
  await page.context().setOffline(false);
  visit.world.restart();
  await visit.seconds(3, () => visit.world.stats.frames += 100);
  await visit.shows("#state", "一切正常");
  assertMatch(await page.locator("#card-frames .figure").innerText(), /^\d+$/);
  assertMatch(await page.locator("#card-frames .line").getAttribute("d") ?? "", /M.*M/, "the line has a gap");
});

test("who loses the right to look is told so", async () => {
  await using visit = await Visit.open();
  visit.world.access = "none";
  await visit.seconds(1);
  await visit.shows("#state", "服务器不许查看指标");
});

test("pointing at one chart shows every number of that moment", async () => {
  await using visit = await Visit.open();
  const { page, world } = visit;
  for (const count of [100, 200, 300]) {
    await visit.seconds(1, () => world.connections.set("tickwire.v1.bin", count));
  }
  await visit.shows("#card-connections .figure", "300");
  const box = await page.locator("#card-memory svg").boundingBox();
  assert(box);
  await page.mouse.move(box.x + box.width * (1 - 1 / 299), box.y + 10);
  await visit.shows("#card-connections .figure", "200");
  await visit.shows("#moment", "1 秒前");
  await page.mouse.move(5, 5);
  await visit.shows("#card-connections .figure", "300");
});

test("light and dark are two sets of colours, and text stands out in both", async () => {
  for (const scheme of ["light", "dark"] as const) {
    await using visit = await Visit.open(new OpsWorld(), scheme);
    const [ground, ink, soft] = await visit.page.evaluate(() => {
      const style = (selector: string) => getComputedStyle(document.querySelector(selector)!);
      return [style(".card").backgroundColor, style("h2").color, style("h2 span").color];
    });
    assert(contrast(ground, ink) > 7, `${scheme}: ${ground} ${ink}`);
    assert(contrast(ground, soft) > 4.5, `${scheme}: ${ground} ${soft}`);
    assertEquals(luminance(ground) > 0.5, scheme === "light");
  }
});

test("on a phone nothing is wider than the screen", async () => {
  await using visit = await Visit.open();
  await visit.page.setViewportSize({ width: 360, height: 700 });
  await visit.seconds(1);
  assertEquals(await visit.page.evaluate(() => document.documentElement.scrollWidth), 360);
});

/** Contrast of two colours (WCAG 2.2). */
function contrast(a = "", b = ""): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour = ""): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
