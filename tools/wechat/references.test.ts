import { assertEquals } from "@std/assert";
import { problemText } from "./problem.ts";
import { danglingReferences } from "./references.ts";

function dangling(files: Record<string, string | Uint8Array>, sources: Record<string, string> = {}): string[] {
  const read = (file: string) => sources[file];
  return danglingReferences(new Map(Object.entries(files)), { root: "miniprogram/", read }).map(problemText);
}

Deno.test("references that are there say nothing, with and without their endings", () => {
  assertEquals(
    dangling({
      "app.js": 'require("./lib/shared");require("/net/client.js");require("./store")',
      "lib/shared.js": 'require("../net/client")',
      "net/client.js": "",
      "store/index.js": "",
      "app.wxss": '@import "./theme";@import url("/theme.wxss")',
      "theme.wxss": "",
      "pages/a/a.wxml": '<wxs module="f" src="./f.wxs"/><import src="/row"/><include src="../a/b.wxml"/>',
      "pages/a/f.wxs": 'require("./g.wxs")',
      "pages/a/g.wxs": "",
      "pages/a/b.wxml": "",
      "row.wxml": "",
    }),
    [],
  );
});

Deno.test("each reference that leads nowhere is told with the line of its source", () => {
  const files = {
    "pages/a/a.js": 'var s=require("../../lib/shared"),n=require("./none")',
    "lib/shared.js": "",
    "pages/a/a.wxml": '<include src="../../../row.wxml"/>',
    "a.wxss": new TextEncoder().encode('@import "./b";'),
  };
  const sources = { "miniprogram/pages/a/a.ts": 'import s from "../../lib/shared";\n\nimport n from "./none";\n' };
  assertEquals(dangling(files, sources), [
    'miniprogram/pages/a/a.ts:3: refers to "./none", which is not in the compiled mini-program',
    'miniprogram/pages/a/a.wxml: refers to "../../../row.wxml", which is not in the compiled mini-program',
    'miniprogram/a.wxss: refers to "./b", which is not in the compiled mini-program',
  ]);
});

Deno.test("what is bound to data is known only on the phone, and a picture is not a script", () => {
  assertEquals(
    dangling({ "a.wxml": '<import src="{{name}}"/><image src="x.png"/>', "a.json": 'require("./none")' }),
    [],
  );
});
