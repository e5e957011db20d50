import { parseArgs } from "node:util";
import type { Language } from "../../miniprogram/i18n/language.ts";
import { DEFAULT_WATCHLIST } from "../../miniprogram/store/default_watchlist.ts";
import {
  type AddressFault,
  checkServerAddress,
  DEFAULT_SERVER_ADDRESS,
} from "../../miniprogram/store/server_address.ts";
import { checkSymbol, type SymbolFault } from "../../miniprogram/store/symbol_input.ts";
import type { SymbolCode } from "../../shared/mod.ts";
import { parseDuration } from "./duration.ts";

export interface WatchOptions {
  readonly symbols: readonly SymbolCode[];
  readonly server: string;
  /** How long to watch, in milliseconds; without it until interrupted. */
  readonly forMs?: number;
  readonly json: boolean;
  readonly language: Language;
}

export type ParsedOptions =
  | { readonly kind: "watch"; readonly options: WatchOptions }
  | { readonly kind: "help" }
  | { readonly kind: "invalid"; readonly problems: readonly string[] };

export const HELP = `Live quotes in the terminal.

Usage: deno task watch [symbols] [options]

Symbols are codes such as 600519.SH or 000001.SZ; for a stock, 600519 will do. Without any, the default watchlist is shown.

  --server <url>   Where the server is [${DEFAULT_SERVER_ADDRESS}]
  --for <time>     Stop by itself: 500ms, 10s, 5m or 1h [until Ctrl-C]
  --json           One JSON object a line: quotes, changes of state, refused symbols; prices in units of 0.01 CNY
  --english        Names, headings and units in English
  --help           This text

In a terminal the table is redrawn in place; into a pipe or a file goes one line for each change. A dim row is stale.
NO_COLOR=1 turns colours off. Exit codes: 0 done, 1 no quote could be had, 2 wrong arguments.`;

const FLAGS = {
  server: { type: "string" },
  for: { type: "string" },
  json: { type: "boolean" },
  english: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

const SYMBOL_FAULTS: Readonly<Record<SymbolFault, string>> = {
  empty: "it is empty",
  form: "a symbol is six digits and an exchange, as in 600519.SH or 000001.SZ",
  exchange: "the exchange cannot be told from these digits: add .SH, .SZ or .BJ",
};

const ADDRESS_FAULTS: Readonly<Record<AddressFault, string>> = {
  empty: "it is empty",
  scheme: "an address begins with ws:// or wss://",
  space: "an address has no spaces",
  host: "it names no host",
  port: "a port is a number from 1 to 65535",
  fragment: "a WebSocket address has no # part",
  tooLong: "it is too long",
};

/** Reads the command line. Everything that is wrong with it is said at once. */
export function parseOptions(args: readonly string[]): ParsedOptions {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
  } catch (error) {
    return { kind: "invalid", problems: [error instanceof Error ? error.message : String(error)] };
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help" };
  const problems: string[] = [];
  const symbols = readSymbols(positionals, problems);
  const address = checkServerAddress(values.server ?? DEFAULT_SERVER_ADDRESS);
  if (!address.ok) problems.push(`--server ${JSON.stringify(values.server)}: ${ADDRESS_FAULTS[address.fault]}.`);
  const forMs = values.for === undefined ? undefined : parseDuration(values.for);
  if (values.for !== undefined && forMs === undefined) {
    problems.push(
      `--for ${JSON.stringify(values.for)}: give a number and a unit, such as 500ms, 10s, 5m or 1h; a week at most.`,
    );
  }
  if (problems.length > 0 || !address.ok) return { kind: "invalid", problems };
  const options = {
    symbols: symbols.length > 0 ? symbols : DEFAULT_WATCHLIST,
    server: address.url,
    json: values.json ?? false,
    language: values.english ? "en" as const : "zh" as const,
  };
  return { kind: "watch", options: forMs === undefined ? options : { ...options, forMs } };
}

function readSymbols(texts: readonly string[], problems: string[]): SymbolCode[] {
  const symbols = new Set<SymbolCode>();
  for (const text of texts) {
    const check = checkSymbol(text);
    if (check.ok) symbols.add(check.symbol);
    else problems.push(`${JSON.stringify(text)} is not a symbol: ${SYMBOL_FAULTS[check.fault]}.`);
  }
  return Array.from(symbols);
}
