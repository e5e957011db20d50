/// <reference lib="dom" />
import type { Browser } from "playwright-core";

/** The watchlist's prices. */
const PRICES = ".row .price";

export interface FirstPrice {
  /** From the navigation to the first price on the screen, in milliseconds. */
  readonly firstPriceMs: number;
  /** From the navigation to the first price that changed before the visitor's eyes, in milliseconds. */
  readonly firstMoveMs: number;
}

/** Opens the preview in a fresh browser context and waits until a price moves. */
export async function measureFirstPrice(browser: Browser, url: string): Promise<FirstPrice> {
  const context = await browser.newContext({ viewport: { width: 375, height: 812 } });
  const page = await context.newPage();
  const startedMs = performance.now();
  await page.goto(url);
  const prices = () => page.locator(PRICES).allTextContents();
  await page.waitForSelector(PRICES);
  const firstPriceMs = performance.now() - startedMs;
  const before = (await prices()).join();
  await page.waitForFunction(
    (text) => {
      const now = [...document.querySelectorAll(".row .price")].map((element) => element.textContent).join();
      return now !== "" && now !== text;
    },
    before,
    { polling: "raf" },
  );
  const firstMoveMs = performance.now() - startedMs;
  await context.close();
  return { firstPriceMs, firstMoveMs };
}
