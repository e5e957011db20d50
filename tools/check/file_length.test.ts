import { assertEquals } from "@std/assert";
import { medianLines, tooLong } from "./file_length.ts";

const file = (path: string, lines: number) => ({ path, text: "x\n".repeat(lines) });

Deno.test("400 lines are allowed, 401 are not, and tests may have 600", () => {
  assertEquals(tooLong([file("server/a.ts", 400), file("server/a.test.ts", 600)]), []);
  assertEquals(tooLong([file("server/a.ts", 401), file("server/a.test.ts", 601)]), [
    "server/a.ts: 401 lines, and 400 is the most. Which two subjects are in it?",
    "server/a.test.ts: 601 lines, and 600 is the most. Which two subjects are in it?",
  ]);
});

Deno.test("what is not source may be long", () => {
  assertEquals(tooLong([file("deno.lock", 5000), file("shared/PROTOCOL.md", 900)]), []);
});

Deno.test("the median is that of the product, tests and tools left out", () => {
  const files = [10, 30, 50].map((lines) => file(`server/${lines}.ts`, lines));
  assertEquals(medianLines([...files, file("server/a.test.ts", 500), file("tools/a.ts", 300)]), 30);
  assertEquals(medianLines([]), 0);
});
