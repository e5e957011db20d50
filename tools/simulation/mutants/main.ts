/** Plants one bug after the other and looks whether the simulation finds it: `deno task sim:mutants`. */
import { firstFailure } from "../run.ts";
import { MUTANTS, SEEDS_MAX } from "./mutants.ts";

let escaped = 0;
for (const { name, bug, seams } of MUTANTS) {
  const caught = firstFailure(SEEDS_MAX, seams);
  if (!caught) escaped++;
  console.log(`${name}\n    ${bug}`);
  console.log(caught ? `    caught by seed ${caught.seed}, ${caught.failure?.split("\n")[0]}` : "    NOT CAUGHT");
}
console.log(`${MUTANTS.length - escaped} of ${MUTANTS.length} bugs caught.`);
Deno.exit(escaped > 0 ? 1 : 0);
