import type { Dice } from "./dice.ts";
import type { Seams } from "./seams.ts";
import { type Outcome, World } from "./world.ts";

/** Makes what stands between the parts of one world. */
export type MakeSeams = (dice: Dice) => Seams;

/** Seeds in one turn of the event loop. */
const TURN_SEEDS = 50;

export function runSeed(seed: number, seams: MakeSeams, isTraced = false): Outcome {
  return new World(seed, seams, isTraced).run();
}

/** Runs `count` seeds from `from` on and keeps those that failed. */
export async function runSeeds(from: number, count: number, seams: MakeSeams) {
  const failures: Outcome[] = [];
  let simulatedMs = 0;
  for (let seed = from; seed < from + count; seed++) {
    const outcome = runSeed(seed, seams);
    simulatedMs += outcome.simulatedMs;
    if (outcome.failure !== undefined) failures.push(outcome);
    // What is held weakly stays until the present turn of the event loop has ended.
    if (seed % TURN_SEEDS === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { failures, seeds: count, simulatedMs };
}

/** The first seed from 1 on that fails, or `undefined` where the first `count` do not. */
export function firstFailure(count: number, seams: MakeSeams): Outcome | undefined {
  for (let seed = 1; seed <= count; seed++) {
    const outcome = runSeed(seed, seams);
    if (outcome.failure !== undefined) return outcome;
  }
  return undefined;
}

/** The command that shows a seed's course of events. */
export function replayCommand(seed: number): string {
  return `deno task sim --seed ${seed} --trace`;
}
