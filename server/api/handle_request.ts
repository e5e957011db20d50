/** The edge of the API: from a request to a response, with what a cache needs to know. */
import { eTag, ifNoneMatch } from "@std/http/etag";
import { STATUS_CODE } from "@std/http/status";
import { API_ROOT } from "../../shared/mod.ts";
import { isAllowedPage, type OriginPolicy } from "../http/origin.ts";
import { problemResponse } from "../http/problem.ts";
import { ApiFault } from "./api_fault.ts";
import type { ApiResult, Cacheability } from "./api_result.ts";
import { openApiDocument } from "./openapi_document.ts";
import { OPENAPI_PATH, type Route, ROUTES } from "./routes.ts";
import type { ApiSources } from "./sources.ts";
import { MeanVolumes } from "./stocks/volume_ratio.ts";

export type ApiHandler = (request: Request) => Promise<Response>;

const CACHE_CONTROL: Readonly<Record<Cacheability, string>> = {
  live: "public, max-age=1",
  static: "public, max-age=300",
  immutable: "public, max-age=31536000, immutable",
};

/**
 * Makes the handler of every GET and HEAD below {@link API_ROOT}.
 *
 * A page of another origin may read the answers where it may also open a socket, and nowhere else: the same prices, the
 * same rule. Without an `Origin`, as from a mini-program or a command line, there is nothing to allow.
 */
export function makeApiHandler(sources: ApiSources, origins: OriginPolicy): ApiHandler {
  const context = { sources, means: new MeanVolumes(sources) };
  return async (request) => {
    const response = await answer(request, (route, params, name) => route.handle(params, name, context));
    response.headers.append("vary", "origin");
    const origin = request.headers.get("origin");
    if (origin !== null && isAllowedPage(request.headers, origins)) {
      response.headers.set("access-control-allow-origin", origin);
    }
    return response;
  };
}

type Handle = (route: Route, params: URLSearchParams, name: string) => ApiResult<unknown>;

async function answer(request: Request, handle: Handle): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  try {
    if (pathname === OPENAPI_PATH) return await respond(request, { body: openApiDocument(), cache: "static" });
    const found = find(pathname);
    if (!found) return notFound(pathname);
    return await respond(request, handle(found.route, searchParams, found.name));
  } catch (error) {
    if (error instanceof ApiFault) return problemResponse(error.problem);
    throw error;
  }
}

function find(pathname: string): { route: Route; name: string } | undefined {
  for (const route of ROUTES) {
    const [fixed = ""] = `${API_ROOT}${route.path}`.split("{");
    if (!route.path.endsWith("}")) {
      if (pathname === fixed) return { route, name: "" };
    } else if (pathname.startsWith(fixed) && !pathname.slice(fixed.length).includes("/")) {
      const name = decoded(pathname.slice(fixed.length));
      if (name) return { route, name };
    }
  }
  return undefined;
}

/** A part of a path as text; `undefined` where its percent signs mean nothing. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

async function respond(request: Request, { body, cache }: ApiResult<unknown>): Promise<Response> {
  const text = JSON.stringify(body);
  const etag = await eTag(text) ?? "";
  const common = { etag, "cache-control": CACHE_CONTROL[cache], "x-content-type-options": "nosniff" };
  if (!ifNoneMatch(request.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: STATUS_CODE.NotModified, headers: common });
  }
  const headers = { ...common, "content-type": "application/json" };
  return new Response(request.method === "HEAD" ? null : text, { headers });
}

function notFound(pathname: string): Response {
  const paths = [...ROUTES.map(({ path }) => `${API_ROOT}${path}`), OPENAPI_PATH].join(", ");
  const message = `There is nothing at ${pathname.slice(0, 100)}: there are ${paths}.`;
  return problemResponse({ status: STATUS_CODE.NotFound, code: "not_found", message });
}
