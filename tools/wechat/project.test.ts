import { assertEquals, assertThrows } from "@std/assert";
import { problemText } from "./problem.ts";
import { miniprogramRoot, missingParts } from "./project.ts";

const CONFIG = "project.config.json";

function reader(files: Record<string, string>) {
  return (file: string) => files[file];
}

Deno.test("the mini-program's folder is read from project.config.json however it is written", () => {
  for (const written of ["miniprogram/", "miniprogram", "./miniprogram/", "/miniprogram//"]) {
    const config = JSON.stringify({ miniprogramRoot: written });
    assertEquals(miniprogramRoot(reader({ [CONFIG]: config })), "miniprogram/", written);
  }
  assertEquals(miniprogramRoot(reader({ [CONFIG]: "{}" })), "");
  assertEquals(miniprogramRoot(reader({ [CONFIG]: '{"miniprogramRoot":"./"}' })), "");
  assertThrows(() => miniprogramRoot(reader({ [CONFIG]: "{" })), SyntaxError);
});

Deno.test("what is missing is said one thing at a time, in the order in which it helps", () => {
  const files: Record<string, string> = {};
  const first = () => missingParts(reader(files)).map(problemText)[0];
  assertEquals(first(), "project.config.json: not found. Run the task in the repository's root");
  files[CONFIG] = '{"miniprogramRoot":"mini/"}';
  assertEquals(first(), 'mini/app.json: not found, though project.config.json says miniprogramRoot "mini/"');
  files["mini/app.json"] = "{}";
  assertEquals(
    first(),
    'mini/lib/shared.js: not found. Run "deno task build" first: it makes this file from shared/',
  );
  files["mini/lib/shared.js"] = "";
  assertEquals(first(), undefined);
});
