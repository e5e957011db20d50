/** How far back movement counts, in milliseconds: long enough to average a tremble, short enough to know a halt. */
const WINDOW_MS = 100;

/** A finger that has not moved for so long before it is lifted has come to rest, in milliseconds. */
const REST_MS = 60;

interface Sample {
  readonly atMs: number;
  readonly position: number;
}

/** How fast a finger moves, from the last places where it was seen. */
export class Velocity {
  private samples: readonly Sample[] = [];

  add(atMs: number, position: number): void {
    this.samples = [...this.samples.filter((sample) => atMs - sample.atMs <= WINDOW_MS), { atMs, position }];
  }

  clear(): void {
    this.samples = [];
  }

  /** Pixels per millisecond; 0 when too little is known or the finger rests. */
  at(nowMs: number): number {
    const [first] = this.samples;
    const last = this.samples[this.samples.length - 1];
    if (!first || !last || nowMs - last.atMs > REST_MS) return 0;
    const spanMs = last.atMs - first.atMs;
    return spanMs > 0 ? (last.position - first.position) / spanMs : 0;
  }
}
