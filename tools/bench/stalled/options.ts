import { parseArgs } from "node:util";

export interface Options {
  /** Clients that read all the time. */
  readonly readers: number;
  /** Clients that stop to read. */
  readonly stalled: number;
  readonly rounds: number;
  readonly spanMs: number;
  readonly settleMs: number;
  /** Folder for stalled.md, from the repository's root. */
  readonly out: string;
}

export const HELP = `Usage: deno task bench:stalled [options]

What clients that stop reading cost the server, and the clients beside them. Needs Linux and a C compiler.

  --readers N        Clients that read all the time [5000]
  --stalled N        Clients that stop to read, all at once [5000]
  --rounds N         Rounds, each with a server of its own [5]
  --span SECONDS     Length of one measurement [3]
  --settle SECONDS   Time before it [1.5]
  --out FOLDER       Where stalled.md goes [docs]
  --help             This text`;

/** Reads the command line. @throws RangeError or TypeError that says what is wrong with it. @returns `undefined` for `--help`. */
export function readOptions(args: readonly string[]): Options | undefined {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean" },
      ...{ readers: text("5000"), stalled: text("5000"), rounds: text("5") },
      ...{ span: text("3"), settle: text("1.5"), out: text("docs") },
    },
  });
  if (values.help) return undefined;
  return {
    readers: Math.floor(numberOf("--readers", values.readers, 1, 50_000)),
    stalled: Math.floor(numberOf("--stalled", values.stalled, 1, 50_000)),
    rounds: Math.floor(numberOf("--rounds", values.rounds, 1, 100)),
    spanMs: numberOf("--span", values.span, 0.5, 4) * 1000,
    settleMs: numberOf("--settle", values.settle, 0.1, 30) * 1000,
    out: values.out,
  };
}

function numberOf(flag: string, text: string, least: number, greatest: number): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= least && value <= greatest) return value;
  throw new RangeError(`${flag} takes a number from ${least} to ${greatest}, got "${text}"`);
}
