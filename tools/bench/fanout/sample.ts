import type { Load } from "./load.ts";

/** One measurement of one server under one load. */
export interface Sample {
  /** Processor time of the server for each tick that arrived, by itself or merged into a newer one, in microseconds. */
  readonly cpuUsPerTick: number;
  /** The same for each update: an update may bring several ticks at once. */
  readonly cpuUsPerUpdate: number;
  /** Share of one core that the server took. */
  readonly coreShare: number;
  /** Share of the feed's ticks that arrived. */
  readonly delivered: number;
  /** Ticks that arrived at all clients in a second. */
  readonly ticksPerSecond: number;
  /** Bytes to the clients for each tick that arrived, frame heads and HTTP heads included. */
  readonly bytesPerTick: number;
  readonly bytesPerUpdate: number;
  /** Bytes that one client receives in a second, and sends: acknowledgements, or requests. */
  readonly bytesDownPerClientSecond: number;
  readonly bytesUpPerClientSecond: number;
  /** Messages, or answers to polls, to all clients in a second. */
  readonly framesPerSecond: number;
  /** From the time at which a tick was due to its arrival, in milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Memory for each connection that is open and has subscribed to nothing, in KiB. */
  readonly idleKiB: number;
  /** Memory for each connection under load. */
  readonly subscribedKiB: number;
  /** Processor time of the load generator beside that of the server. */
  readonly loadCpuShare: number;
  /** Cores that other programs of this machine were taking meanwhile. */
  readonly othersCores: number;
}

/** What the load generator answers to `measure`, and what the processors did meanwhile. */
export interface Count {
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
  readonly cpuMs: number;
  readonly othersCpuMs: number;
}

/** What a count means; the counts of the sampled clients stand for all. @throws Error when nothing arrived. */
export function sampleOf(count: Count, load: Load, memory: Pick<Sample, "idleKiB" | "subscribedKiB">): Sample {
  const seconds = count.spanMs / 1000;
  const share = count.connections / count.sampled;
  const [ticks, updates] = [count.ticks * share, count.updates * share];
  if (ticks === 0) throw new Error("no tick arrived while it was measured");
  return {
    cpuUsPerTick: count.cpuMs * 1000 / ticks,
    cpuUsPerUpdate: count.cpuMs * 1000 / updates,
    coreShare: count.cpuMs / count.spanMs,
    delivered: ticks / (load.clients * load.symbols * seconds * 1000 / load.periodMs),
    ticksPerSecond: ticks / seconds,
    bytesPerTick: count.bytes / ticks,
    bytesPerUpdate: count.bytes / updates,
    bytesDownPerClientSecond: count.bytes / load.clients / seconds,
    bytesUpPerClientSecond: count.bytesUp / load.clients / seconds,
    framesPerSecond: count.frames / seconds,
    p50Ms: count.p50Ms,
    p99Ms: count.p99Ms,
    ...memory,
    loadCpuShare: count.loadCpuMs / count.cpuMs,
    othersCores: count.othersCpuMs / count.spanMs,
  };
}
