import type { Metrics } from "../metrics/make_metrics.ts";
import { type MetricsAccess, metricsRefusal } from "./metrics_access.ts";
import { problemResponse } from "./problem.ts";

export interface MetricsRouteOptions {
  readonly metricsAccess: MetricsAccess;
  readonly metrics: Metrics;
}

/** Answers `/metrics` in Prometheus' text form, to whom it is meant for. */
export async function answerMetrics(
  request: Request,
  address: string,
  { metrics, metricsAccess }: MetricsRouteOptions,
): Promise<Response> {
  const refusal = metricsRefusal(metricsAccess, address, request);
  if (refusal) return problemResponse(refusal);
  const headers = {
    "content-type": metrics.contentType,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return new Response(await metrics.text(), { headers });
}
