import type { StormName, StormOptions } from "./options.ts";
import type { StormResult } from "./run_storm.ts";
import { GRACE_MS, holds, jitterWindowMs, medianResult } from "./verdict.ts";

const TITLES: Record<StormName, string> = {
  cut: "all lines cut at once",
  restart: "server killed and started again",
  drain: "server drained and started again",
};

const seconds = (ms: number) => (ms / 1000).toFixed(1);

/** One line for the terminal, as a storm ends. */
export function lineOf(name: StormName, options: StormOptions, result: StormResult): string {
  const { returned, lags, downMs } = result;
  const barMs = jitterWindowMs(name, options, downMs) + GRACE_MS;
  return `${name.padEnd(8)} all live after ${seconds(returned.tookMs)} s (bar ${
    seconds(barMs)
  } s), lost ${returned.lost}, ` +
    `refused ${returned.refused}, timed out ${returned.timeouts}, loop p99 ≤ ${lags.loop.p99Ms} ms, ` +
    `witnesses' gap p99 ${Math.round(returned.gapP99Ms)} ms (at rest ${Math.round(result.rest.gapP99Ms)})` +
    (holds(name, options, result) ? "" : "  BAR MISSED");
}

/** The page for docs. @param machine Where it was measured, in one line. */
export function stormReport(
  results: ReadonlyMap<StormName, readonly StormResult[]>,
  options: StormOptions,
  machine: string,
): string {
  const rows = [...results].flatMap(([name, all]) => {
    const result = medianResult(all);
    if (!result) return [];
    const { returned, rest, lags, downMs, cpuMsPerClient } = result;
    const barMs = jitterWindowMs(name, options, downMs) + GRACE_MS;
    const times = all.map((each) => each.returned.tookMs);
    return [[
      TITLES[name],
      `${seconds(returned.tookMs)} (${seconds(Math.min(...times))}–${seconds(Math.max(...times))})`,
      seconds(barMs),
      `${returned.lost}`,
      `${seconds(returned.p50Ms)} / ${seconds(returned.p99Ms)}`,
      `${returned.attempts}`,
      `${returned.refused} / ${returned.unreachable} / ${returned.timeouts}`,
      `${lags.loop.p50Ms} / ${lags.loop.p99Ms}`,
      name === "cut" ? `${Math.round(rest.gapP99Ms)} → ${Math.round(returned.gapP99Ms)}` : "–",
      cpuMsPerClient.toFixed(2),
    ].join(" | ")];
  });
  return `# Storms: ${options.clients.toLocaleString("en")} clients lose their line together

Written by \`deno task bench:storm\`. ${machine}

| storm | all live again, s (from–to) | bar, s | lost | a client live, p50 / p99, s | attempts | refused / nobody there / timed out | event loop p50 / p99 at most, ms | witnesses: p99 from frame to frame, at rest → meanwhile, ms | processor a client, ms |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
${rows.map((row) => `| ${row} |`).join("\n")}

The clients are the mini-program's: full jitter from 0.5 s, doubled with each failure up to 20 s, 8 s for a handshake,
5 s for a welcome, a drained one in its slot; each says in its hello what it has. All follow 20 symbols that tick 5
times a second, ${options.rate} frame${
    options.rate === 1 ? "" : "s"
  } a second each, in JSON. One in a hundred is a witness: it keeps its line in the first
storm, and shows what those notice who stayed. The bar: the span over which the clients spread their return by
themselves, and 5 s. Medians of ${options.rounds}; the server lets ${
    options.pace.toLocaleString("en")
  } handshakes a second through at the most.
`;
}
