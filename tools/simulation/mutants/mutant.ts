import type { Dice } from "../dice.ts";
import type { Seams } from "../seams.ts";

/** A planted bug. */
export interface Mutant {
  readonly name: string;
  /** The bug in words. */
  readonly bug: string;
  readonly seams: (dice: Dice) => Seams;
}
