import { assert, assertEquals, assertGreater } from "@std/assert";
import { type Configuration, disagreements, notPinned, parseConfiguration, strayLocks } from "./dependencies.ts";
import { medianLines, tooLong } from "./file_length.ts";
import {
  bordersCrossed,
  endingsElsewhere,
  endingsInMiniprogram,
  mainNeedsSubpackage,
  otherSocketOwners,
} from "./imports.ts";
import { leaks } from "./leaks.ts";
import { isSource, trackedFiles } from "./repository.ts";

const FILES = await trackedFiles();

const CONFIGURATIONS: readonly Configuration[] = FILES
  .filter(({ path }) => /(^|\/)deno\.json$/.test(path))
  .map(({ path, text }) => parseConfiguration(path, text));

Deno.test("the checks see the repository", () => {
  assertGreater(FILES.filter(({ path }) => isSource(path)).length, 50);
  assertEquals(CONFIGURATIONS.map(({ path }) => path).sort(), [
    "deno.json",
    "tools/bench/fanout/peers/deno.json",
    "tools/deno.json",
    "tools/wechat/deno.json",
  ]);
});

Deno.test("every dependency is pinned to one version", () => {
  assertEquals(CONFIGURATIONS.flatMap(notPinned), []);
});

Deno.test("the configurations agree on what they share", () => {
  const problems = CONFIGURATIONS.flatMap((one, index) =>
    CONFIGURATIONS.slice(index + 1).flatMap((other) => disagreements(one, other))
  );
  assertEquals(problems, []);
});

Deno.test("a lock file names what its configuration asks for and nothing else", () => {
  const problems = CONFIGURATIONS.flatMap((configuration) => {
    const lockPath = configuration.path.replace(/deno\.json$/, "deno.lock");
    const lock = FILES.find(({ path }) => path === lockPath);
    return lock
      ? strayLocks(configuration, lockPath, lock.text)
      : [`${lockPath}: not tracked, so nothing is reproducible`];
  });
  assertEquals(problems, []);
});

Deno.test("no import crosses a border of the house", () => {
  assertEquals(bordersCrossed(FILES), []);
});

Deno.test("imports have no ending in the mini-program, and have one everywhere else", () => {
  assertEquals([...endingsInMiniprogram(FILES), ...endingsElsewhere(FILES)], []);
});

Deno.test("one module owns the socket", () => {
  assertEquals(otherSocketOwners(FILES), []);
});

Deno.test("the main package needs no code of the subpackage", () => {
  assertEquals(mainNeedsSubpackage(FILES), []);
});

Deno.test("no file is too long", () => {
  const median = medianLines(FILES);
  console.log(`The median file of the product has ${median} lines.`);
  assert(median > 0);
  assertEquals(tooLong(FILES), []);
});

Deno.test("no file has a machine's path, a registry's address, a key, or a way around the checks", () => {
  assertEquals(leaks(FILES), []);
});

Deno.test("lint bans any", async () => {
  const config: { lint: { rules: { include: string[]; exclude: string[] } } } = JSON.parse(
    await Deno.readTextFile("deno.json"),
  );
  assert(config.lint.rules.include.includes("no-explicit-any"));
  assertEquals(config.lint.rules.exclude, ["no-sloppy-imports"]);
});

Deno.test("deno task check sees every source file", async () => {
  const { tasks }: { tasks: Record<string, { command: string }> } = JSON.parse(await Deno.readTextFile("deno.json"));
  const words = ["check:deno", "check:browser"].flatMap((task) => tasks[task]?.command.split(" ") ?? []);
  const isChecked = (path: string) =>
    words.some((word) => path.startsWith(`${word}/`)) ||
    // The mini-program itself is checked by its tsconfig.json, and its tests by a pattern.
    path.startsWith("miniprogram/") && (!path.endsWith(".test.ts") || words.includes("miniprogram/**/*.test.ts"));
  assertEquals(
    FILES.map(({ path }) => path).filter((path) => isSource(path) && !path.endsWith(".d.ts") && !isChecked(path)),
    [],
    "no types are checked in these: name their folder in deno.json, in check:deno or check:browser",
  );
  assert(tasks["check"]?.command.includes("check:miniprogram"));
});
