import { assertEquals } from "@std/assert";
import { replayCommand, runSeeds } from "./run.ts";
import { UNCHANGED } from "./seams.ts";

/**
 * A test of `count` worlds, from the seed `from` on. Two files have half of them each, because files are what runs at the
 * same time. More with `deno task sim --seeds 100000 --from 100000`.
 */
export function testWorlds(from: number, count: number): void {
  const name =
    `in ${count} simulated worlds from seed ${from} on the client ends in step, shows nothing old as live, ` +
    "and leaves nothing behind";
  Deno.test(name, async () => {
    const { failures } = await runSeeds(from, count, () => UNCHANGED);
    const report = failures.slice(0, 5).map(({ seed, failure }) => `${failure}\n    ${replayCommand(seed)}`);
    assertEquals(failures.length, 0, `\n${report.join("\n")}`);
  });
}
