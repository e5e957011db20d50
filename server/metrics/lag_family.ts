import { Gauge, type Registry } from "prom-client";
import { LAG_BOUNDS_MS, type LagHistogram } from "../delivery/lag_histogram.ts";

/**
 * Shows a {@link LagHistogram} as a Prometheus histogram in seconds. The library's own histogram would have to be told of
 * every value; this one is read when somebody asks.
 */
export class LagFamily extends Gauge {
  readonly #name: string;

  constructor(
    registry: Registry,
    name: string,
    help: string,
    private readonly lag: LagHistogram,
  ) {
    super({ name, help, registers: [registry] });
    this.#name = name;
  }

  override async get(): Promise<Awaited<ReturnType<Gauge["get"]>>> {
    const family = await super.get();
    // What the library writes is this text; its declarations say a number.
    const type = "histogram" as unknown as typeof family.type;
    return { ...family, type, values: samplesOf(this.#name, this.lag) };
  }
}

/** One sample of a family, under another name than the family's own. */
interface Sample {
  readonly metricName: string;
  value: number;
  labels: Record<string, string | number>;
}

function samplesOf(name: string, lag: LagHistogram): Sample[] {
  let upToHere = 0;
  const buckets = LAG_BOUNDS_MS.map((boundMs, i): Sample => {
    upToHere += lag.counts[i] ?? 0;
    return { metricName: `${name}_bucket`, labels: { le: boundMs / 1000 }, value: upToHere };
  });
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { le: "+Inf" }, value: lag.count },
    { metricName: `${name}_sum`, labels: {}, value: lag.sumMs / 1000 },
    { metricName: `${name}_count`, labels: {}, value: lag.count },
  ];
}
