import { assertEquals } from "@std/assert";
import { packagesOf, parseConfiguration, unexplained } from "./dependencies.ts";

for (const readme of ["README.md", "README.zh-CN.md"]) {
  for (const path of ["deno.json", "tools/deno.json", "tools/bench/fanout/peers/deno.json", "tools/wechat/deno.json"]) {
    Deno.test(`${readme} says why each dependency of ${path} is here`, async () => {
      const packages = packagesOf(parseConfiguration(path, await Deno.readTextFile(path)));
      assertEquals(unexplained(packages, await Deno.readTextFile(readme)), []);
    });
  }
}
