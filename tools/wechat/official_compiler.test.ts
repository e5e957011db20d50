import { assertEquals, assertRejects } from "@std/assert";
import { FakeCi } from "./fake_ci.ts";
import { CompileFailure, compileOffline } from "./official_compiler.ts";

Deno.test("compiling asks WeChat nothing about the appid and keeps warnings", async () => {
  const ci = new FakeCi();
  let attributes: unknown;
  ci.onAttr = () => {
    throw new Error("asked WeChat");
  };
  ci.onCompile = ({ project, onProgressUpdate }) => {
    attributes = project.attr();
    onProgressUpdate({ status: "doing", message: "compile app.ts" });
    onProgressUpdate({ status: "warn", message: "Ignored: app.d.ts" });
    onProgressUpdate("plain words");
    return { "app.js": "App({})" };
  };
  const { files, warnings } = await compileOffline(ci, "/project", () => {});
  assertEquals([...files], [["app.js", "App({})"]]);
  assertEquals(warnings, ["Ignored: app.d.ts"]);
  assertEquals(await attributes, ci.DefaultProjectAttr);
  assertEquals(ci.BaseProject.prototype.attrSync?.(), ci.DefaultProjectAttr);
  assertEquals(ci.asked.project[0]?.projectPath, "/project");
});

Deno.test("what the compiler prints is handed over, and the console is as before, also after an error", async () => {
  const ci = new FakeCi();
  const before = { ...console };
  ci.onCompile = () => {
    console.log("[summer-compiler]", 1);
    console.error("noise");
    throw Object.assign(new Error("2:16:unexpected end tag: view"), { path: "pages/home/index.wxml", code: 10038 });
  };
  const lines: string[] = [];
  const failure = await assertRejects(() => compileOffline(ci, "/project", (line) => lines.push(line)), CompileFailure);
  assertEquals(lines, ["[summer-compiler] 1", "noise"]);
  assertEquals({ path: failure.path, message: failure.message }, {
    path: "pages/home/index.wxml",
    message: "2:16:unexpected end tag: view",
  });
  assertEquals({ ...console }, before);
});

Deno.test("a compiler that throws no error at all still fails with words", async () => {
  const ci = new FakeCi();
  ci.onCompile = () => {
    throw "out of luck";
  };
  const failure = await assertRejects(() => compileOffline(ci, "/project", () => {}), CompileFailure);
  assertEquals([failure.message, failure.path], ["out of luck", ""]);
});
