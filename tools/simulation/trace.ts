import type { Timeline } from "./timeline.ts";

/** Longest line of a trace, in characters: a day's candles would bury everything else. */
const LINE_MAX = 240;

/** What happened in a simulated world, for people. Without a reader it costs a call, for the texts are made only on demand. */
export class Trace {
  readonly lines: string[] = [];

  constructor(private readonly timeline: Timeline, private readonly isRead: boolean) {}

  note(who: string, what: () => string): void {
    if (!this.isRead) return;
    const seconds = (this.timeline.nowMs / 1000).toFixed(3).padStart(8);
    const line = `${seconds}  ${who.padEnd(9)} ${what()}`;
    this.lines.push(line.length > LINE_MAX ? `${line.slice(0, LINE_MAX - 1)}…` : line);
  }
}

/** A message as a trace shows it. */
export function messageText(data: string | ArrayBuffer | Uint8Array): string {
  if (typeof data === "string") return data;
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  return `${bytes.length} bytes ${
    [...bytes.subarray(0, 60)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  }`;
}
