import { residentMiB } from "../process_cpu.ts";
import { builtPath } from "./build.ts";
import { LineProcess } from "./line_process.ts";
import { threadsCpuMs } from "./process_use.ts";
import type { Load, ServerKind } from "./servers.ts";
import { syntheticSymbols } from "./synthetic_feed.ts";

export interface Spans {
  readonly spanMs: number;
  /** Time after a change before anything is measured. */
  readonly settleMs: number;
}

/** One measurement of one server under one load. */
export interface Sample {
  /** Processor time of the server for each tick that arrived, in microseconds. */
  readonly cpuUsPerTick: number;
  /** Share of one core that the server took. */
  readonly coreShare: number;
  /** Share of the feed's ticks that arrived, by themselves or merged into newer ones. */
  readonly delivered: number;
  /** Bytes to the clients for each tick that arrived, frame heads and HTTP heads included. */
  readonly bytesPerTick: number;
  /** The same for each update: an update may bring several ticks at once. */
  readonly bytesPerUpdate: number;
  /** Bytes that one client sends in a second: acknowledgements, or requests. */
  readonly bytesUpPerClientSecond: number;
  /** Messages, or answers to polls, to all clients in a second. */
  readonly framesPerSecond: number;
  /** From the time at which a tick was due to its arrival, in milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The same with the server at half its load, or at all it was asked for where that is less. */
  readonly halfLoadP50Ms: number;
  readonly halfLoadP99Ms: number;
  /** Memory for each connection that is open and has subscribed to nothing, in KiB. */
  readonly idleKiBPerClient: number;
  /** Processor time of the load generator beside that of the server. */
  readonly loadCpuShare: number;
}

/** What load.c answers to `measure`. */
interface Count {
  readonly spanMs: number;
  readonly connections: number;
  readonly sampled: number;
  readonly frames: number;
  readonly bytes: number;
  readonly bytesUp: number;
  readonly updates: number;
  readonly ticks: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly loadCpuMs: number;
}

/** Connections whose messages are read through: enough for a steady 99th percentile, few enough to cost little. */
const SAMPLED_CLIENTS = 125;
/** A server that takes more is ended, before the machine is. */
const MEMORY_MIB_MAX = 1_500;
/** Longest life of one server and its clients, whatever happens. */
const SECONDS_MAX = 60;

/** Starts the server and its clients, measures, and ends them. @throws Error when the server could not carry the load. */
export async function measureServer(kind: ServerKind, load: Load, spans: Spans): Promise<Sample> {
  const secondsMax = SECONDS_MAX + Math.ceil(2 * spans.spanMs / 1000);
  await using server = kind.start(load, secondsMax);
  const { port } = await server.answer<{ port: number }>();
  const every = Math.max(1, Math.floor(load.clients / SAMPLED_CLIENTS));
  await using clients = new LineProcess("The load generator", builtPath("load"), [
    ...[kind.mode, "127.0.0.1", port, every, secondsMax].map(String),
  ]);
  using watch = new MemoryWatch(server);
  try {
    await pause(spans.settleMs);
    const emptyMiB = await residentMiB(server.pid);
    await clients.ask(`open ${load.clients}`);
    await pause(spans.settleMs);
    const idleKiBPerClient = (await residentMiB(server.pid) - emptyMiB) * 1024 / load.clients;
    await clients.ask(subscribeCommand(kind, load));
    await pause(spans.settleMs);
    const full = await count(server, clients, load.ticksPerSecond, spans.spanMs);
    const sample = sampleOf(full, load, idleKiBPerClient);
    if (!kind.sendsEachTick || sample.coreShare <= 0.5) return sample;
    const halfRate = load.ticksPerSecond * sample.delivered * 0.5 / sample.coreShare;
    await server.tell(`rate ${halfRate}`);
    await pause(spans.settleMs);
    const half = await count(server, clients, halfRate, spans.spanMs);
    return { ...sample, halfLoadP50Ms: half.p50Ms, halfLoadP99Ms: half.p99Ms };
  } catch (error) {
    throw watch.fault ?? error;
  }
}

type CpuCount = Count & { readonly cpuMs: number };

async function count(
  server: LineProcess,
  clients: LineProcess,
  ticksPerSecond: number,
  spanMs: number,
): Promise<CpuCount> {
  const before = await threadsCpuMs(server.pid);
  const counted = await clients.ask<Count>(`measure ${spanMs} ${Math.round(1e6 / ticksPerSecond)}`);
  return { ...counted, cpuMs: await threadsCpuMs(server.pid) - before };
}

/** What a count means; the counts of the sampled clients stand for all. */
export function sampleOf(count: CpuCount, load: Load, idleKiBPerClient: number): Sample {
  const seconds = count.spanMs / 1000;
  const share = count.connections / count.sampled;
  const [ticks, updates] = [count.ticks * share, count.updates * share];
  if (ticks === 0) throw new Error("no tick arrived while it was measured");
  return {
    cpuUsPerTick: count.cpuMs * 1000 / ticks,
    coreShare: count.cpuMs / count.spanMs,
    delivered: ticks / (load.clients * load.symbols * load.ticksPerSecond * seconds),
    bytesPerTick: count.bytes / ticks,
    bytesPerUpdate: count.bytes / updates,
    bytesUpPerClientSecond: count.bytesUp / load.clients / seconds,
    framesPerSecond: count.frames / seconds,
    p50Ms: count.p50Ms,
    p99Ms: count.p99Ms,
    halfLoadP50Ms: count.p50Ms,
    halfLoadP99Ms: count.p99Ms,
    idleKiBPerClient,
    loadCpuShare: count.loadCpuMs / count.cpuMs,
  };
}

function subscribeCommand({ mode }: ServerKind, { symbols: symbolCount, framesPerSecond }: Load): string {
  const symbols = syntheticSymbols(symbolCount);
  switch (mode) {
    case "poll":
      return `poll ${1000 / framesPerSecond} /quotes?symbols=${symbols.join(",")}`;
    case "socketio":
      return `subscribe 42${JSON.stringify(["subscribe", symbols])}`;
    case "tickwire":
      return `subscribe ${
        JSON.stringify({ type: "subscribe", id: 1, symbols, channels: ["quote"], rate: framesPerSecond })
      }`;
    default:
      return `subscribe ${JSON.stringify({ type: "subscribe", symbols })}`;
  }
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
