/** Something that will happen, unless it is cancelled first. */
export interface Planned {
  readonly dueMs: number;
  readonly order: number;
  /** `undefined` once it has happened or was cancelled. */
  run: (() => void) | undefined;
}

/**
 * The one course of time behind every clock of a simulated world: a queue of what will happen, by when it is due and
 * then by when it was planned, so that a seed always tells the same story. Times are whole milliseconds since the start.
 */
export class Timeline {
  #nowMs = 0;
  #planned = 0;
  #isStopped = false;
  /** A binary heap: the children of index i are at 2i + 1 and 2i + 2. */
  readonly #heap: Planned[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Plans `run` for `delayMs` milliseconds from now, rounded up; never for the past. */
  after(delayMs: number, run: () => void): Planned {
    const planned = { dueMs: this.#nowMs + Math.max(0, Math.ceil(delayMs)), order: this.#planned++, run };
    this.#heap.push(planned);
    this.#rise(this.#heap.length - 1);
    return planned;
  }

  cancel(planned: Planned): void {
    planned.run = undefined;
  }

  /** Nothing happens any more. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Lets everything happen that is due up to `endMs`, which is then the time, unless it is stopped. */
  runUntil(endMs: number): void {
    for (let first = this.#heap[0]; first && first.dueMs <= endMs; first = this.#heap[0]) {
      if (this.#isStopped) return;
      this.#removeFirst();
      const { run } = first;
      if (!run) continue;
      first.run = undefined;
      this.#nowMs = first.dueMs;
      run();
    }
    this.#nowMs = endMs;
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink();
  }

  #rise(at: number): void {
    const heap = this.#heap;
    const planned = heap[at] as Planned;
    for (let index = at; index > 0;) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Planned;
      if (isBefore(above, planned)) break;
      heap[index] = above;
      heap[parent] = planned;
      index = parent;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    const planned = heap[0] as Planned;
    for (let index = 0;;) {
      const left = 2 * index + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const least = right < heap.length && isBefore(heap[right] as Planned, heap[left] as Planned) ? right : left;
      const below = heap[least] as Planned;
      if (isBefore(planned, below)) break;
      heap[index] = below;
      heap[least] = planned;
      index = least;
    }
  }
}

function isBefore(a: Planned, b: Planned): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
}
