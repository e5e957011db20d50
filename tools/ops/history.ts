import { Change } from "./change.ts";
import type { Scrape } from "./scrape.ts";

interface Kept {
  readonly scrape: Scrape;
  readonly atMs: number;
}

/** Scrapes kept, at one a second: as many as the longest look back needs. */
const SCRAPES_MAX = 61;

/** The last minute of scrapes of one run of a server. */
export class History {
  #kept: Kept[] = [];

  /** Adds what was just read. After a restart of the server nothing before counts any more. */
  add(scrape: Scrape, atMs: number): void {
    const newest = this.#kept.at(-1);
    if (newest && startOf(newest.scrape) !== startOf(scrape)) this.#kept = [];
    this.#kept.push({ scrape, atMs });
    if (this.#kept.length > SCRAPES_MAX) this.#kept.shift();
  }

  /** What changed within about the last `seconds`, or since the first scrape. `undefined` before any. */
  change(seconds: number): Change | undefined {
    const newest = this.#kept.at(-1);
    if (!newest) return undefined;
    const since = this.#kept.findLast(({ atMs }) => newest.atMs - atMs >= seconds * 1000 - 500) ?? this.#kept[0];
    const before = since === newest ? undefined : since;
    return new Change(newest.scrape, before?.scrape, before ? (newest.atMs - before.atMs) / 1000 : 0);
  }
}

function startOf(scrape: Scrape): number | undefined {
  return scrape.sum("process_start_time_seconds");
}
