import { median } from "../statistics.ts";
import type { Scenario } from "./load.ts";
import type { Sample } from "./sample.ts";
import { type ServerId, SERVERS } from "./servers.ts";

/** One server in one scenario: the medians of its rounds, or why there are none. */
export interface Row {
  readonly server: ServerId;
  /** Rounds that were measured. */
  readonly rounds: number;
  readonly median: Sample | undefined;
  /** Why a round failed, the last time that one did. */
  readonly fault: string | undefined;
}

/** All samples of a run. */
export class Results {
  /** By scenario and server, and then by round. */
  readonly #samples = new Map<string, Map<number, Sample>>();
  readonly #faults = new Map<string, string>();

  add(round: number, scenario: Scenario, server: ServerId, sample: Sample): void {
    const key = keyOf(scenario, server);
    const rounds = this.#samples.get(key) ?? new Map<number, Sample>();
    this.#samples.set(key, rounds.set(round, sample));
  }

  fail(scenario: Scenario, server: ServerId, fault: string): void {
    this.#faults.set(keyOf(scenario, server), fault);
  }

  row(scenario: Scenario, server: ServerId): Row {
    const samples = [...this.#samples.get(keyOf(scenario, server))?.values() ?? []];
    return {
      server,
      rounds: samples.length,
      median: samples.length > 0 ? medianSample(samples) : undefined,
      fault: this.#faults.get(keyOf(scenario, server)),
    };
  }

  /** The rows of a scenario, in the order of the tables; servers that were not measured have none. */
  rows(scenario: Scenario): Row[] {
    return SERVERS.map(({ id }) => this.row(scenario, id)).filter(({ median, fault }) => median || fault);
  }

  /**
   * How many times as much as `beside` a server takes: the median of the rounds' ratios, in each of which both were measured
   * within seconds, so that a machine which is busier in one round than in another weighs on neither.
   */
  ratio(scenario: Scenario, server: ServerId, beside: ServerId, of: (sample: Sample) => number): number | undefined {
    const others = this.#samples.get(keyOf(scenario, beside));
    const ratios = [...this.#samples.get(keyOf(scenario, server)) ?? []].flatMap(([round, sample]) => {
      const other = others?.get(round);
      return other ? [of(sample) / of(other)] : [];
    });
    return ratios.length > 0 ? median(ratios) : undefined;
  }

  /** Every sample that was taken. */
  all(): Sample[] {
    return [...this.#samples.values()].flatMap((rounds) => [...rounds.values()]);
  }
}

function keyOf({ clients, views }: Scenario, server: ServerId): string {
  return `${clients} ${views} ${server}`;
}

/** The median of every figure by itself. */
export function medianSample(samples: readonly Sample[]): Sample {
  const of = (field: keyof Sample) => median(samples.map((sample) => sample[field]));
  return {
    cpuUsPerTick: of("cpuUsPerTick"),
    cpuUsPerUpdate: of("cpuUsPerUpdate"),
    coreShare: of("coreShare"),
    delivered: of("delivered"),
    ticksPerSecond: of("ticksPerSecond"),
    bytesPerTick: of("bytesPerTick"),
    bytesPerUpdate: of("bytesPerUpdate"),
    bytesDownPerClientSecond: of("bytesDownPerClientSecond"),
    bytesUpPerClientSecond: of("bytesUpPerClientSecond"),
    framesPerSecond: of("framesPerSecond"),
    p50Ms: of("p50Ms"),
    p99Ms: of("p99Ms"),
    idleKiB: of("idleKiB"),
    subscribedKiB: of("subscribedKiB"),
    loadCpuShare: of("loadCpuShare"),
    othersCores: of("othersCores"),
  };
}
