import { assert, assertEquals } from "@std/assert";
import { replayCommand, runSeed, runSeeds } from "./run.ts";
import { UNCHANGED } from "./seams.ts";

/** More with `deno task sim --seeds 100000 --from 100000`. */
const SEEDS = 1_500;

Deno.test(`in ${SEEDS} simulated worlds the client ends in step, shows nothing old as live, and leaves nothing behind`, async () => {
  const { failures } = await runSeeds(1, SEEDS, () => UNCHANGED);
  const report = failures.slice(0, 5).map(({ seed, failure }) => `${failure}\n    ${replayCommand(seed)}`);
  assertEquals(failures.length, 0, `\n${report.join("\n")}`);
});

Deno.test("a seed tells the same story every time, and another seed another one", () => {
  const [first, again, other] = [7, 7, 8].map((seed) => runSeed(seed, () => UNCHANGED, true).trace);
  assertEquals(first, again);
  assert(first !== undefined && first.length > 50, "something happens");
  assert(JSON.stringify(first) !== JSON.stringify(other));
});
