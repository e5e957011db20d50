/**
 * What the servers under comparison have in common: they take the same feed, tell the benchmark their port, and change
 * their rate when it says so. It runs under Deno and under Node.
 */
import process from "node:process";
import { createInterface } from "node:readline";
import { runFeed, syntheticSymbols, type SyntheticTick, TickSchedule, wallClockUs } from "../synthetic_feed.ts";

export interface PeerFeed {
  readonly symbols: readonly string[];
  /** Starts the feed, and tells the benchmark where this server listens. */
  start(port: number, emit: (tick: SyntheticTick) => void): void;
}

/**
 * Reads the command line, `SYMBOLS TICKS_PER_SECOND SECONDS_MAX`. While it runs, a line `rate N` on standard input sets
 * another rate, and `skipped` is answered with the ticks left out so far. The process ends after SECONDS_MAX whatever
 * happens, and when the benchmark does.
 */
export function makePeer(args: readonly string[]): PeerFeed {
  const [symbolCount, ticksPerSecond, secondsMax] = args.map(Number);
  if (!symbolCount || !ticksPerSecond || !secondsMax) {
    throw new RangeError(`Needs SYMBOLS TICKS_PER_SECOND SECONDS_MAX, got "${args.join(" ")}"`);
  }
  const symbols = syntheticSymbols(symbolCount);
  return {
    symbols,
    start: (port, emit) => {
      const schedule = new TickSchedule(symbols, ticksPerSecond, wallClockUs());
      const lines = createInterface({ input: process.stdin });
      lines.on("line", (line: string) => {
        const [command, value] = line.split(" ");
        if (command === "rate") schedule.setRate(Number(value), wallClockUs());
        else if (command === "skipped") console.log(JSON.stringify({ skipped: schedule.skipped }));
      });
      lines.on("close", () => process.exit(0));
      setTimeout(() => process.exit(3), secondsMax * 1000);
      runFeed(schedule, emit);
      console.log(JSON.stringify({ port }));
    },
  };
}

/** Who wants which symbol, for the servers that have nothing of the kind themselves. */
export class Subscribers<T> {
  readonly #bySymbol = new Map<string, Set<T>>();

  constructor(symbols: readonly string[]) {
    for (const symbol of symbols) this.#bySymbol.set(symbol, new Set());
  }

  /** Takes a client's message, `{"type":"subscribe","symbols":[…]}`. */
  subscribe(client: T, text: string): void {
    const { symbols }: { symbols: readonly string[] } = JSON.parse(text);
    for (const symbol of symbols) this.#bySymbol.get(symbol)?.add(client);
  }

  remove(client: T): void {
    for (const clients of this.#bySymbol.values()) clients.delete(client);
  }

  of(symbol: string): ReadonlySet<T> {
    return this.#bySymbol.get(symbol) ?? new Set();
  }
}
