import { assertEquals } from "@std/assert";
import { placeOf } from "./error_place.ts";
import { type Problem, problemText } from "./problem.ts";

const APP_JSON = `{
  "pages": [
    "pages/home/index",
    "pages/none/index"
  ],
  "window": { "backgroundColor": 8,
    "navigationBarTitleText": 7 }
}
`;

const PAGE_JSON = `{
  "usingComponents": {
    "x-y": "/components/x-y/index"
  }
}
`;

const BROKEN_JSON = '{\n  "pages": [\n    "pages/home/index",\n  ]\n}\n';

const FILES: Record<string, string> = {
  "miniprogram/app.json": APP_JSON,
  "miniprogram/pages/home/index.json": PAGE_JSON,
  "miniprogram/broken.json": BROKEN_JSON,
  "miniprogram/cut.json": '{\n  "pages": [\n',
  "project.config.json": "{}",
};

function place(path: string, message: string): string[] {
  const problems: Problem[] = placeOf({ path, message }, { root: "miniprogram/", read: (file) => FILES[file] });
  return problems.map(problemText);
}

/** V8's words for a text that is no JSON, as this version of Deno has them. */
function syntaxError(file: string): string {
  try {
    JSON.parse(FILES[file] ?? "");
  } catch (error) {
    return `${file}: ${file}\n${error}`;
  }
  throw new Error(`${file} is fine`);
}

const CASES: readonly [subject: string, path: string, message: string, expected: string[]][] = [
  [
    "TypeScript, boxes in ASCII",
    "",
    "  x Expression expected\n   ,-[pages/home/index.ts:3:1]\n 1 | import a\n   `----\n\n\nCaused by:\n    Syntax Error",
    ["miniprogram/pages/home/index.ts:3: Expression expected"],
  ],
  [
    "TypeScript, boxes in Unicode",
    "",
    "  × Expected ';'\n  │ after this\n   ╭─[app.ts:12:7]\n 1 │ App",
    ["miniprogram/app.ts:12: Expected ';' │ after this"],
  ],
  [
    "a style",
    "pages/home/index.wxss",
    "/pages/home/index.wxss:2:6: Unclosed block\n> 1 | .a {",
    ["miniprogram/pages/home/index.wxss:2:6: Unclosed block"],
  ],
  [
    "a template",
    "pages/home/index.wxml",
    "2:16:unexpected end tag: view",
    ["miniprogram/pages/home/index.wxml:2:16: unexpected end tag: view"],
  ],
  [
    "a page that is not there",
    "miniprogram/app.json",
    'miniprogram/app.json: ["pages"][1] could not find the corresponding file: "pages/none/index.wxml"',
    [
      'miniprogram/app.json:4: ["pages"][1] could not find the corresponding file: "pages/none/index.wxml"',
    ],
  ],
  [
    "two wrong fields",
    "miniprogram/app.json",
    "miniprogram/app.json: window.backgroundColor field needs to be string\nwindow.navigationBarTitleText field needs to be string",
    [
      "miniprogram/app.json:6: window.backgroundColor field needs to be string",
      "miniprogram/app.json:7: window.navigationBarTitleText field needs to be string",
    ],
  ],
  [
    "a component that is not there",
    "miniprogram/pages/home/index.json",
    'miniprogram/pages/home/index.json: ["usingComponents"]["x-y"]: "/none", component not found',
    ['miniprogram/pages/home/index.json:3: ["usingComponents"]["x-y"]: "/none", component not found'],
  ],
  [
    "no JSON, in the middle",
    "miniprogram/broken.json",
    syntaxError("miniprogram/broken.json"),
    [`miniprogram/broken.json:4: ${oneLine(syntaxError("miniprogram/broken.json"))}`],
  ],
  [
    "no JSON, cut off",
    "miniprogram/cut.json",
    syntaxError("miniprogram/cut.json"),
    ["miniprogram/cut.json:2: SyntaxError: Unexpected end of JSON input"],
  ],
  ["something unheard of", "", "the sky fell", ["project.config.json: the sky fell"]],
  ["nothing said", "pages/x.wxml", "", ["pages/x.wxml: not accepted, and the compiler does not say why"]],
];

function oneLine(message: string): string {
  return message.slice(message.indexOf("SyntaxError")).replace(/\s+/g, " ");
}

for (const [subject, path, message, expected] of CASES) {
  Deno.test(`an error of the compiler gets its file and line: ${subject}`, () => {
    assertEquals(place(path, message), expected);
  });
}
