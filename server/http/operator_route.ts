import { STATUS_CODE } from "@std/http/status";
import type { Metrics } from "../metrics/make_metrics.ts";
import { type MetricsAccess, metricsRefusal } from "./metrics_access.ts";
import { problemResponse } from "./problem.ts";
import { serveFile } from "./static_files.ts";

export interface OperatorOptions extends Metrics {
  readonly access: MetricsAccess;
  /** Folder of the built operator's page. */
  readonly pageFolder: string;
}

const PAGE_ROOT = "/ops";

/** The page draws itself from `/metrics` and needs nothing else of anybody. */
const PAGE_HEADERS = {
  "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  "referrer-policy": "no-referrer",
};

/** Whether {@link answerOperator} is the one to answer. */
export function isForOperator(pathname: string): boolean {
  return pathname === "/metrics" || pathname === PAGE_ROOT || pathname.startsWith(`${PAGE_ROOT}/`);
}

/**
 * Answers `/metrics` in Prometheus' text form, and `/ops` with the page drawn from it, to whom they are meant for.
 *
 * @returns The answer, or `undefined` where there is no such file of the page.
 */
export async function answerOperator(
  request: Request,
  address: string,
  options: OperatorOptions,
): Promise<Response | undefined> {
  const refusal = metricsRefusal(options.access, address, request);
  if (refusal) return problemResponse(refusal);
  const { pathname } = new URL(request.url);
  if (pathname === "/metrics") return metricsResponse(options);
  const file = pathname.slice(PAGE_ROOT.length);
  const answer = await serveFile(options.pageFolder, request, PAGE_HEADERS, file === "" ? "/" : file);
  return answer ?? (file === "" ? notBuilt() : undefined);
}

async function metricsResponse({ contentType, text }: Metrics): Promise<Response> {
  const headers = {
    "content-type": contentType,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return new Response(await text(), { headers });
}

function notBuilt(): Response {
  const message = "The operator's page is not built: run `deno task build`, then reload.";
  return problemResponse({ status: STATUS_CODE.NotFound, code: "not_found", message });
}
