import { memorySource, type Source } from "./source.ts";

/** The smallest mini-program that compiles without a problem. */
const SMALLEST: Record<string, string> = {
  "app.json": `{\n  "pages": ["pages/home/index"]\n}\n`,
  "app.ts": "App({});\n",
  "pages/home/index.json": "{}\n",
  "pages/home/index.ts": "Page({});\n",
  "pages/home/index.wxml": "<view>home</view>\n",
};

/** A mini-program in memory: the smallest one with `changes`, where null takes a file away. */
export function program(changes: Record<string, string | null>): Source {
  const files = { ...SMALLEST };
  for (const [path, text] of Object.entries(changes)) {
    if (text === null) delete files[path];
    else files[path] = text;
  }
  return memorySource(files);
}

/** The files of a component at `components/row/index`, with `changes` to them by ending. */
export function rowComponent(changes: { json?: string; ts?: string; wxml?: string; wxss?: string } = {}) {
  const { json = '{ "component": true }', ts = "Component({});", wxml = "<view />", wxss = "" } = changes;
  const base = "components/row/index";
  return {
    [`${base}.json`]: json,
    [`${base}.ts`]: ts,
    [`${base}.wxml`]: wxml,
    [`${base}.wxss`]: wxss,
    "pages/home/index.json": '{ "usingComponents": { "row-item": "/components/row/index" } }',
    "pages/home/index.wxml": "<row-item />",
  };
}
