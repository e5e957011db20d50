import { median } from "../statistics.ts";
import type { Sample } from "./measure.ts";
import { type ServerId, SERVERS } from "./servers.ts";

/** One server under one number of clients: the medians of its rounds, or why there are none. */
export interface Row {
  readonly clients: number;
  readonly server: ServerId;
  /** Rounds that were measured. */
  readonly rounds: number;
  readonly median: Sample | undefined;
  /** Why a round failed, the last time that one did. */
  readonly fault: string | undefined;
}

/** All samples of a run. */
export class Results {
  readonly #samples = new Map<string, Sample[]>();
  readonly #faults = new Map<string, string>();

  add(clients: number, server: ServerId, sample: Sample): void {
    const key = `${clients} ${server}`;
    this.#samples.set(key, [...this.#samples.get(key) ?? [], sample]);
  }

  fail(clients: number, server: ServerId, fault: string): void {
    this.#faults.set(`${clients} ${server}`, fault);
  }

  row(clients: number, server: ServerId): Row {
    const samples = this.#samples.get(`${clients} ${server}`) ?? [];
    return {
      clients,
      server,
      rounds: samples.length,
      median: samples.length > 0 ? medianSample(samples) : undefined,
      fault: this.#faults.get(`${clients} ${server}`),
    };
  }

  /** The rows of one number of clients, in the order of the tables; servers that were not measured have none. */
  rows(clients: number): Row[] {
    return SERVERS.map(({ id }) => this.row(clients, id)).filter(({ median, fault }) => median || fault);
  }
}

/** The median of every figure by itself. */
export function medianSample(samples: readonly Sample[]): Sample {
  const of = (field: keyof Sample) => median(samples.map((sample) => sample[field]));
  return {
    cpuUsPerTick: of("cpuUsPerTick"),
    coreShare: of("coreShare"),
    delivered: of("delivered"),
    bytesPerTick: of("bytesPerTick"),
    bytesPerUpdate: of("bytesPerUpdate"),
    bytesUpPerClientSecond: of("bytesUpPerClientSecond"),
    framesPerSecond: of("framesPerSecond"),
    p50Ms: of("p50Ms"),
    p99Ms: of("p99Ms"),
    halfLoadP50Ms: of("halfLoadP50Ms"),
    halfLoadP99Ms: of("halfLoadP99Ms"),
    idleKiBPerClient: of("idleKiBPerClient"),
    loadCpuShare: of("loadCpuShare"),
  };
}
