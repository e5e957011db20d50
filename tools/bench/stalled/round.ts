/** One round: a server, clients that read, and clients that stop to. */
import { BUILD_FOLDER, builtPath } from "../fanout/build.ts";
import { LineProcess } from "../fanout/line_process.ts";
import { framesPerSecondFor, type Load } from "../fanout/load.ts";
import { threadsCpuMs } from "../fanout/process_use.ts";
import type { Count } from "../fanout/sample.ts";
import { type ServerKind, SERVERS } from "../fanout/servers.ts";
import { helloOf, subscriptionFile } from "../fanout/subscriptions.ts";
import { residentMiB } from "../process_cpu.ts";
import type { Options } from "./options.ts";

/** What is measured while the others read: before any client stalls, while they are stalled, and when they are gone. */
export const PHASES = ["before", "stalled", "gone"] as const;
export type Phase = (typeof PHASES)[number];

export interface PhaseSample {
  /** From the time at which a tick was due to its arrival at the clients that read, in milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of one core that the server took. */
  readonly coreShare: number;
  readonly serverMiB: number;
  /** What the kernel holds in the buffers of all its sockets. */
  readonly kernelMiB: number;
}

export interface Round {
  readonly phases: Readonly<Record<Phase, PhaseSample>>;
  /** From the moment at which they stall to that at which the server counts none of them, in seconds. */
  readonly goneAfterSeconds: number;
}

const SYMBOLS = 20;
/** A tick of each symbol every so often; not a divisor of the time between frames. */
const PERIOD_MS = 99;
/** Connections whose messages are read through. */
const SAMPLED_CLIENTS = 125;
/** Longest life of a server and its clients, whatever happens. */
const SECONDS_MAX = 120;
/** Longest wait for the stalled clients to be gone. */
const GONE_SECONDS_MAX = 30;
const PAGE_BYTES = 4096;

/** @throws Error when the server could not carry the load, or kept a stalled client. */
export async function measureRound(options: Options): Promise<Round> {
  const kind = SERVERS.find(({ id }) => id === "tickwire");
  if (!kind) throw new Error("The fan-out benchmark knows no Tickwire any more: name its server here.");
  const { readers, settleMs, spanMs, stalled } = options;
  const clients = readers + stalled;
  const framesPerSecond = framesPerSecondFor(clients);
  const load: Load = {
    ...{ clients, views: "shared", symbols: SYMBOLS, marketSymbols: SYMBOLS, periodMs: PERIOD_MS, framesPerSecond },
  };
  await using server = kind.start(load, SECONDS_MAX);
  const { port } = await server.answer<{ port: number }>();
  await using reading = await connect(kind, load, port, readers);
  await using stalling = await connect(kind, load, port, stalled);
  const measure = async () => {
    const cpuBefore = await threadsCpuMs(server.pid);
    const { p50Ms, p99Ms } = await reading.ask<Count>(`measure ${spanMs} ${PERIOD_MS}`);
    const coreShare = (await threadsCpuMs(server.pid) - cpuBefore) / spanMs;
    return { p50Ms, p99Ms, coreShare, serverMiB: await residentMiB(server.pid), kernelMiB: await kernelMiB() };
  };
  await pause(settleMs);
  const before = await measure();
  // All of them stop in the same instant: their connections stay, and the kernel goes on to acknowledge for them.
  Deno.kill(stalling.pid, "SIGSTOP");
  const stalledMs = performance.now();
  await pause(settleMs);
  const during = await measure();
  while (await connectionsOf(port) > readers) {
    if (performance.now() - stalledMs > GONE_SECONDS_MAX * 1000) throw new Error("stalled clients were kept");
    await pause(100);
  }
  const goneAfterSeconds = (performance.now() - stalledMs) / 1000;
  await pause(settleMs);
  return { phases: { before, stalled: during, gone: await measure() }, goneAfterSeconds };
}

async function connect(kind: ServerKind, load: Load, port: number, count: number): Promise<LineProcess> {
  const every = Math.max(1, Math.floor(count / SAMPLED_CLIENTS));
  const args = [kind.mode, "127.0.0.1", port, every, SECONDS_MAX].map(String);
  const clients = new LineProcess("The load generator", builtPath("load"), args);
  const hello = helloOf(kind);
  if (hello) await clients.tell(`hello ${await fileOf("hello", hello)}`);
  await clients.ask(`open ${count}`);
  await clients.ask(`subscribe ${await fileOf("subscriptions", subscriptionFile(kind, load))}`);
  return clients;
}

async function fileOf(name: string, bytes: Uint8Array): Promise<string> {
  const path = new URL(name, BUILD_FOLDER).pathname;
  await Deno.writeFile(path, bytes);
  return path;
}

async function connectionsOf(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`);
  const { connections } = await response.json();
  return connections;
}

/** Memory in all TCP buffers of this machine. */
async function kernelMiB(): Promise<number> {
  const text = await Deno.readTextFile("/proc/net/sockstat");
  return Number(/^TCP: .* mem (\d+)/m.exec(text)?.[1]) * PAGE_BYTES / 1_048_576;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
