import { assert } from "@std/assert";
import { firstFailure } from "../run.ts";
import { MUTANTS, SEEDS_MAX } from "./mutants.ts";

for (const { name, bug, seams } of MUTANTS) {
  Deno.test(`a planted bug is found: ${name}`, () => {
    assert(firstFailure(SEEDS_MAX, seams), `No seed up to ${SEEDS_MAX} shows it. ${bug}`);
  });
}
