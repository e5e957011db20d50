import type { Timeline } from "./timeline.ts";

/** Longest line of a trace, in characters: a day's candles would bury everything else. */
const LINE_MAX = 240;

/** What happened in a simulated world, for people. Without a reader it costs a call, for the texts are made only on demand. */
export class Trace {
  readonly lines: string[] = [];

  constructor(private readonly timeline: Timeline, readonly isRead: boolean) {}

  note(who: string, what: () => string): void {
    if (!this.isRead) return;
    const seconds = (this.timeline.nowMs / 1000).toFixed(3).padStart(8);
    const line = `${seconds}  ${who.padEnd(9)} ${what()}`;
    this.lines.push(line.length > LINE_MAX ? `${line.slice(0, LINE_MAX - 1)}…` : line);
  }
}
