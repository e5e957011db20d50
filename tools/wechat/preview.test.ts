import { assertEquals, assertStringIncludes } from "@std/assert";
import { preview } from "./preview.ts";

const APPID = "wx0123456789abcdef";
const KEY = "-----BEGIN RSA PRIVATE KEY-----\nsecret\n-----END RSA PRIVATE KEY-----\n";

interface Setting {
  args?: string[];
  env?: Record<string, string>;
  files?: Record<string, string>;
  addresses?: string[];
  exitCodes?: number[];
}

async function run({ args = [], env = { TICKWIRE_WECHAT_APPID: APPID }, ...rest }: Setting) {
  const { files = { "certs/wechat.key": KEY }, addresses = ["192.168.1.5", "10.0.0.9"], exitCodes = [] } = rest;
  const printed: string[] = [];
  const ran: { args: readonly string[]; env: Readonly<Record<string, string>> }[] = [];
  const exitCode = await preview(args, {
    env: (name) => env[name],
    read: (file) => files[file],
    lanAddresses: () => addresses,
    print: (text) => printed.push(text),
    runDeno: (args, env) => {
      ran.push({ args, env });
      return Promise.resolve(exitCodes[ran.length - 1] ?? 0);
    },
  });
  return { exitCode, text: printed.join("\n"), ran };
}

Deno.test("a preview builds, gets the compiler, then uploads with appid, key file and the LAN address, and no key among the words", async () => {
  const { exitCode, text, ran } = await run({});
  assertEquals(exitCode, 0);
  assertEquals(text, "");
  assertEquals(ran.slice(0, 2), [
    { args: ["task", "--quiet", "build"], env: {} },
    { args: ["task", "--quiet", "wechat:install"], env: {} },
  ]);
  assertEquals(ran[2]?.env, {
    TICKWIRE_WECHAT_APPID: APPID,
    TICKWIRE_WECHAT_KEY_FILE: "certs/wechat.key",
    TICKWIRE_WECHAT_SERVER: "ws://192.168.1.5:8000/ws",
  });
  assertEquals(ran[2]?.args.at(-1), "tools/wechat/preview_upload.ts");
  assertEquals(JSON.stringify(ran).includes("secret"), false);
});

Deno.test("flags win over variables, and the server's port is known", async () => {
  const env = { TICKWIRE_WECHAT_APPID: APPID, TICKWIRE_WECHAT_KEY_FILE: "a.key", TICKWIRE_PORT: "9000", PORT: "1" };
  const files = { "a.key": KEY, "b.key": KEY };
  const byEnv = (await run({ env, files })).ran[2]?.env;
  assertEquals(byEnv?.TICKWIRE_WECHAT_KEY_FILE, "a.key");
  assertEquals(byEnv?.TICKWIRE_WECHAT_SERVER, "ws://192.168.1.5:9000/ws");
  const args = ["--key", "b.key", "--server", "wss://quotes.example.com/ws"];
  const byFlag = (await run({ env, files, args })).ran[2]?.env;
  assertEquals(byFlag?.TICKWIRE_WECHAT_KEY_FILE, "b.key");
  assertEquals(byFlag?.TICKWIRE_WECHAT_SERVER, "wss://quotes.example.com/ws");
});

const REFUSALS: readonly [subject: string, setting: Setting, chinese: string, english: string][] = [
  ["no appid", { env: {} }, "没有设置 TICKWIRE_WECHAT_APPID", "TICKWIRE_WECHAT_APPID is not set"],
  ["a tourist's appid", { env: { TICKWIRE_WECHAT_APPID: "touristappid" } }, "不是 AppID", "which is no AppID"],
  ["no key", { files: {} }, "找不到上传密钥 certs/wechat.key", "The upload key certs/wechat.key is not there"],
  ["something else", { files: { "certs/wechat.key": "{}" } }, "不是小程序代码上传密钥", "is not an upload key"],
  ["no network", { addresses: [] }, "没有局域网地址", "no address on a local network"],
  ["a web page", { args: ["--server", "http://10.0.0.2/"] }, "不是 WebSocket 地址", "no WebSocket address"],
  ["a bare host", { args: ["--server", "ws://10.0.0.2"] }, "不是 WebSocket 地址", "no WebSocket address"],
  ["this machine", { args: ["--server", "ws://127.0.0.1:8000/ws"] }, "手机连不到", "A phone cannot reach"],
  ["an unknown flag", { args: ["--kye", "x"] }, "", "--kye"],
  ["a flag without value", { args: ["--key"] }, "", "--key"],
];

for (const [subject, setting, chinese, english] of REFUSALS) {
  Deno.test(`with ${subject} nothing is built, and both languages say what to do`, async () => {
    const { exitCode, text, ran } = await run(setting);
    assertEquals(exitCode, 2);
    assertEquals(ran, []);
    assertStringIncludes(text, chinese);
    assertStringIncludes(text, english);
    assertEquals(text.includes("secret"), false);
  });
}

Deno.test("someone without appid reads where to get it", async () => {
  const { text } = await run({ env: {} });
  for (const word of ["mp.weixin.qq.com", "开发管理", "开发设置", "小程序代码上传", "密钥", "IP 白名单"]) {
    assertStringIncludes(text, word);
  }
});

Deno.test("help that was asked for is a success", async () => {
  assertEquals((await run({ args: ["--help"], env: {} })).exitCode, 0);
});

Deno.test("a step that fails is the last one, and its exit code is kept", async () => {
  for (const exitCodes of [[3], [0, 3], [0, 0, 3]]) {
    const { exitCode, ran } = await run({ exitCodes });
    assertEquals([exitCode, ran.length], [3, exitCodes.length]);
  }
});
