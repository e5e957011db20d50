import type { Problem } from "./problem.ts";

/** Reads a file's text by its path from the repository's root; undefined when there is none. */
export type ReadText = (file: string) => string | undefined;

const CONFIG = "project.config.json";

/** The generated bundle of shared/ and zod, without which no page starts. */
const SHARED_BUNDLE = "lib/shared.js";

/**
 * Where the mini-program lives, with a slash at its end, as project.config.json says.
 *
 * @throws {SyntaxError} when that file is no JSON.
 */
export function miniprogramRoot(read: ReadText): string {
  const config: unknown = JSON.parse(read(CONFIG) ?? "{}");
  const isObject = typeof config === "object" && config !== null;
  const root = isObject && "miniprogramRoot" in config ? String(config.miniprogramRoot) : "";
  const path = root.replace(/^\.?\/+/, "").replace(/\/+$/, "");
  return path === "" ? "" : `${path}/`;
}

/** What has to be there before WeChat's compiler is asked, because it says nothing about it or not clearly. */
export function missingParts(read: ReadText): Problem[] {
  if (read(CONFIG) === undefined) return [{ file: CONFIG, what: "not found. Run the task in the repository's root" }];
  const root = miniprogramRoot(read);
  if (read(root + "app.json") === undefined) {
    return [{ file: root + "app.json", what: `not found, though ${CONFIG} says miniprogramRoot "${root}"` }];
  }
  if (read(root + SHARED_BUNDLE) === undefined) {
    const what = 'not found. Run "deno task build" first: it makes this file from shared/';
    return [{ file: root + SHARED_BUNDLE, what }];
  }
  return [];
}
