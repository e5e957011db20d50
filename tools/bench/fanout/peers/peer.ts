/**
 * What the servers under comparison have in common: they take the same feed and tell the benchmark their port. It runs
 * under Deno and under Node.
 */
import process from "node:process";
import { runFeed, syntheticSymbols, type SyntheticTick, TickSchedule, wallClockMs } from "../synthetic_feed.ts";

export interface PeerFeed {
  readonly symbols: readonly string[];
  /** Starts the feed, and tells the benchmark where this server listens. */
  start(port: number, emit: (tick: SyntheticTick) => void): void;
}

/**
 * Reads the command line, `SYMBOLS TICK_PERIOD_MS SECONDS_MAX`. The process ends after SECONDS_MAX whatever happens, and
 * when the benchmark does.
 */
export function makePeer(args: readonly string[]): PeerFeed {
  const [symbolCount, periodMs, secondsMax] = args.map(Number);
  if (!symbolCount || !periodMs || !secondsMax) {
    throw new RangeError(`Needs SYMBOLS TICK_PERIOD_MS SECONDS_MAX, got "${args.join(" ")}"`);
  }
  const symbols = syntheticSymbols(symbolCount);
  return {
    symbols,
    start: (port, emit) => {
      process.stdin.on("end", () => process.exit(0)).resume();
      setTimeout(() => process.exit(3), secondsMax * 1000);
      runFeed(new TickSchedule(symbols, periodMs, Math.ceil(wallClockMs())), emit);
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
