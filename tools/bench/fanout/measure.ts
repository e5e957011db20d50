import { residentMiB } from "../process_cpu.ts";
import { BUILD_FOLDER, builtPath } from "./build.ts";
import { LineProcess } from "./line_process.ts";
import type { Load } from "./load.ts";
import { busyCoresMs, threadsCpuMs } from "./process_use.ts";
import { type Count, type Sample, sampleOf } from "./sample.ts";
import type { ServerKind } from "./servers.ts";
import { helloOf, subscriptionFile } from "./subscriptions.ts";
import { syntheticSymbols } from "./synthetic_feed.ts";

export interface Spans {
  readonly spanMs: number;
  /** Time after a change before anything is measured. */
  readonly settleMs: number;
}

/** Connections whose messages are read through: enough for a steady 99th percentile, few enough to cost little. */
const SAMPLED_CLIENTS = 125;
/** A server that takes more is ended, before the machine is. */
const MEMORY_MIB_MAX = 3_000;
/** Longest life of one server and its clients, whatever happens. */
const SECONDS_MAX = 60;

/** Starts the server and its clients, measures, and ends them. @throws Error when the server could not carry the load. */
export async function measureServer(kind: ServerKind, load: Load, { spanMs, settleMs }: Spans): Promise<Sample> {
  const secondsMax = SECONDS_MAX + Math.ceil(spanMs / 1000);
  await using server = kind.start(load, secondsMax);
  const { port } = await server.answer<{ port: number }>();
  const every = Math.max(1, Math.floor(load.clients / SAMPLED_CLIENTS));
  await using clients = new LineProcess("The load generator", builtPath("load"), [
    ...[kind.mode, "127.0.0.1", port, every, secondsMax].map(String),
  ]);
  using watch = new MemoryWatch(server);
  try {
    await pause(settleMs / 2);
    const emptyMiB = await residentMiB(server.pid);
    const kibPerClient = async () => (await residentMiB(server.pid) - emptyMiB) * 1024 / load.clients;
    const hello = helloOf(kind);
    if (hello) await clients.tell(`hello ${await fileOf("hello", hello)}`);
    await clients.ask(`open ${load.clients}`);
    await pause(settleMs);
    const idleKiB = await kibPerClient();
    await clients.ask(await subscribeCommand(kind, load));
    await pause(settleMs);
    const counted = await count(server, clients, load.periodMs, spanMs);
    return sampleOf(counted, load, { idleKiB, subscribedKiB: await kibPerClient() });
  } catch (error) {
    throw watch.fault ?? error;
  }
}

async function count(server: LineProcess, clients: LineProcess, periodMs: number, spanMs: number): Promise<Count> {
  const [cpuBefore, busyBefore] = [await threadsCpuMs(server.pid), await busyCoresMs()];
  const counted = await clients.ask<Omit<Count, "cpuMs" | "othersCpuMs">>(`measure ${spanMs} ${periodMs}`);
  const cpuMs = await threadsCpuMs(server.pid) - cpuBefore;
  const othersCpuMs = Math.max(0, await busyCoresMs() - busyBefore - cpuMs - counted.loadCpuMs);
  return { ...counted, cpuMs, othersCpuMs };
}

async function subscribeCommand(kind: ServerKind, load: Load): Promise<string> {
  if (kind.mode === "poll") {
    return `poll ${1000 / load.framesPerSecond} /quotes?symbols=${syntheticSymbols(load.symbols).join(",")}`;
  }
  return `subscribe ${await fileOf("subscriptions", subscriptionFile(kind, load))}`;
}

async function fileOf(name: string, bytes: Uint8Array): Promise<string> {
  const path = new URL(name, BUILD_FOLDER).pathname;
  await Deno.writeFile(path, bytes);
  return path;
}

/** Ends a server that takes more memory than there is to give. */
class MemoryWatch implements Disposable {
  fault: Error | undefined;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(server: LineProcess) {
    this.#timer = setInterval(async () => {
      const mib = await residentMiB(server.pid).catch(() => 0);
      if (mib <= MEMORY_MIB_MAX) return;
      this.fault = new Error(`it took more than ${MEMORY_MIB_MAX} MiB`);
      server.kill();
    }, 250);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
