/// <reference lib="dom" />
import type { Browser, BrowserContext, Page } from "playwright-core";
import { until } from "../testing/until.ts";
import { type Fingers, Hand } from "./hand.ts";

export interface PhoneOptions {
  /** @default light */
  readonly colorScheme?: "light" | "dark";
  /** Whether time may be made to pass at once, by {@link Phone.pass}. @default false */
  readonly hasFastClock?: boolean;
}

/** A visitor's phone: the preview on a narrow screen, with what tests ask of it again and again. */
export class Phone {
  /** Errors of the page so far: exceptions and console errors. */
  readonly faults: string[] = [];

  private constructor(readonly context: BrowserContext, readonly page: Page, readonly hand: Hand) {
    page.on("pageerror", (error) => this.faults.push(error.message));
    page.on("console", (message) => {
      // A refused or broken connection is what several tests bring about; the browser reports it whatever the page does.
      if (
        message.type() === "error" && !/WebSocket connection to|ERR_CONNECTION_(REFUSED|RESET)/.test(message.text())
      ) {
        this.faults.push(message.text());
      }
    });
  }

  /** Opens `url` on a fresh phone. */
  static async open(browser: Browser, url: string, options: PhoneOptions = {}): Promise<Phone> {
    const { colorScheme = "light", hasFastClock = false } = options;
    const context = await browser.newContext({ viewport: { width: 375, height: 812 }, hasTouch: true, colorScheme });
    context.setDefaultTimeout(10_000);
    context.setDefaultNavigationTimeout(30_000);
    if (hasFastClock) await context.clock.install();
    const page = await context.newPage();
    const phone = new Phone(context, page, await Hand.over(page));
    await page.goto(url);
    return phone;
  }

  /** The page on the screen; the ones below it in the stack stay in the document. */
  get screen() {
    return this.page.locator(".page-frame:not([hidden])");
  }

  /** The watchlist's prices, top to bottom. */
  prices(): Promise<string[]> {
    return this.screen.locator(".row .price").allTextContents();
  }

  badge(): Promise<string> {
    return this.screen.locator("connection-badge").innerText();
  }

  /** Waits until the line is live and every price may be trusted. */
  async untilLive(timeoutMs = 15_000): Promise<void> {
    await this.screen.locator(".is-live .row .price").first().waitFor({ timeout: timeoutMs });
  }

  /** Whether every price on the screen is greyed. */
  async isStale(): Promise<boolean> {
    return await this.screen.locator(".is-stale").count() > 0;
  }

  /** Lets time pass on the phone at once, with all that falls due in it; nowhere else does it. */
  async pass(ms: number): Promise<void> {
    await this.page.clock.runFor(ms);
  }

  /** Waits until some price of the watchlist is another one. */
  async untilPriceMoves(timeoutMs = 10_000): Promise<void> {
    const before = await this.prices();
    await until(async () => (await this.prices()).join() !== before.join(), timeoutMs, "no price moved");
  }

  /** Waits until everything is drawn that was to be drawn when it was called. */
  async drawn(): Promise<void> {
    // What had asked for a frame before is drawn in the first one at the latest.
    await this.page.evaluate(async () => {
      for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    });
  }

  /** Pixels of the chart that are not background, and the columns they reach to. */
  ink(): Promise<{ pixels: number; width: number }> {
    return this.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>(".page-frame:not([hidden]) canvas");
      if (!canvas || canvas.width === 0) return { pixels: 0, width: 0 };
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      let pixels = 0;
      for (let i = 3; i < data.length; i += 4) pixels += data[i]! > 0 ? 1 : 0;
      return { pixels, width: canvas.width };
    });
  }

  /** The chart as a hash of its pixels: another one when a single pixel is. */
  chartHash(): Promise<string> {
    return this.page.evaluate(() =>
      document.querySelector<HTMLCanvasElement>(".page-frame:not([hidden]) canvas")?.toDataURL() ?? ""
    );
  }

  /**
   * A part of the chart, of all its canvases, as a hash of their pixels, once everything is drawn that is to be drawn by
   * now. Parts are shares of its width and height: 0 is left or top, 1 is right or bottom.
   */
  async chartPart(left: number, top: number, right: number, bottom: number): Promise<string> {
    await this.drawn();
    return await this.page.evaluate(([left, top, right, bottom]) => {
      let hash = 7;
      for (const canvas of document.querySelectorAll<HTMLCanvasElement>(".page-frame:not([hidden]) canvas")) {
        const [x, y] = [Math.round(left! * canvas.width), Math.round(top! * canvas.height)];
        const [width, height] = [right! * canvas.width - x, bottom! * canvas.height - y].map(Math.round);
        const { data } = canvas.getContext("2d")!.getImageData(x, y, width!, height!);
        hash = data.reduce((hash, value) => (hash * 31 + value) | 0, hash);
      }
      return hash.toString();
    }, [left, top, right, bottom]);
  }

  /** Fingers on the screen, from one step to the next. */
  async touch(steps: readonly Fingers[], stepMs = 16): Promise<void> {
    await this.hand.touch(steps, stepMs, () => Promise.resolve());
  }

  /** How many objects of a kind the page still reaches, once the others have been collected. */
  async reachable(kind: "HTMLCanvasElement" | "WebSocket"): Promise<number> {
    const session = await this.context.newCDPSession(this.page);
    // This collects from a task of its own: what the query collects itself may be held by what lies on the stack just then.
    await session.send("HeapProfiler.collectGarbage");
    const { result } = await session.send("Runtime.evaluate", { expression: `${kind}.prototype` });
    const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId: result.objectId ?? "" });
    const { result: { value } } = await session.send("Runtime.callFunctionOn", {
      objectId: objects.objectId ?? "",
      functionDeclaration: "function () { return this.length; }",
      returnByValue: true,
    });
    // What was found is reached by the finder, too, until it lets go of it: the next look would find it again, and for ever.
    await session.send("Runtime.releaseObject", { objectId: objects.objectId ?? "" });
    await session.detach();
    return value;
  }

  /** What `getComputedStyle` says of the first match on the screen. */
  style(selector: string, property: string): Promise<string> {
    return this.screen.locator(selector).first().evaluate(
      (element, name) => getComputedStyle(element).getPropertyValue(name),
      property,
    );
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
