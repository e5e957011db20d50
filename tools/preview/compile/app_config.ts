import type { AppConfig, ComponentConfig, ThemeValues } from "../program.ts";
import { lineOf, type Problems } from "./problem.ts";
import type { Source } from "./source.ts";
import { transform } from "./transform.ts";

type JsonObject = Record<string, unknown>;

/** Reads a JSON file that may be absent. A file that does not hold an object is a problem and reads as `{}`. */
function readJson(source: Source, path: string, problems: Problems): JsonObject {
  return parseJson(source, path, problems) ?? {};
}

/** Like {@link readJson}, but null for a file that was reported. */
function parseJson(source: Source, path: string, problems: Problems): JsonObject | null {
  if (!source.has(path)) return {};
  const text = source.read(path);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
    problems.add(path, 1, "the file holds no JSON object.", "Write an object between { and }.");
  } catch {
    // The engine's message has no line; the bundler's has.
    for (const { text: fault, line } of transform(text, path, "json").faults) {
      problems.add(path, line, `the file is not valid JSON: ${fault}.`, "Correct the file.");
    }
  }
  return null;
}

/** Reads app.json. Without a list of pages nothing can be shown, which is reported. */
export function readAppConfig(source: Source, problems: Problems): AppConfig {
  if (!source.has("app.json")) {
    problems.add(
      "app.json",
      undefined,
      "the file does not exist.",
      "Every mini-program needs one; it lists the pages.",
    );
    return { pages: [] };
  }
  const app = parseJson(source, "app.json", problems);
  if (app === null) return { pages: [] };
  const pages = app.pages;
  const isList = Array.isArray(pages) && pages.length > 0 && pages.every((page) => typeof page === "string");
  if (!isList) problems.add("app.json", undefined, '"pages" is not a list of paths.', "List at least one page.");
  const config: AppConfig = { ...app, pages: isList ? pages : [] };
  checkTabBar(source, config, problems);
  return config;
}

function checkTabBar(source: Source, app: AppConfig, problems: Problems): void {
  const list = app.tabBar?.list ?? [];
  const text = source.read("app.json");
  for (const tab of list) {
    if (app.pages.includes(tab.pagePath)) continue;
    const line = lineOf(text, `"${tab.pagePath}"`);
    problems.add("app.json", line, `the tab "${tab.pagePath}" is no page.`, 'List it in "pages" of the main package.');
  }
  if (app.tabBar && (list.length < 2 || list.length > 5)) {
    problems.add("app.json", lineOf(text, '"tabBar"'), `the tab bar has ${list.length} tabs.`, "WeChat takes 2 to 5.");
  }
}

/** Every page's path in the order of app.json; those of subpackages come last. */
export function listPages(app: AppConfig): string[] {
  const subpackages = app.subPackages ?? app.subpackages ?? [];
  const join = (root: string, page: string) => `${root.replace(/^\/|\/$/g, "")}/${page}`;
  return [...app.pages, ...subpackages.flatMap((sub) => sub.pages.map((page) => join(sub.root, page)))];
}

/** Reads a page's or component's JSON file. */
export function readComponentConfig(source: Source, path: string, problems: Problems): ComponentConfig {
  return readJson(source, `${path}.json`, problems);
}

/** Reads theme.json and checks that every `@name` used by app.json is defined in both themes. */
export function readTheme(
  source: Source,
  app: AppConfig,
  problems: Problems,
): { light: ThemeValues; dark: ThemeValues } {
  const path = (app.themeLocation ?? "theme.json").replace(/^\//, "");
  if (app.themeLocation && !source.has(path)) {
    problems.add("app.json", lineOf(source.read("app.json"), '"themeLocation"'), `${path} does not exist.`, "Add it.");
  }
  const file = readJson(source, path, problems);
  const theme = { light: themeValues(file.light), dark: themeValues(file.dark) };
  const text = source.has("app.json") ? source.read("app.json") : "";
  for (const [whole, name = ""] of text.matchAll(/"@([\w-]+)"/g)) {
    for (const kind of ["light", "dark"] as const) {
      if (name in theme[kind]) continue;
      problems.add("app.json", lineOf(text, whole), `"@${name}" has no ${kind} value.`, `Define it in ${path}.`);
    }
  }
  return theme;
}

function themeValues(value: unknown): ThemeValues {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, String(entry)]));
}
