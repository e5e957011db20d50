/** Takes the README's pictures of the running product: `deno task docs:screens`. */
import type { Browser } from "playwright-core";
import { launchChromium } from "../testing/chromium.ts";
import { ServerProcess } from "../testing/server_process.ts";

interface Shot {
  readonly file: string;
  readonly path: string;
  readonly scheme: "light" | "dark";
}

const STOCK = "?path=stock/pages/stock/index&symbol=600519.SH";
const SHOTS: readonly Shot[] = [
  { file: "watchlist-light.png", path: "", scheme: "light" },
  { file: "watchlist-dark.png", path: "", scheme: "dark" },
  { file: "stock-light.png", path: STOCK, scheme: "light" },
  { file: "stock-dark.png", path: STOCK, scheme: "dark" },
];

/** Time for prices, chart and fonts to be there and for a first flash to have gone. */
const SETTLE_MS = 2_500;

async function shoot(browser: Browser, port: number, { file, path, scheme }: Shot): Promise<void> {
  const viewport = { width: 375, height: 720 };
  const context = await browser.newContext({ viewport, deviceScaleFactor: 2, hasTouch: true, colorScheme: scheme });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/${path}`);
  await page.locator(".is-live").first().waitFor();
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path: new URL(`../../docs/${file}`, import.meta.url).pathname });
  await context.close();
  console.log(`docs/${file}`);
}

await using server = await ServerProcess.start(["--seed", "20", "--warm-up-minutes", "170"]);
const browser = await launchChromium();
try {
  for (const shot of SHOTS) await shoot(browser, server.port, shot);
} finally {
  await browser.close();
}
