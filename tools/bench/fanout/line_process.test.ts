import { assertEquals, assertRejects } from "@std/assert";
import { LineProcess } from "./line_process.ts";
import { openFilesMax, threadsCpuMs } from "./process_use.ts";

const ECHO = 'while read line; do echo "{\\"got\\":\\"$line\\"}"; done';

Deno.test("commands are answered one by one, in order", async () => {
  await using program = new LineProcess("echo", "sh", ["-c", ECHO]);
  assertEquals(await program.ask("one"), { got: "one" });
  await program.tell("two");
  assertEquals(await program.ask("three"), { got: "two" });
  assertEquals(await program.answer(), { got: "three" });
});

Deno.test("a program that ends says why, with its own words where it had some", async () => {
  await using loud = new LineProcess("loud", "sh", ["-c", "echo no room >&2; exit 1"]);
  await assertRejects(() => loud.answer(), Error, "loud ended: no room");
  await using quiet = new LineProcess("quiet", "sh", ["-c", "exit 4"]);
  await assertRejects(() => quiet.ask("anything"), Error, "quiet ended: code 4");
  await using killed = new LineProcess("killed", "sh", ["-c", ECHO]);
  killed.kill();
  await assertRejects(() => killed.answer(), Error, "killed ended: code SIGKILL");
});

Deno.test("a process's own processor time grows when it works", async () => {
  const before = await threadsCpuMs(Deno.pid);
  let sum = 0;
  for (let i = 0; i < 20_000_000; i++) sum += i % 7;
  assertEquals(sum > 0, true);
  assertEquals(await threadsCpuMs(Deno.pid) - before > 1, true);
});

Deno.test("the limit of open files is a number", async () => {
  assertEquals(await openFilesMax() > 0, true);
});
