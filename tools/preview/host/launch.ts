/// <reference lib="dom" />
import type { ProgramData } from "../program.ts";
import { parsePageUrl, type Query } from "./router/url.ts";

/** What the mini-program is opened with, as in wx.getLaunchOptionsSync. */
export interface LaunchOptions {
  path: string;
  query: Query;
  scene: number;
  referrerInfo: Record<string, never>;
  apiCategory: "default";
}

/** Scene "opened from the list of recent mini-programs"; opening a given page counts as "scanned a QR code". */
const SCENE_RECENT = 1001;
const SCENE_QR_CODE = 1011;

/**
 * Reads the page to open from the address bar: `?path=pages/stock/index&symbol=600519.SH` or
 * `#pages/stock/index?symbol=600519.SH`. The query gets `server`, the quote server's address, unless it names one:
 * a mini-program opened by a QR code gets its parameters in the same way. It also gets `motion=reduced` if the browser's
 * owner wants less motion, of which `wx` has nothing to say.
 *
 * @param wantsLessMotion What the browser's `prefers-reduced-motion` says.
 * @throws {Error} where the mini-program has no such page.
 */
export function readLaunchOptions(data: ProgramData, address: URL, wantsLessMotion: boolean): LaunchOptions {
  const entry = data.app.entryPagePath ?? data.pages[0] ?? "";
  const parameters = Object.fromEntries(address.searchParams);
  const { path: named, ...rest } = parameters;
  const fromHash = address.hash.length > 1 ? parsePageUrl(address.hash.slice(1)) : undefined;
  const path = fromHash?.route ?? named?.replace(/^\//, "") ?? entry;
  if (!data.pages.includes(path)) {
    throw new Error(`The mini-program has no page "${path}". Its pages are ${data.pages.join(", ")}.`);
  }
  const scheme = address.protocol === "https:" ? "wss:" : "ws:";
  const told = { server: `${scheme}//${address.host}/ws`, ...(wantsLessMotion ? { motion: "reduced" } : {}) };
  const query = { ...told, ...rest, ...fromHash?.query };
  const scene = named || fromHash ? SCENE_QR_CODE : SCENE_RECENT;
  return { path, query, scene, referrerInfo: {}, apiCategory: "default" };
}
