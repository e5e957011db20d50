const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Longest span accepted, in milliseconds: a week. */
export const DURATION_MAX_MS = 7 * 24 * 3_600_000;

/** Reads "500ms", "10s", "1.5m" or "2h" as milliseconds; `undefined` where it is none of these, or not from 1 ms to a week. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const durationMs = Math.round(Number(count) * (UNITS_MS[unit ?? ""] ?? Number.NaN));
  return durationMs >= 1 && durationMs <= DURATION_MAX_MS ? durationMs : undefined;
}
