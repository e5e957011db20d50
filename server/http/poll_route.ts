import { STATUS_CODE, type StatusCode } from "@std/http/status";
import { type Clock, decodeClient, type Limits } from "../../shared/mod.ts";
import type { Hub } from "../delivery/hub.ts";
import type { Admission } from "./admission.ts";
import { isAllowedPage, type OriginPolicy } from "./origin.ts";
import type { PollLimit } from "./poll_limit.ts";
import { type Problem, problemResponse } from "./problem.ts";
import { readBody } from "./read_body.ts";

export interface PollRouteOptions {
  readonly hub: Hub;
  readonly admission: Pick<Admission, "draining">;
  readonly origins: OriginPolicy;
  readonly pollLimit: PollLimit;
  readonly clock: Clock;
  readonly limits: Pick<Limits, "inboundBytesMax">;
}

/** Answers `POST /poll`: the hello of a client that can have no socket, and what a socket would have brought it at once. */
export async function answerPollRequest(
  request: Request,
  address: string,
  options: PollRouteOptions,
): Promise<Response> {
  const { clock, hub, limits, origins } = options;
  const problem = checkRequest(request, address, options);
  if (problem) return problemResponse(problem);
  if (request.method === "OPTIONS") return withOrigin(request, origins, new Response(null, { headers: PREFLIGHT }));
  const body = await readBody(request, limits.inboundBytesMax, clock);
  if (body.kind !== "text") return withOrigin(request, origins, problemResponse(BODY_PROBLEMS[body.kind](limits)));
  const decoded = decodeClient(body.text);
  if (!decoded.ok) return withOrigin(request, origins, problemResponse(badHello(decoded.fault.message)));
  const { message } = decoded;
  if (message.type !== "hello" || !message.resume) {
    return withOrigin(request, origins, problemResponse(badHello("A poll is a `hello` with a `resume`.")));
  }
  const text = `[${hub.poll(message).join(",")}]`;
  const headers = {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return withOrigin(request, origins, new Response(text, { headers }));
}

const PREFLIGHT = {
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "content-type",
  "access-control-max-age": "600",
};

function checkRequest(
  request: Request,
  address: string,
  { admission, clock, origins, pollLimit }: PollRouteOptions,
): Problem | undefined {
  if (request.method !== "POST" && request.method !== "OPTIONS") {
    const message = `A poll is a POST, not a ${request.method}: its body is a hello.`;
    return { status: STATUS_CODE.MethodNotAllowed, code: "method", message, headers: { allow: "POST, OPTIONS" } };
  }
  if (!isAllowedPage(request.headers, origins)) {
    const message = "Pages of this origin may not poll here: start the server with --allow-origin for that origin.";
    return { status: STATUS_CODE.Forbidden, code: "origin", message };
  }
  if (admission.draining) {
    const message = "This server is about to stop: try again in a few seconds.";
    return unavailable(STATUS_CODE.ServiceUnavailable, "draining", message, 5);
  }
  if (!pollLimit.admits(address, clock.nowMs())) {
    const message = "Too many polls from your address: poll less often, or open a WebSocket at /ws.";
    return unavailable(STATUS_CODE.TooManyRequests, "poll_rate", message, 2);
  }
  return undefined;
}

function unavailable(status: StatusCode, code: string, message: string, retryAfterSeconds: number): Problem {
  return { status, code, message, headers: { "retry-after": String(retryAfterSeconds) } };
}

const BODY_PROBLEMS = {
  too_big: ({ inboundBytesMax }: Pick<Limits, "inboundBytesMax">): Problem => ({
    status: STATUS_CODE.ContentTooLarge,
    code: "message_too_big",
    message: `The hello is larger than ${inboundBytesMax} bytes: ask for fewer symbols at a time.`,
  }),
  too_slow: (): Problem => ({
    status: STATUS_CODE.RequestTimeout,
    code: "body_timeout",
    message: "The body did not come in time.",
  }),
  broken: (): Problem => badHello("The body could not be read."),
};

function badHello(message: string): Problem {
  return { status: STATUS_CODE.BadRequest, code: "bad_hello", message };
}

/** A page of another origin may read the answer where it may also open a socket. */
function withOrigin(request: Request, origins: OriginPolicy, response: Response): Response {
  response.headers.append("vary", "origin");
  const origin = request.headers.get("origin");
  if (origin !== null && isAllowedPage(request.headers, origins)) {
    response.headers.set("access-control-allow-origin", origin);
  }
  return response;
}
