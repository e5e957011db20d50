import type { Clock, TimerId } from "../../shared/mod.ts";

/** How often the watchdog looks, in milliseconds. A look costs 15 µs; a client of the loopback can send 100 MiB in between. */
export const WATCH_INTERVAL_MS = 100;

/** Time after all connections were cut in which the trouble must be over, in milliseconds. */
export const RECOVERY_MS = 5_000;

/** Growth beyond the limit that is not waited for: connections that were cut hold no more than they held. */
const HOPELESS_FACTOR = 1.5;

/** What makes it necessary to cut connections. */
export interface Trouble {
  /** For the metrics. */
  readonly cause: "memory" | "unanswered_closes" | "descriptors";
  /** The first half of a sentence, for the log. */
  readonly text: string;
}

export interface WatchdogOptions {
  readonly clock: Clock;
  /** Resident memory of the process. */
  readonly rssBytes: () => number;
  readonly rssBytesMax: number;
  /** Sockets that the server has closed and whose peers have not answered yet. */
  readonly unansweredCloses: () => number;
  readonly unansweredClosesMax: number;
  /** Time for which there may be more of them than that, in milliseconds: answers take a round trip. */
  readonly unansweredMs: number;
  /** Cuts all connections; done once they are. */
  readonly shed: (trouble: Trouble) => Promise<void>;
  /** Ends the process: cutting the connections did not help. */
  readonly giveUp: (trouble: Trouble) => void;
}

/**
 * Looks after what no connection shows by itself. A client may send a message in fragments without end, and Deno keeps
 * them all without an event; a peer may leave a close unanswered, and keeps its socket for ever. Which one it is cannot be
 * seen, so all are cut, and come back by themselves. Where even that does not help, the process has to end.
 */
export class Watchdog {
  #timer: TimerId | undefined;
  #shedAtMs: number | undefined;
  /** Whether connections are being cut: until they are, more may come in on them. */
  #isShedding = false;
  /** Since when more closes are unanswered than may be. */
  #unansweredAtMs: number | undefined;

  constructor(private readonly options: WatchdogOptions) {}

  start(): void {
    this.#timer = this.options.clock.setTimeout(() => {
      this.start();
      this.#look();
    }, WATCH_INTERVAL_MS);
  }

  stop(): void {
    this.options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const { clock, rssBytes, shed, giveUp } = this.options;
    const bytes = rssBytes();
    const trouble = this.#trouble(bytes);
    if (trouble === undefined) {
      this.#shedAtMs = undefined;
    } else if (this.#shedAtMs === undefined) {
      this.#shedAtMs = clock.nowMs();
      this.#isShedding = true;
      shed(trouble).finally(() => this.#isShedding = false);
    } else if (clock.nowMs() - this.#shedAtMs >= RECOVERY_MS || this.#isHopeless(bytes)) {
      this.stop();
      giveUp(trouble);
    }
  }

  #isHopeless(bytes: number): boolean {
    return !this.#isShedding && bytes >= HOPELESS_FACTOR * this.options.rssBytesMax;
  }

  #trouble(bytes: number): Trouble | undefined {
    const { rssBytesMax, unansweredCloses } = this.options;
    if (bytes > rssBytesMax) {
      const most = `more than the ${inMib(rssBytesMax)} of --memory-mib-max`;
      return { cause: "memory", text: `the process holds ${inMib(bytes)} MiB of memory, ${most}` };
    }
    if (!this.#areClosesLeft()) return undefined;
    return { cause: "unanswered_closes", text: `${unansweredCloses()} peers leave their close unanswered` };
  }

  #areClosesLeft(): boolean {
    const { clock, unansweredCloses, unansweredClosesMax, unansweredMs } = this.options;
    if (unansweredCloses() <= unansweredClosesMax) this.#unansweredAtMs = undefined;
    else this.#unansweredAtMs ??= clock.nowMs();
    return this.#unansweredAtMs !== undefined && clock.nowMs() - this.#unansweredAtMs >= unansweredMs;
  }
}

function inMib(bytes: number): number {
  return Math.round(bytes / 1_048_576);
}
