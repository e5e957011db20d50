import { assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "@std/assert";
import type { Program } from "../program.ts";
import { compileProgram, diskSource, formatProblem } from "./mod.ts";
import { program, rowComponent } from "./testing.ts";

const PAGE = "pages/home/index";

interface ErrorCase {
  fault: string;
  files: Record<string, string | null>;
  /** Of the first problem. */
  place: string;
  message: RegExp;
}

const ERRORS: ErrorCase[] = [
  { fault: "no app.json", files: { "app.json": null }, place: "app.json", message: /does not exist/ },
  {
    fault: "app.json that is no JSON",
    files: { "app.json": '{\n  "pages": [\n    "a",\n  ]\n}' },
    place: "app.json:3",
    message: /not valid JSON: JSON does not support trailing commas/,
  },
  {
    fault: "app.json that holds a list",
    files: { "app.json": "[]" },
    place: "app.json:1",
    message: /no JSON object/,
  },
  { fault: "no pages", files: { "app.json": '{ "pages": [] }' }, place: "app.json", message: /not a list of paths/ },
  {
    fault: "a page without template",
    files: { [`${PAGE}.wxml`]: null },
    place: "app.json:2",
    message: /"pages\/home\/index" has no pages\/home\/index\.wxml/,
  },
  {
    fault: "a page without script",
    files: { [`${PAGE}.ts`]: null },
    place: "app.json:2",
    message: /has no pages\/home\/index\.ts/,
  },
  {
    fault: "a tab that is no page",
    files: {
      "app.json":
        `{ "pages": ["${PAGE}"],\n"tabBar": { "list": [\n{ "pagePath": "${PAGE}" },\n{ "pagePath": "x/y" } ] } }`,
    },
    place: "app.json:4",
    message: /the tab "x\/y" is no page/,
  },
  {
    fault: "a single tab",
    files: { "app.json": `{ "pages": ["${PAGE}"], "tabBar": { "list": [{ "pagePath": "${PAGE}" }] } }` },
    place: "app.json:1",
    message: /1 tabs/,
  },
  {
    fault: "a theme value that is not defined",
    files: {
      "app.json": `{ "pages": ["${PAGE}"],\n"window": { "backgroundColor": "@ground" } }`,
      "theme.json": '{ "light": { "ground": "#fff" }, "dark": {} }',
    },
    place: "app.json:2",
    message: /"@ground" has no dark value/,
  },
  {
    fault: "a theme file that is not there",
    files: { "app.json": `{ "pages": ["${PAGE}"],\n"themeLocation": "colours.json" }` },
    place: "app.json:2",
    message: /colours\.json does not exist/,
  },
  {
    fault: "a component that is not there",
    files: { [`${PAGE}.json`]: '{\n"usingComponents": {\n"row-item": "/components/row" } }' },
    place: `${PAGE}.json:3`,
    message: /<row-item> points to \/components\/row/,
  },
  {
    fault: "a component outside the mini-program",
    files: { [`${PAGE}.json`]: '{ "usingComponents": { "row-item": "../../../row" } }' },
    place: `${PAGE}.json:1`,
    message: /points outside/,
  },
  {
    fault: "a plugin's component",
    files: { [`${PAGE}.json`]: '{ "usingComponents": { "row-item": "plugin://a/b" } }' },
    place: `${PAGE}.json:1`,
    message: /comes from a plugin/,
  },
  {
    fault: "an undeclared tag",
    files: { [`${PAGE}.wxml`]: "<view>\n  <text>{{ a < b }}</text>\n  <price-text />\n</view>" },
    place: `${PAGE}.wxml:3`,
    message: /<price-text> is not declared/,
  },
  {
    fault: "an undeclared tag in an included template",
    files: { [`${PAGE}.wxml`]: '<include src="./tail.wxml" />', "pages/home/tail.wxml": "\n<swiper />" },
    place: "pages/home/tail.wxml:2",
    message: /<swiper> is not declared/,
  },
  {
    fault: "an expression that does not parse",
    files: { [`${PAGE}.wxml`]: "<view>\n{{ a + }}\n</view>" },
    place: `${PAGE}.wxml:2`,
    message: /expression/,
  },
  {
    fault: "a tag that is not closed",
    files: { [`${PAGE}.wxml`]: "<view />\n<view>" },
    place: `${PAGE}.wxml:2`,
    message: /missing end tag/,
  },
  {
    fault: "an included template that is not there",
    files: { [`${PAGE}.wxml`]: '\n<include src="./tail.wxml" />' },
    place: `${PAGE}.wxml:2`,
    message: /pages\/home\/tail\.wxml does not exist/,
  },
  {
    fault: "a WXS module that is not there",
    files: { [`${PAGE}.wxml`]: '\n\n<wxs src="../../format.wxs" module="f" />' },
    place: `${PAGE}.wxml:3`,
    message: /format\.wxs does not exist/,
  },
  {
    fault: "a WXS module that leaves the mini-program",
    files: {
      [`${PAGE}.wxml`]: '<wxs src="../../format.wxs" module="f" />',
      "format.wxs": 'var a = 1;\nvar b = require("../b.wxs");',
    },
    place: "format.wxs:2",
    message: /outside the mini-program/,
  },
  {
    fault: "a style sheet that does not parse",
    files: { [`${PAGE}.wxss`]: ".a {\n  color: red;\n" },
    place: `${PAGE}.wxss:1`,
    message: /Unclosed block/,
  },
  {
    fault: "a style import that is not there",
    files: { [`${PAGE}.wxss`]: '\n@import "./base.wxss";' },
    place: `${PAGE}.wxss:2`,
    message: /\.\/base\.wxss does not exist/,
  },
  {
    fault: "a style import that leaves the mini-program",
    files: { [`${PAGE}.wxss`]: '@import "../../../base.wxss";' },
    place: `${PAGE}.wxss:1`,
    message: /outside the mini-program/,
  },
  {
    fault: "a tag selector in a component's styles",
    files: rowComponent({ wxss: ".a {}\nview .b { color: red }" }),
    place: "components/row/index.wxss:2",
    message: /has a tag/,
  },
  {
    fault: "an id selector in a component's styles",
    files: rowComponent({ wxss: "#a { color: red }" }),
    place: "components/row/index.wxss:1",
    message: /has an id/,
  },
  {
    fault: "a script that does not parse",
    files: { [`${PAGE}.ts`]: "Page({});\nconst = 1;" },
    place: `${PAGE}.ts:2`,
    message: /Expected/,
  },
  {
    fault: "an import that leaves the mini-program",
    files: { [`${PAGE}.ts`]: 'Page({});\nimport { a } from "../../../shared/mod";\na();' },
    place: `${PAGE}.ts:2`,
    message: /leaves the mini-program/,
  },
  {
    fault: "an import of a module that is not there",
    files: { [`${PAGE}.ts`]: 'import { a } from "./a";\nPage({ a });' },
    place: `${PAGE}.ts:1`,
    message: /names no module \(pages\/home\/a\)/,
  },
  {
    fault: "an import with an ending",
    files: { [`${PAGE}.ts`]: 'import { a } from "./a.ts";\nPage({ a });', "pages/home/a.ts": "export const a = 1;" },
    place: `${PAGE}.ts:1`,
    message: /has an ending/,
  },
];

for (const { fault, files, place, message } of ERRORS) {
  Deno.test(`${fault} is a problem at ${place}`, () => {
    const [problem] = compileProgram(program(files)).problems;
    const text = problem ? formatProblem(problem) : "no problem";
    assertStringIncludes(text, `${place}: `);
    assertMatch(text, message);
  });
}

/** Runs the generated script with a host that only takes the program. */
function evaluate(script: string): Program {
  let received: Program | undefined;
  new Function("__tickwire_preview", script)({ boot: (given: Program) => received = given });
  if (!received) throw new Error("the script does not boot");
  return received;
}

Deno.test("the smallest mini-program compiles to a program that boots", () => {
  const { script, problems, pageCount } = compileProgram(program({}));
  assertEquals(problems, []);
  assertEquals(pageCount, 1);
  const { data, templates, modules } = evaluate(script);
  assertEquals(data.pages, [PAGE]);
  assertEquals(Object.keys(modules).sort(), ["app", PAGE]);
  assertEquals(typeof templates[PAGE], "function");
});

Deno.test("the fixture compiles without a problem", () => {
  const root = new URL("../testdata/fixture", import.meta.url).pathname;
  const { problems, pageCount, componentCount } = compileProgram(diskSource(root));
  assertEquals(problems, []);
  assertEquals([pageCount, componentCount], [4, 1]);
});

Deno.test("all problems of a mini-program are reported at once, each once", () => {
  const { problems } = compileProgram(program({
    "app.json": `{ "pages": ["${PAGE}", "pages/absent/index"] }`,
    [`${PAGE}.wxml`]: "<a-b /><a-b />",
    [`${PAGE}.wxss`]: '@import "./x.wxss";',
  }));
  assertEquals(problems.map(({ file }) => file), ["app.json", `${PAGE}.wxml`, `${PAGE}.wxss`]);
});

Deno.test("pages of subpackages come after the others", () => {
  const source = program({
    "app.json": `{ "pages": ["${PAGE}"], "subPackages": [{ "root": "more/", "pages": ["a/index"] }] }`,
    "more/a/index.ts": "Page({})",
    "more/a/index.wxml": "<view />",
  });
  const { script, problems } = compileProgram(source);
  assertEquals(problems, []);
  assertEquals(evaluate(script).data.pages, [PAGE, "more/a/index"]);
});

Deno.test("only modules that something imports are packed", () => {
  const source = program({
    [`${PAGE}.ts`]: 'import { a } from "../../lib/a";\nimport type { B } from "../../lib/b";\nPage({ a } as B);',
    "lib/a.ts": "export const a = 1;",
    "lib/b.ts": "export interface B { a: number }",
    "lib/unused.ts": "syntax error!",
  });
  const { script, problems } = compileProgram(source);
  assertEquals(problems, []);
  assertEquals(Object.keys(evaluate(script).modules).sort(), ["app", "lib/a", PAGE]);
});

Deno.test("a module may have names of its own that the browser has too", () => {
  const source = program({
    [`${PAGE}.ts`]: "const open = 1; let close = 2; class URL {}\nPage({ open, close, URL });",
  });
  const { modules } = evaluate(compileProgram(source).script);
  let page: unknown;
  const setPage = (value: unknown) => page = value;
  // Page is the third global, after wx and App.
  modules[PAGE]?.(() => ({}), { exports: {} }, {}, undefined, undefined, setPage);
  assertEquals((page as { open: number }).open, 1);
});

Deno.test("scripts are lowered to what the oldest phones run", () => {
  const { script } = compileProgram(program({ [`${PAGE}.ts`]: "Page({ a: (x?: { b: number }) => x?.b ?? 0 });" }));
  assertNotMatch(evaluate(script).modules[PAGE]?.toString() ?? "", /\?\.|\?\?/);
});

Deno.test("a component has a style scope, a page has none", () => {
  const { script, problems } = compileProgram(program(rowComponent({ wxss: ".a { color: red }" })));
  assertEquals(problems, []);
  const { data } = evaluate(script);
  assertEquals(data.components["components/row/index"]?.styleScope, "row");
  assertEquals(data.components[PAGE]?.styleScope, undefined);
  assertStringIncludes(data.styles["components/row/index"] ?? "", ".row--a");
});
