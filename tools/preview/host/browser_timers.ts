/// <reference lib="dom" />
// The browser's own timers with the types a browser gives them; Deno's differ. They never freeze.

/** Like the browser's setTimeout. */
export const startTimeout = globalThis.setTimeout as unknown as (task: () => void, delayMs: number) => number;

/** Like the browser's setInterval. */
export const startInterval = globalThis.setInterval as unknown as (task: () => void, periodMs: number) => number;
