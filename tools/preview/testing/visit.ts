/// <reference lib="dom" />
// Visits to a mini-program made for tests, in the preview and a real Chromium.

import { assertEquals } from "@std/assert";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { build } from "../../build/build.ts";
import { stopBundler } from "../../build/bundler.ts";
import { previewBundle } from "../../build/preview_bundle.ts";
import { findChromium, launchChromium } from "../../testing/chromium.ts";
import type { PreviewHooks } from "../host/hooks.ts";
import { type FixtureServer, serveFixture } from "./fixture_server.ts";

declare global {
  var __tickwire_preview: PreviewHooks;
}

const ROOT = new URL("../../..", import.meta.url).pathname.replace(/\/$/, "");
const PHONE: BrowserContextOptions = { viewport: { width: 375, height: 700 }, hasTouch: true, deviceScaleFactor: 2 };
export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, deviceScaleFactor: 1 };

const TEST_LIMIT_MS = 30_000;

export interface Visit {
  page: Page;
  server: FixtureServer;
  /** Errors of the page so far. */
  faults: string[];
}

/** A test that opens the fixture. The page must end without an error unless `allowsFaults`. */
export type VisitTest = (
  name: string,
  run: (visit: Visit) => Promise<void>,
  options?: { readonly query?: string; readonly options?: BrowserContextOptions; readonly allowsFaults?: boolean },
) => void;

/** Makes the tests of one file, which share a browser and a server. @param file Its name, for a build of its own */
export function visitor(file: string): VisitTest {
  const ignore = findChromium() === null;
  let browser: Browser;
  let server: FixtureServer;
  Deno.test.beforeAll(async () => {
    if (ignore) return;
    const output = `build/preview-fixture/${file}`;
    await build(ROOT, [previewBundle({ source: "tools/preview/testdata/fixture", output })], () => {});
    await stopBundler();
    server = serveFixture(`${ROOT}/${output}`);
    browser = await launchChromium();
  });
  Deno.test.afterAll(async () => {
    if (ignore) return;
    await browser.close();
    await server[Symbol.asyncDispose]();
  });
  return (name, run, { query = "", options = PHONE, allowsFaults = false } = {}) => {
    const test = async () => {
      const context = await browser.newContext(options);
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(10_000);
        page.setDefaultNavigationTimeout(30_000);
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
  };
}

/** The page that is shown. */
export function shown(page: Page) {
  return page.locator(".page-frame:not([hidden])");
}

/** Waits until the text of an element is as expected. */
export async function hasText(page: Page, selector: string, text: string | RegExp): Promise<void> {
  await shown(page).locator(selector).filter({ hasText: text }).first().waitFor();
}

/** A test that waits for what never happens fails instead of holding up the others. */
async function within(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the test took longer than ${limitMs} ms`)), limitMs);
  });
  await Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
