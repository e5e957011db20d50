import { builtPath } from "../fanout/build.ts";
import { LineProcess } from "../fanout/line_process.ts";
import { threadsCpuMs } from "../fanout/process_use.ts";
import { syntheticSymbols } from "../fanout/synthetic_feed.ts";
import type { LagSummary } from "./lag_watch.ts";
import type { StormName, StormOptions } from "./options.ts";

/** How frames reached the witnesses. */
export interface Frames {
  readonly frames: number;
  /** Time from one frame of a witness to its next, in milliseconds. */
  readonly gapP99Ms: number;
  readonly gapMaxMs: number;
}

/** What storm.c tells of a storm. */
export interface Returned extends Frames {
  readonly live: number;
  readonly lost: number;
  /** From the first lost line until all were live again, in milliseconds. */
  readonly tookMs: number;
  readonly attempts: number;
  readonly refused: number;
  readonly unreachable: number;
  readonly timeouts: number;
  readonly dropped: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface Lags {
  readonly loop: LagSummary;
  readonly flush: LagSummary;
  readonly wait: LagSummary;
}

export interface StormResult {
  readonly returned: Returned;
  /** The same clients in the seconds before. */
  readonly rest: Frames;
  /** The lags of the server that they came back to. */
  readonly lags: Lags;
  /** Processor time of that server for each client that came back, in milliseconds; what it does anyway is included. */
  readonly cpuMsPerClient: number;
  /** Time without a server, in milliseconds. */
  readonly downMs: number;
}

const SYMBOLS = 20;
const TICK_PERIOD_MS = 200;
/** Longest life of the processes, whatever happens. */
const SECONDS_MAX = 240;
const REST_MS = 3_000;

/** One storm, from a fresh server to the last client's return. */
export async function runStorm(name: StormName, options: StormOptions, seed: number): Promise<StormResult> {
  await using first = startServer(0, options.pace);
  const { port } = await first.answer<{ port: number }>();
  const witnesses = Math.max(1, Math.floor(options.clients / 100));
  await using clients = new LineProcess("The crowd", builtPath("storm"), [
    ...["127.0.0.1", port, options.clients, witnesses, seed, SECONDS_MAX].map(String),
  ]);
  const subscription = { type: "subscribe", id: 1, symbols: syntheticSymbols(SYMBOLS), channels: ["quote"] };
  await clients.ask(`join ${JSON.stringify({ ...subscription, rate: options.rate })}`);
  const rest = await clients.ask<Frames>(`rest ${REST_MS}`);
  if (name === "cut") {
    await first.tell("forget");
    const before = await threadsCpuMs(first.pid);
    const returned = await clients.ask<Returned>("cut");
    return await resultOf(first, { returned, rest, downMs: 0 }, before);
  }
  await clients.ask("expect");
  const startedMs = performance.now();
  if (name === "drain") {
    await first.tell(`drain ${options.returnsPerSecond}`);
    await first.ended();
  } else await first[Symbol.asyncDispose]();
  await using second = startServer(port, options.pace);
  await second.answer();
  const downMs = performance.now() - startedMs;
  const returned = await clients.answer<Returned>();
  return await resultOf(second, { returned, rest, downMs }, 0);
}

async function resultOf(
  server: LineProcess,
  part: Pick<StormResult, "returned" | "rest" | "downMs">,
  cpuBeforeMs: number,
): Promise<StormResult> {
  const cpuMs = await threadsCpuMs(server.pid) - cpuBeforeMs;
  return { ...part, lags: await server.ask<Lags>("lags"), cpuMsPerClient: cpuMs / part.returned.live };
}

function startServer(port: number, pace: number): LineProcess {
  // As `deno task start` gives it: a small young generation.
  const flags = [
    "--v8-flags=--max-semi-space-size=4",
    "--config=deno.json",
    "--no-prompt",
    "--no-check",
    "--quiet",
    "--allow-net=127.0.0.1",
  ];
  const path = new URL("server.ts", import.meta.url).pathname;
  return new LineProcess("The server", Deno.execPath(), [
    ...["run", ...flags, "--allow-read=build/preview", path],
    ...[SYMBOLS, TICK_PERIOD_MS, SECONDS_MAX, port, pace].map(String),
  ]);
}
