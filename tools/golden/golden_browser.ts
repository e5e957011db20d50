/// <reference lib="dom" />
import type { Browser, Page } from "playwright-core";
import { stopBundler } from "../build/bundler.ts";
import { launchChromium } from "../testing/chromium.ts";
import { bundlePage } from "./bundle_page.ts";
import type { golden } from "./page.ts";

type Golden = typeof golden;

/** A browser that draws the charts. */
export class GoldenBrowser {
  private constructor(private readonly browser: Browser, private readonly page: Page) {}

  static async open(): Promise<GoldenBrowser> {
    const script = await bundlePage("tools/golden/page.ts");
    await stopBundler();
    const browser = await launchChromium();
    const page = await browser.newPage();
    await page.setContent("<!doctype html><html><body></body></html>");
    await page.addScriptTag({ content: script });
    return new GoldenBrowser(browser, page);
  }

  /** Calls what the page offers. */
  async call<Name extends keyof Golden>(name: Name, ...args: Parameters<Golden[Name]>) {
    const call = ([name, args]: readonly [string, readonly unknown[]]) =>
      (globalThis as unknown as { golden: Record<string, (...args: readonly unknown[]) => unknown> })
        .golden[name]!(...args);
    return await this.page.evaluate(call, [name, args] as const) as Awaited<ReturnType<Golden[Name]>>;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

/** Where the pictures are kept. */
const PICTURES = new URL("pictures/", import.meta.url);

export async function readPicture(name: string): Promise<string> {
  const bytes = await Deno.readFile(new URL(`${name}.png`, PICTURES));
  return `data:image/png;base64,${bytes.toBase64()}`;
}

/** Writes a PNG that is given as a data URL. @param folder @default the kept pictures' own */
export async function writePicture(name: string, dataUrl: string, folder: URL = PICTURES): Promise<URL> {
  await Deno.mkdir(folder, { recursive: true });
  const path = new URL(`${name}.png`, folder);
  await Deno.writeFile(path, Uint8Array.fromBase64(dataUrl.slice(dataUrl.indexOf(",") + 1)));
  return path;
}
