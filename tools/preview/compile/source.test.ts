import { assertEquals, assertThrows } from "@std/assert";
import { diskSource, memorySource, resolvePath } from "./source.ts";

Deno.test("a relative path starts at the folder of the file that names it", () => {
  assertEquals(resolvePath("pages/market/index", "../../lib/shared"), "lib/shared");
  assertEquals(resolvePath("pages/market/index", "./row"), "pages/market/row");
  assertEquals(resolvePath("app", "lib//x"), "lib/x");
});

Deno.test("an absolute path starts at the root", () => {
  assertEquals(resolvePath("pages/market/index", "/components/row/index"), "components/row/index");
});

Deno.test("a path that leaves the root resolves to nothing", () => {
  assertEquals(resolvePath("pages/market/index", "../../../shared/mod"), null);
  assertEquals(resolvePath("app", "../x"), null);
  assertEquals(resolvePath("app", "/../x"), null);
});

Deno.test("reading an absent file says which", () => {
  assertThrows(() => memorySource({}).read("a.ts"), Error, "a.ts");
  const source = diskSource(new URL(".", import.meta.url).pathname);
  assertEquals(source.has("source.ts"), true);
  assertEquals(source.has("absent.ts"), false);
  assertThrows(() => source.read("absent.ts"), Error, "absent.ts");
});
