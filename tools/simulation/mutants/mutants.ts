/** Planted bugs, each of a kind that somebody could write. The simulation must find every one of them. */
import { CLIENT_BUGS } from "./client_bugs.ts";
import type { Mutant } from "./mutant.ts";
import { SERVER_BUGS } from "./server_bugs.ts";

/** Seeds in which a bug must show. */
export const SEEDS_MAX = 300;

export const MUTANTS: readonly Mutant[] = [...SERVER_BUGS, ...CLIENT_BUGS];
