/**
 * Tells the server's sessions random and damaged things, more than the tests have time for, and looks at the heap:
 * `deno task fuzz:session [inputs] [seed]`.
 */
import { fuzzSessions } from "./session_fuzz.ts";

/** Growth of the heap from the first tenth to the last that is no leak, in MiB. */
const GROWTH_MAX_MIB = 8;

const inputs = Number(Deno.args[0] ?? 1_000_000);
const seed = Number(Deno.args[1] ?? 1);
if (!Number.isInteger(inputs) || inputs < 1 || !Number.isInteger(seed)) {
  console.error("Give the number of inputs, 1 or more, and a seed, both whole: deno task fuzz:session 1000000 1");
  Deno.exit(2);
}
const { gc } = globalThis as { gc?: () => void };
const heapsMiB: number[] = [];
const startedMs = performance.now();
const { sessions, sent } = await fuzzSessions(inputs, seed, () => {
  gc?.();
  heapsMiB.push(Deno.memoryUsage().heapUsed / 2 ** 20);
});
const seconds = (performance.now() - startedMs) / 1000;
console.log(`${inputs} inputs of seed ${seed} to ${sessions} sessions, which sent ${sent}; ${seconds.toFixed(1)} s`);
console.log(`Heap after each tenth, in MiB: ${heapsMiB.map((mib) => mib.toFixed(1)).join(" ")}`);
const growthMiB = (heapsMiB.at(-1) ?? 0) - (heapsMiB[0] ?? 0);
if (growthMiB > GROWTH_MAX_MIB) {
  console.error(`The heap grew by ${growthMiB.toFixed(1)} MiB: something is kept.`);
  Deno.exit(1);
}
