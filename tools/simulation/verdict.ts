import type { Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";

/** What was found wrong with a world. The first finding stops it: what follows a broken promise says little. */
export class Verdict {
  #failure: string | undefined;

  constructor(private readonly timeline: Timeline, private readonly trace: Trace) {}

  get failure(): string | undefined {
    return this.#failure;
  }

  /** It does not throw, lest the code under test catches it. */
  fail(what: string): void {
    if (this.#failure !== undefined) return;
    this.#failure = `${(this.timeline.nowMs / 1000).toFixed(3)} s: ${what}`;
    this.trace.note("FAILED", () => what);
    this.timeline.stop();
  }

  /** Fails where `found` is not `expected`, as JSON has them. */
  same(found: unknown, expected: unknown, what: string): void {
    const [a, b] = [text(found), text(expected)];
    if (a !== b) this.fail(`${what}: it is ${a} and should be ${b}`);
  }
}

/** JSON with the fields of every object in order of their names, so that two ways to make one object compare. */
function text(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1));
  }) ?? "undefined";
}
