import { BACKOFF_BASE_MS, BACKOFF_MAX_MS } from "../../../shared/mod.ts";
import type { StormName, StormOptions } from "./options.ts";
import type { StormResult } from "./run_storm.ts";

/** Time beyond the clients' own jitter after which all have to be right again, in milliseconds. */
export const GRACE_MS = 5_000;

/**
 * The span over which the clients spread their return by themselves, in milliseconds. A drain gives slots. After a cut it is
 * the first ceiling of the backoff. While there is no server attempts fail, and each doubles the ceiling: a client whose
 * waits were the longest then has about twice the time without a server still before it.
 */
export function jitterWindowMs(
  name: StormName,
  { clients, returnsPerSecond }: Pick<StormOptions, "clients" | "returnsPerSecond">,
  downMs: number,
): number {
  if (name === "drain") return downMs + Math.max(2_000, clients / returnsPerSecond * 1000);
  if (name === "cut") return BACKOFF_BASE_MS;
  let ceilingMs = BACKOFF_BASE_MS;
  while (ceilingMs < 2 * downMs && ceilingMs < BACKOFF_MAX_MS) ceilingMs *= 2;
  return downMs + Math.min(ceilingMs, BACKOFF_MAX_MS);
}

/** Whether all were right again in time, and nobody was lost. */
export function holds(name: StormName, options: StormOptions, { returned, downMs }: StormResult): boolean {
  return returned.lost === 0 && returned.tookMs <= jitterWindowMs(name, options, downMs) + GRACE_MS;
}

/** The result whose time is in the middle. */
export function medianResult(results: readonly StormResult[]): StormResult | undefined {
  const sorted = [...results].sort((a, b) => a.returned.tookMs - b.returned.tookMs);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
