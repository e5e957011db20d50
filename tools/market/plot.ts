/** Draws docs/market/day.svg and docs/market/returns.svg. @param --seed The market to draw. @default 37 */
import { parseArgs } from "node:util";
import { SEED_MAX } from "../../server/exchange/random.ts";
import { plotDay } from "./plot_day.ts";
import { plotReturns } from "./plot_returns.ts";

const FOLDER = new URL("../../docs/market/", import.meta.url);
const DAYS = 240;

function readSeed(args: string[]): number {
  const { values } = parseArgs({ args, options: { seed: { type: "string", default: "37" } } });
  const seed = Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX) {
    throw new RangeError(`--seed must be a whole number from 0 to ${SEED_MAX}, got "${values.seed}"`);
  }
  return seed;
}

function seedOrExit(args: string[]): number {
  try {
    return readSeed(args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(2);
  }
}

const seed = seedOrExit(Deno.args);
await Deno.mkdir(FOLDER, { recursive: true });
await Deno.writeTextFile(new URL("day.svg", FOLDER), plotDay(seed));
await Deno.writeTextFile(new URL("returns.svg", FOLDER), plotReturns(seed, DAYS));
console.log("Drawn: docs/market/day.svg and docs/market/returns.svg");
