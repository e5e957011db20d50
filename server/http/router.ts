import { STATUS_CODE } from "@std/http/status";
import type { Logger } from "@logtape/logtape";
import type { ApiHandler } from "../api/handle_request.ts";
import { API_ROOT } from "../../shared/mod.ts";
import type { Health } from "./health.ts";
import { answerOperator, isForOperator, type OperatorOptions } from "./operator_route.ts";
import { PollLimit } from "./poll_limit.ts";
import { answerPollRequest } from "./poll_route.ts";
import { problemResponse } from "./problem.ts";
import { openSocket, type SocketRouteOptions } from "./socket_route.ts";
import { serveFile } from "./static_files.ts";

export interface RouterOptions extends SocketRouteOptions {
  /** Folder of the built browser preview. */
  readonly previewFolder: string;
  readonly health: () => Health;
  readonly logger: Logger;
  /** Answers everything below {@link API_ROOT}. @default a server without it */
  readonly api?: ApiHandler;
  /** What `/metrics` and `/ops` answer with, and whom. @default a server without them */
  readonly operator?: OperatorOptions;
}

/** No inline script or style, no eval. Sockets and requests may go anywhere, because the server's address is a setting of the mini-program. */
const PREVIEW_HEADERS = {
  "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; " +
    "img-src 'self' data:; connect-src 'self' http: https: ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  "referrer-policy": "no-referrer",
};

/** Makes the handler of every request: `/ws`, `/poll`, `/healthz`, `/metrics` and `/ops`, the API, and the browser preview for the rest. */
export function makeRouter(options: RouterOptions): (request: Request, address: string) => Promise<Response> {
  const parts = { ...options, pollLimit: new PollLimit() };
  return async (request, address) => {
    try {
      return await route(request, address, parts);
    } catch (error) {
      options.logger.error("A fault while answering {method} {url}: {error}", {
        method: request.method,
        url: request.url,
        error,
      });
      const message = "The server failed to answer; its log says why.";
      return problemResponse({ status: STATUS_CODE.InternalServerError, code: "internal", message });
    }
  };
}

async function route(
  request: Request,
  address: string,
  options: RouterOptions & { pollLimit: PollLimit },
): Promise<Response> {
  if (!URL.canParse(request.url)) {
    const message = "The request's target or its `Host` header is not valid.";
    return problemResponse({ status: STATUS_CODE.BadRequest, code: "host", message });
  }
  const { pathname } = new URL(request.url);
  if (pathname === "/ws") return openSocket(request, address, options);
  if (pathname === "/poll") return await answerPollRequest(request, address, options);
  if (request.method !== "GET" && request.method !== "HEAD") {
    const message = `${pathname} answers GET and HEAD, not ${request.method}.`;
    return problemResponse({
      status: STATUS_CODE.MethodNotAllowed,
      code: "method",
      message,
      headers: { allow: "GET, HEAD" },
    });
  }
  if (pathname === "/healthz") return healthResponse(options.health());
  if (options.api && pathname.startsWith(`${API_ROOT}/`)) return await options.api(request);
  const { operator } = options;
  const file = operator && isForOperator(pathname)
    ? await answerOperator(request, address, operator)
    : await serveFile(options.previewFolder, request, PREVIEW_HEADERS);
  if (file) return file;
  const message = pathname === "/"
    ? "The browser preview is not built: run `deno task build`, then reload."
    : `There is nothing at ${pathname}: the preview is at /, the WebSocket at /ws, polling at /poll, the API at ${API_ROOT}/openapi.json, the health check at /healthz.`;
  return problemResponse({ status: STATUS_CODE.NotFound, code: "not_found", message });
}

function healthResponse(health: Health): Response {
  const status = health.status === "ok" ? STATUS_CODE.OK : STATUS_CODE.ServiceUnavailable;
  return Response.json(health, { status, headers: { "cache-control": "no-store" } });
}
