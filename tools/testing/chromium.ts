import { type Browser, chromium } from "playwright-core";

/** Where a Chromium is usually found, in order of preference. */
const CANDIDATES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:/Program Files/Google/Chrome/Application/chrome.exe",
];

/** Quiet, and without services that talk to others. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const ADVICE = "Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to its executable.";

/**
 * The executable of a Chromium, from CHROMIUM_PATH or one of the usual places.
 *
 * @returns null where there is none, after a word on how to get one: tests that need it pass `ignore` on.
 * @throws {Error} where there is none and CI is "true": there no test may be skipped unnoticed.
 */
export function findChromium(): string | null {
  const named = Deno.env.get("CHROMIUM_PATH");
  const found = (named ? [named] : CANDIDATES).find(isFile);
  if (found) return found;
  const message = named ? `CHROMIUM_PATH names ${named}, which does not exist.` : "No Chromium was found.";
  if (Deno.env.get("CI") === "true") throw new Error(`${message} ${ADVICE}`);
  console.warn(`${message} The browser tests are skipped. ${ADVICE}`);
  return null;
}

/** Starts a headless Chromium. The caller closes it. @throws {Error} where there is none. */
export async function launchChromium(extraArguments: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(`This needs a Chromium. ${ADVICE}`);
  return await chromium.launch({ executablePath, headless: true, args: [...ARGUMENTS, ...extraArguments] });
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
