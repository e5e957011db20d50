/** Time as an argument, so that the real client and server run under a test's clock. */

/** Names a pending timer. Opaque: a phone counts its timers, Deno hands out objects. */
export type TimerId = number | object;

export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. It may jump when a phone sets its time; measure spans on one end only. */
  nowMs(): number;
  /** Calls `callback` once, `delayMs` milliseconds from now at the earliest. */
  setTimeout(callback: () => void, delayMs: number): TimerId;
  /** Cancels a pending timer; one that has fired or was cancelled is ignored. */
  clearTimeout(timer: TimerId | undefined): void;
}

/** The clock of the machine that runs the code. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as Parameters<typeof clearTimeout>[0]),
};
