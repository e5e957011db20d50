import type { Metrics } from "../metrics/make_metrics.ts";
import { type MetricsAccess, metricsRefusal } from "./metrics_access.ts";
import { problemResponse } from "./problem.ts";

export interface MetricsRouteOptions extends Metrics {
  readonly access: MetricsAccess;
}

/** Answers `/metrics` in Prometheus' text form, to whom it is meant for. */
export async function answerMetrics(
  request: Request,
  address: string,
  options: MetricsRouteOptions,
): Promise<Response> {
  const refusal = metricsRefusal(options.access, address, request);
  if (refusal) return problemResponse(refusal);
  const headers = {
    "content-type": options.contentType,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return new Response(await options.text(), { headers });
}
