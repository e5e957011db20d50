// These tests run WeChat's real compiler, a download of 276 MB, and so not with `deno task test` but with
// `deno task wechat:test`, which is part of `deno task ok` and of CI.
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

const HOME = "miniprogram/pages/home/index";

/** The smallest project with one of everything. */
const PROJECT: Readonly<Record<string, string>> = {
  "project.config.json": JSON.stringify({
    appid: "touristappid",
    compileType: "miniprogram",
    libVersion: "3.8.12",
    miniprogramRoot: "miniprogram/",
    srcMiniprogramRoot: "miniprogram/",
    setting: { useCompilerPlugins: ["typescript"], es6: true, enhance: true, swc: true, postcss: true, minified: true },
  }),
  "miniprogram/app.json": '{\n  "pages": [\n    "pages/home/index"\n  ],\n  "componentFramework": "glass-easel"\n}\n',
  "miniprogram/app.ts": "App({});\n",
  "miniprogram/app.wxss": "page { color: red; }\n",
  "miniprogram/lib/shared.js": "exports.answer = 42;\n",
  [`${HOME}.json`]: "{}\n",
  [`${HOME}.wxml`]: "<view>\n  <text>{{answer}}</text>\n</view>\n",
  [`${HOME}.wxss`]: ".a {\n  color: blue;\n}\n",
  [`${HOME}.ts`]: 'import { answer } from "../../lib/shared";\n\nPage({ data: { answer: answer as number } });\n',
};

/** What follows `deno` in a task of the root configuration, so that the task's permissions are tested too. */
async function taskArgs(task: string): Promise<string[]> {
  const { tasks }: { tasks: Record<string, { command: string }> } = JSON.parse(await Deno.readTextFile("deno.json"));
  return tasks[task]?.command.split(" ").slice(1) ?? [];
}

/** Compiles PROJECT with some files replaced, or taken away (null), in a process of its own as the task does. */
async function compile(changes: Readonly<Record<string, string | null>>) {
  const folder = await Deno.makeTempDir({ prefix: "tickwire-wechat-" });
  try {
    for (const [file, text] of Object.entries({ ...PROJECT, ...changes })) {
      if (text === null) continue;
      const path = `${folder}/${file}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      await Deno.writeTextFile(path, text);
    }
    const args = [...await taskArgs("wechat:compile"), folder];
    const { code, stdout, stderr } = await new Deno.Command("deno", { args, env: { NO_COLOR: "1" } }).output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, out: decode(stdout), problems: decode(stderr).split("\n") };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("WeChat's compiler accepts a good project, and the sizes are printed", async () => {
  const { code, out, problems } = await compile({});
  assertEquals(problems, [""]);
  assertEquals(code, 0);
  assertMatch(out, /^WeChat's compiler accepts the mini-program \(\d+\.\d s\)\.\n/);
  assertMatch(out, /\n {2}pages\/home +4 +\d+\n/);
  assertMatch(out, /\n {2}together +9 +\d+ +0\.\d % of 307,200\n$/);
});

const BAD: readonly [subject: string, changes: Record<string, string | null>, problem: string][] = [
  [
    "a template with a wrong end tag",
    { [`${HOME}.wxml`]: "<view>\n  <text>{{answer}}</view>\n</view>\n" },
    `${HOME}.wxml:2:21: unexpected end tag: view`,
  ],
  ["a style without its end", { [`${HOME}.wxss`]: "\n.a {\n  color: blue;\n" }, `${HOME}.wxss:2:1: Unclosed block`],
  ["a script that is none", { [`${HOME}.ts`]: "\nPage({ data: { x: } });\n" }, `${HOME}.ts:2: Expression expected`],
  [
    "an app.json with a number for a name",
    { "miniprogram/app.json": '{\n  "pages": ["pages/home/index"],\n  "window": { "navigationBarTitleText": 7 }\n}\n' },
    "miniprogram/app.json:3: window.navigationBarTitleText field needs to be string",
  ],
  [
    "an app.json that is no JSON",
    { "miniprogram/app.json": '{\n  "pages": ["pages/home/index"]\n  "style": "v2"\n}\n' },
    "miniprogram/app.json:3: SyntaxError: ",
  ],
  [
    "a page that is not there",
    { "miniprogram/app.json": '{\n  "pages": [\n    "pages/home/index",\n    "pages/none/index"\n  ]\n}\n' },
    'miniprogram/app.json:4: ["pages"][1] could not find the corresponding file: "pages/none/index.wxml"',
  ],
  [
    "a component that is not there",
    { [`${HOME}.json`]: '{\n  "usingComponents": {\n    "x-y": "/components/x-y/index"\n  }\n}\n' },
    `${HOME}.json:3: ["usingComponents"]["x-y"]`,
  ],
  [
    "an import that leads nowhere",
    { [`${HOME}.ts`]: 'import { answer } from "../../lib/none";\n\nPage({ data: { answer } });\n' },
    `${HOME}.ts:1: refers to "../../lib/none"`,
  ],
  ["no shared bundle", { "miniprogram/lib/shared.js": null }, "miniprogram/lib/shared.js: not found. Run"],
  [
    "too many bytes",
    { [`${HOME}.ts`]: `Page({ data: { text: "${"价".repeat(103_000)}" } });\n` },
    "miniprogram/: ",
  ],
];

for (const [subject, changes, problem] of BAD) {
  Deno.test(`WeChat's compiler refuses ${subject}, and the first line says where`, async () => {
    const { code, problems } = await compile(changes);
    assertEquals(code, 1);
    assertStringIncludes(problems[0] ?? "", problem);
    assertEquals(problems[0]?.startsWith(problem.slice(0, 12)), true);
  });
}
