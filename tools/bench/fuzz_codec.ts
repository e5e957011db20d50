/**
 * Throws damaged and random bytes at the binary decoders, more than the tests have time for:
 * `deno run --config tools/deno.json --allow-read tools/bench/fuzz_codec.ts [inputs] [seed]`.
 */
import { fuzzDecoders } from "../testing/binary_fuzz.ts";
import { CLIENT_EXAMPLES, SERVER_EXAMPLES } from "../testing/protocol_examples.ts";

const inputs = Number(Deno.args[0] ?? 1_000_000);
const seed = Number(Deno.args[1] ?? 1);
if (!Number.isInteger(inputs) || inputs < 1 || !Number.isInteger(seed)) {
  console.error("Give the number of inputs, 1 or more, and a seed, both whole: fuzz_codec.ts 1000000 1");
  Deno.exit(2);
}
const startedMs = performance.now();
const { messages, faults } = fuzzDecoders({ client: CLIENT_EXAMPLES, server: SERVER_EXAMPLES }, inputs, seed);
const seconds = (performance.now() - startedMs) / 1000;
console.log(`${inputs} inputs of seed ${seed}: ${messages} were messages, ${faults} faults; ${seconds.toFixed(1)} s`);
