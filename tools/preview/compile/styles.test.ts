import { assertEquals } from "@std/assert";
import { Problems } from "./problem.ts";
import { memorySource } from "./source.ts";
import { compileStyles, type StyleScope } from "./styles.ts";

const PAGE: StyleScope = { isComponent: false };
const COMPONENT: StyleScope = { isComponent: true, prefix: "row" };

function compile(css: string, scope: StyleScope, others: Record<string, string> = {}): string {
  const problems = new Problems();
  const result = compileStyles(memorySource({ "a/b.wxss": css, ...others }), "a/b", scope, problems);
  assertEquals(problems.list, []);
  return result.replace(/\s+/g, " ").trim();
}

const CASES: [title: string, scope: StyleScope, written: string, compiled: string][] = [
  ["built-in tags become element names", PAGE, "view text { top: 0 }", "wx-view wx-text { top: 0 }"],
  ["a component's tag stays", PAGE, "price-text { top: 0 }", "price-text { top: 0 }"],
  ["page is the page's body", PAGE, "page { top: 0 }", ".wx-page-body { top: 0 }"],
  ["page classes stay", PAGE, ".a .b { top: 0 }", ".a .b { top: 0 }"],
  ["component classes get the scope", COMPONENT, ".a.b > .c { top: 0 }", ".row--a.row--b > .row--c { top: 0 }"],
  ["classes within :not get it too", COMPONENT, ".a:not(.b) { top: 0 }", ".row--a:not(.row--b) { top: 0 }"],
  ["the host is found by attribute", COMPONENT, ":host { top: 0 }", '[wx-host="row"] { top: 0 }'],
  [
    "keyframes are left alone",
    COMPONENT,
    "@keyframes k { from { top: 1rpx } to { top: 0 } }",
    "@keyframes k { from { top: calc(var(--rpx) * 1) } to { top: 0 } }",
  ],
  [
    "dark rules follow the phone's theme at the same specificity",
    PAGE,
    "@media (prefers-color-scheme: dark) { .a, .b { top: 0 } }",
    ':where([data-theme="dark"]) .a, :where([data-theme="dark"]) .b { top: 0 }',
  ],
  [
    "what else the query asks stays",
    COMPONENT,
    "@media screen and (prefers-color-scheme: light) and (min-width: 300px) { .a { top: 0 } }",
    '@media screen and (min-width: 300px) { :where([data-theme="light"]) .row--a { top: 0 } }',
  ],
  [
    "other queries stay",
    PAGE,
    "@media (min-width: 300px) { .a { top: 0 } }",
    "@media (min-width: 300px) { .a { top: 0 } }",
  ],
];

for (const [title, scope, written, compiled] of CASES) {
  Deno.test(`in styles ${title}`, () => assertEquals(compile(written, scope), compiled));
}

Deno.test("imports are inlined in place, once, also in a cycle", () => {
  const others = {
    "a/c.wxss": '@import "/base.wxss"; .c { top: 0 }',
    "base.wxss": '@import "a/b.wxss"; .base { top: 0 }',
  };
  const css = compile('@import "./c.wxss"; @import url("../base.wxss"); .b { top: 0 }', PAGE, others);
  assertEquals(css, ".base { top: 0 } .c { top: 0 } .b { top: 0 }");
});

Deno.test("a style sheet that is not there is empty", () => {
  assertEquals(compileStyles(memorySource({}), "a/b", PAGE, new Problems()), "");
});
