import { parseArgs } from "node:util";
import type { Scenario } from "./load.ts";
import { type ServerId, SERVERS } from "./servers.ts";

export interface Options {
  readonly clients: readonly number[];
  readonly views: readonly Scenario["views"][];
  readonly servers: readonly ServerId[];
  readonly rounds: number;
  readonly spanMs: number;
  readonly settleMs: number;
  /** Symbols of each client. */
  readonly symbols: number;
  /** Symbols of the market from which clients choose their own. */
  readonly marketSymbols: number;
  /** Whole milliseconds between two ticks of one symbol. */
  readonly periodMs: number;
  /** No round begins that would probably end after this. */
  readonly minutesMax: number;
  /** Folder for fanout.md and fanout.svg, from the repository's root. */
  readonly out: string;
}

const VIEWS = ["shared", "own"] as const;

const FULL = { clients: "100,1000,10000", rounds: "5", span: "2.5", settle: "1", minutes: "25", out: "docs" };
const QUICK = { clients: "100,1000", rounds: "1", span: "1", settle: "0.5", minutes: "3", out: "build/bench/fanout" };

export const HELP = `Usage: deno task bench:fanout [options]

What it costs to bring ticks to many clients: Tickwire beside other servers, on the same feed, in one run.

  --quick            A minute's look, written to ${QUICK.out}: nothing to publish
  --clients LIST     Numbers of clients [${FULL.clients}]
  --views LIST       Whether all look at the same symbols, or each at its own: some of ${VIEWS.join(",")} [all]
  --servers LIST     Some of ${SERVERS.map(({ id }) => id).join(",")} [all]
  --rounds N         Rounds; in each, every server is measured once [${FULL.rounds}]
  --span SECONDS     Length of one measurement [${FULL.span}]
  --settle SECONDS   Time before it, for compilers and caches [${FULL.settle}]
  --symbols N        Symbols of each client, 1 to 64 [20]
  --market N         Symbols from which clients choose their own, 1 to 5000 [200]
  --period MS        Whole milliseconds between two ticks of one symbol [99]: a round number would save Tickwire bytes
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
      ...{ clients: text, views: text, servers: text, rounds: text, span: text, settle: text, symbols: text },
      ...{ market: text, period: text, minutes: text, out: text },
    },
  });
  if (values.help) return undefined;
  const lists = { servers: "", views: "" };
  const given = { symbols: "20", market: "200", period: "99", ...lists, ...(values.quick ? QUICK : FULL), ...values };
  const symbols = numberOf("--symbols", given.symbols, 1, 64, true);
  return {
    clients: given.clients.split(",").map((count) => numberOf("--clients", count, 1, 50_000, true)),
    views: someOf("--views", VIEWS, given.views),
    servers: someOf("--servers", SERVERS.map(({ id }) => id), given.servers),
    rounds: numberOf("--rounds", given.rounds, 1, 100, true),
    spanMs: numberOf("--span", given.span, 0.2, 60) * 1000,
    settleMs: numberOf("--settle", given.settle, 0.1, 30) * 1000,
    symbols,
    marketSymbols: numberOf("--market", given.market, symbols, 5_000, true),
    periodMs: numberOf("--period", given.period, 1, 60_000, true),
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

/** Those of `known` that the list names, in the order of `known`; all for an empty list. */
function someOf<T extends string>(flag: string, known: readonly T[], list: string): T[] {
  if (list === "") return [...known];
  const wanted = list.split(",");
  const unknown = wanted.filter((name) => !known.some((one) => one === name));
  if (unknown.length > 0) throw new RangeError(`${flag} knows ${known.join(", ")}, and not ${unknown.join(", ")}`);
  return known.filter((one) => wanted.includes(one));
}
