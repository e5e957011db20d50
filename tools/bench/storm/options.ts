import { parseArgs } from "node:util";
import { OPTIONS } from "../../../server/options.ts";

/** How the clients lose their line: all but the witnesses at once, by the server's death, or by its drain. */
export const STORMS = ["cut", "restart", "drain"] as const;
export type StormName = (typeof STORMS)[number];

export interface StormOptions {
  readonly storms: readonly StormName[];
  readonly clients: number;
  /** Update frames a second to each client. */
  readonly rate: number;
  /** Handshakes let through in a second at the most. */
  readonly pace: number;
  /** Clients that a drain asks back in a second. */
  readonly returnsPerSecond: number;
  readonly rounds: number;
  readonly seed: number;
  /** Folder for storm.md, from the repository's root. */
  readonly out: string;
}

export const STORM_HELP = `Usage: deno task bench:storm [options]

Thousands of clients lose their line together and come back: how soon are all right again, and what do the others notice?

  --storms LIST      Some of ${STORMS.join(",")} [all]
  --clients N        Clients, of which one in a hundred stays as a witness [10000]
  --rate N           Update frames a second to each client [1]
  --pace N           Handshakes let through in a second at the most [${OPTIONS.handshakesPerSecondMax.default}]
  --returns N        Clients that a drain asks back in a second [${OPTIONS.drainReturnsPerSecond.default}]
  --rounds N         Rounds; the table shows the median one [3]
  --seed N           Of the clients' jitter [1]
  --out FOLDER       Where storm.md goes [docs]
  --help             This text`;

/** Reads the command line. @throws RangeError or TypeError that says what is wrong with it. @returns `undefined` for `--help`. */
export function readStormOptions(args: readonly string[]): StormOptions | undefined {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean" },
      ...{ storms: text, clients: text, rate: text, pace: text, returns: text, rounds: text, seed: text, out: text },
    },
  });
  if (values.help) return undefined;
  const number = (flag: "clients" | "rate" | "pace" | "returns" | "rounds" | "seed", usual: number, most: number) => {
    const given = values[flag];
    const value = given === undefined ? usual : given.trim() === "" ? NaN : Number(given);
    if (value >= 1 && value <= most && Number.isInteger(value)) return value;
    throw new RangeError(`--${flag} takes whole numbers from 1 to ${most}, got "${given}"`);
  };
  return {
    storms: stormsOf(values.storms),
    clients: number("clients", 10_000, 50_000),
    rate: number("rate", 1, 10),
    pace: number("pace", Number(OPTIONS.handshakesPerSecondMax.default), 100_000),
    returnsPerSecond: number("returns", Number(OPTIONS.drainReturnsPerSecond.default), 100_000),
    rounds: number("rounds", 3, 99),
    seed: number("seed", 1, 2 ** 31),
    out: values.out ?? "docs",
  };
}

function stormsOf(list: string | undefined): StormName[] {
  if (list === undefined) return [...STORMS];
  const wanted = list.split(",");
  const unknown = wanted.filter((name) => !STORMS.some((storm) => storm === name));
  if (unknown.length > 0) throw new RangeError(`--storms knows ${STORMS.join(", ")}, and not ${unknown.join(", ")}`);
  return STORMS.filter((storm) => wanted.includes(storm));
}
