import { assertEquals } from "@std/assert";
import { leaks } from "./leaks.ts";

/** Cases are put together from halves, so that this file does not contain what it looks for. */
const found = (path: string, ...halves: string[]) => leaks([{ path, text: `\n${halves.join("")}\n` }]);

Deno.test("a path of somebody's machine is found, in prose, code and JSON", () => {
  for (const [before, after] of [["see /wo", "rk/main/x"], ['"/ho', 'me/ann/a.ts"'], ["(/Us", "ers/ann/b)"]] as const) {
    assertEquals(found("README.md", before, after), ["README.md:2: a path of somebody's machine"]);
  }
  for (const fine of ["/usr/bin/chromium", "pages/home/index", "./work/main", "/workers/", "https://x.org/home/ann"]) {
    assertEquals(found("README.md", fine), [], fine);
  }
});

Deno.test("a registry's address is found, other addresses are fine", () => {
  const what = "a.md:2: the address of a package registry: which one to use is the reader's setting";
  assertEquals(found("a.md", "https://regis", "try.example.org/zod"), [what]);
  assertEquals(found("a.md", "http://npm-mir", "ror.example.org/"), [what]);
  assertEquals(found("a.md", "https://deno.com and https://mp.weixin.qq.com and http://localhost:8000/"), []);
});

Deno.test("a lock file has no address at all", () => {
  assertEquals(found("tools/deno.lock", '"https://exam', 'ple.org/mod.ts": "1"').length, 1);
  assertEquals(found("tools/deno.lock", '"npm:zod@4.6.7": "4.6.7"'), []);
});

Deno.test("a private key is found, the word alone is not", () => {
  const head = "-----BEGIN RSA PRIVATE KEY-----";
  assertEquals(found("certs/a.pem", head, "\n", "Ab0+".repeat(16)).length, 1);
  assertEquals(found("tools/wechat/guide.ts", head, " is how it begins"), []);
});

Deno.test("ways around the type checker and the linter are found, with a line", () => {
  assertEquals(found("server/a.ts", "// @ts-", "ignore"), ["server/a.ts:2: a way around the type checker"]);
  assertEquals(found("server/a.ts", "// deno-lint-", "ignore").length, 1);
  assertEquals(found("server/a.ts", "// deno-lint-", "ignore-file").length, 1);
  assertEquals(found("server/a.ts", "// deno-lint-", "ignore no-explicit-any -- because").length, 1);
  assertEquals(found("server/a.ts", "// deno-lint-", "ignore no-console"), []);
  assertEquals(found("README.md", "// @ts-", "ignore"), []);
});

Deno.test("a test that is not run is found", () => {
  assertEquals(found("server/a.test.ts", "Deno.test.", 'only("x")').length, 1);
  assertEquals(found("server/a.test.ts", "Deno.test.", 'ignore("x")').length, 1);
  assertEquals(found("server/a.test.ts", "ignore", ": true").length, 1);
  assertEquals(found("server/a.test.ts", "ignore: !hasChromium"), []);
});
