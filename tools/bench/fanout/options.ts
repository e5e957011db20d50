import { parseArgs } from "node:util";
import { type ServerId, SERVERS } from "./servers.ts";

export interface Options {
  readonly clients: readonly number[];
  readonly servers: readonly ServerId[];
  readonly rounds: number;
  readonly spanMs: number;
  readonly settleMs: number;
  readonly symbols: number;
  readonly ticksPerSecond: number;
  /** No round begins that would probably end after this. */
  readonly minutesMax: number;
  /** Folder for fanout.md and fanout.svg, from the repository's root. */
  readonly out: string;
}

/** Frames a second to each client: ten, and four from ten thousand clients on, as the bars have it. */
export function framesPerSecondFor(clients: number): number {
  return clients >= 10_000 ? 4 : 10;
}

const FULL = { clients: "100,1000,10000", rounds: "5", span: "4", settle: "2", minutes: "45", out: "docs" };
const QUICK = { clients: "100,1000", rounds: "1", span: "1", settle: "0.5", minutes: "2", out: "build/bench/fanout" };

export const HELP = `Usage: deno task bench:fanout [options]

What it costs to bring ticks to many clients: Tickwire beside other servers, on the same feed, in one run.

  --quick            A minute's look, written to ${QUICK.out}: nothing to publish
  --clients LIST     Numbers of clients [${FULL.clients}]
  --servers LIST     Some of ${SERVERS.map(({ id }) => id).join(",")} [all]
  --rounds N         Rounds; in each, every server is measured once [${FULL.rounds}]
  --span SECONDS     Length of one measurement [${FULL.span}]
  --settle SECONDS   Time before it, for compilers and caches [${FULL.settle}]
  --symbols N        Symbols, to all of which every client subscribes, 1 to 64 [20]
  --ticks N          Ticks of each symbol a second [10]
  --minutes N        Begin no round that would end later than this [${FULL.minutes}]
  --out FOLDER       Where fanout.md and fanout.svg go [${FULL.out}]
  --help             This text`;

/** Reads the command line. @throws RangeError or TypeError that says what is wrong with it. @returns `undefined` for `--help`. */
export function readOptions(args: readonly string[]): Options | undefined {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean" },
      quick: { type: "boolean" },
      ...{ clients: text, servers: text, rounds: text, span: text, settle: text, symbols: text, ticks: text },
      ...{ minutes: text, out: text },
    },
  });
  if (values.help) return undefined;
  const given = { symbols: "20", ticks: "10", servers: "", ...(values.quick ? QUICK : FULL), ...values };
  return {
    clients: given.clients.split(",").map((count) => numberOf("--clients", count, 1, 50_000, true)),
    servers: serversOf(given.servers),
    rounds: numberOf("--rounds", given.rounds, 1, 100, true),
    spanMs: numberOf("--span", given.span, 0.2, 60) * 1000,
    settleMs: numberOf("--settle", given.settle, 0.1, 30) * 1000,
    symbols: numberOf("--symbols", given.symbols, 1, 64, true),
    ticksPerSecond: numberOf("--ticks", given.ticks, 0.1, 1_000),
    minutesMax: numberOf("--minutes", given.minutes, 0.1, 600),
    out: given.out,
  };
}

function numberOf(flag: string, text: string, least: number, greatest: number, whole = false): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= least && value <= greatest && (!whole || Number.isInteger(value))) return value;
  throw new RangeError(
    `${flag} takes ${whole ? "whole numbers" : "a number"} from ${least} to ${greatest}, got "${text}"`,
  );
}

function serversOf(list: string): ServerId[] {
  const known = SERVERS.map(({ id }) => id);
  if (list === "") return known;
  const wanted = list.split(",");
  const unknown = wanted.filter((name) => !known.some((id) => id === name));
  if (unknown.length > 0) throw new RangeError(`--servers knows ${known.join(", ")}, and not ${unknown.join(", ")}`);
  return known.filter((id) => wanted.includes(id));
}
