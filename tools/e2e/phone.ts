/// <reference lib="dom" />
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";

/** Where a finger is, in pixels of the screen. */
export type Finger = readonly [x: number, y: number];

/** A visitor's phone: the preview on a narrow screen, with what tests ask of it again and again. */
export class Phone {
  /** Errors of the page so far: exceptions and console errors. */
  readonly faults: string[] = [];

  private session: CDPSession | undefined;
  private fingersDown = 0;

  private constructor(readonly context: BrowserContext, readonly page: Page) {
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

  /** Opens `url` on a fresh phone. @default light */
  static async open(browser: Browser, url: string, colorScheme: "light" | "dark" = "light"): Promise<Phone> {
    const context = await browser.newContext({ viewport: { width: 375, height: 812 }, hasTouch: true, colorScheme });
    context.setDefaultTimeout(10_000);
    const phone = new Phone(context, await context.newPage());
    await phone.page.goto(url);
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

  /** Waits until every price on the screen is greyed, and says how long that took. */
  async untilStale(timeoutMs: number): Promise<number> {
    const startedMs = performance.now();
    await this.screen.locator(".is-stale").first().waitFor({ timeout: timeoutMs });
    return performance.now() - startedMs;
  }

  /** Waits until some price of the watchlist is another one. */
  async untilPriceMoves(timeoutMs = 10_000): Promise<void> {
    const before = await this.prices();
    await until(async () => (await this.prices()).join() !== before.join(), timeoutMs, "no price moved");
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
   * A part of the chart as a hash of its pixels. Parts are shares of its width and height: 0 is left or top, 1 is right or
   * bottom.
   */
  chartPart(left: number, top: number, right: number, bottom: number): Promise<string> {
    return this.page.evaluate(([left, top, right, bottom]) => {
      const canvas = document.querySelector<HTMLCanvasElement>(".page-frame:not([hidden]) canvas")!;
      const [x, y] = [Math.round(left! * canvas.width), Math.round(top! * canvas.height)];
      const [width, height] = [right! * canvas.width - x, bottom! * canvas.height - y].map(Math.round);
      const { data } = canvas.getContext("2d")!.getImageData(x, y, width!, height!);
      return data.reduce((hash, value) => (hash * 31 + value) | 0, 7).toString();
    }, [left, top, right, bottom]);
  }

  /** Fingers as the browser itself reports them. Each step is where they are then, in pixels of the screen; none, they are lifted. */
  async touch(steps: readonly (readonly Finger[])[], stepMs = 16): Promise<void> {
    // One session for all touches: a finger that is down goes with the session that put it there.
    const session = this.session ??= await this.context.newCDPSession(this.page);
    for (const fingers of steps) {
      const touchPoints = fingers.map(([x, y], id) => ({ x, y, id }));
      const more = fingers.length - this.fingersDown;
      const type = more > 0 ? "touchStart" : more < 0 ? "touchEnd" : "touchMove";
      await session.send("Input.dispatchTouchEvent", { type, touchPoints });
      this.fingersDown = fingers.length;
      await this.page.waitForTimeout(stepMs);
    }
  }

  /** How many objects of a kind the page still reaches, once the others have been collected. */
  async reachable(kind: "HTMLCanvasElement" | "WebSocket"): Promise<number> {
    const session = await this.context.newCDPSession(this.page);
    const { result } = await session.send("Runtime.evaluate", { expression: `${kind}.prototype` });
    const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId: result.objectId ?? "" });
    const { result: { value } } = await session.send("Runtime.callFunctionOn", {
      objectId: objects.objectId ?? "",
      functionDeclaration: "function () { return this.length; }",
      returnByValue: true,
    });
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

/** Waits until `holds`, looking again every 50 ms. @throws Error with `complaint` after `timeoutMs` */
export async function until(holds: () => Promise<boolean>, timeoutMs: number, complaint: string): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!await holds()) {
    if (performance.now() > deadlineMs) throw new Error(`After ${timeoutMs} ms: ${complaint}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
