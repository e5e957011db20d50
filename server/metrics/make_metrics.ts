import { Registry } from "prom-client";
import type { DeliveryStats } from "../delivery/delivery_stats.ts";
import { addDelivery } from "./delivery_families.ts";
import { Families } from "./families.ts";
import { addServer, type ServerFacts } from "./server_families.ts";

/** What `/metrics` answers with. */
export interface Metrics {
  readonly contentType: string;
  /** The numbers of this moment, in Prometheus' text form. */
  text(): Promise<string>;
}

/** Gathers what this process counts. The registry is its own, so that two servers in one process do not mix. */
export function makeMetrics(stats: DeliveryStats, facts: ServerFacts): Metrics {
  const registry = new Registry();
  const families = new Families(registry);
  addServer(families, facts);
  addDelivery(families, stats);
  return { contentType: registry.contentType, text: () => registry.metrics() };
}
