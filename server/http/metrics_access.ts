import { STATUS_CODE } from "@std/http/status";
import { isLoopbackHost } from "./origin.ts";
import type { Problem } from "./problem.ts";

/** Who may read the metrics and the operator's page: programs on this machine, everybody, or nobody. */
export type MetricsAccess = "loopback" | "any" | "none";

/** Headers that a proxy adds: what comes with one comes from somewhere else, however near the proxy is. */
const PROXY_HEADERS = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

/**
 * Why this request may not read the metrics, or `undefined` when it may.
 *
 * "Loopback" is what was asked on this machine, by a name of this machine, without a proxy between: an nginx in front
 * would otherwise lend its address to the whole world, and a foreign page its visitor's browser.
 *
 * @param address The peer's address.
 */
export function metricsRefusal(access: MetricsAccess, address: string, request: Request): Problem | undefined {
  if (access === "any") return undefined;
  const { pathname, hostname } = new URL(request.url);
  if (access === "none") {
    const message = `${pathname} is switched off here: start the server with --metrics-access loopback or any.`;
    return { status: STATUS_CODE.NotFound, code: "metrics_off", message };
  }
  const isForwarded = PROXY_HEADERS.some((name) => request.headers.has(name));
  if (isLoopbackAddress(address) && isLoopbackHost(hostname) && !isForwarded) return undefined;
  const message = `${pathname} answers this machine alone, asked as localhost and without a proxy: ask there, ` +
    "or start the server with --metrics-access any.";
  return { status: STATUS_CODE.Forbidden, code: "metrics_access", message };
}

/** IPv4's 127.0.0.0/8, also as an IPv6 socket writes it, and IPv6's `::1`. */
function isLoopbackAddress(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}
