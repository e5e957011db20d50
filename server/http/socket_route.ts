import type { Logger } from "@logtape/logtape";
import type { Hub } from "../delivery/hub.ts";
import type { Session } from "../delivery/session.ts";
import type { Admission } from "./admission.ts";
import { DenoSocket } from "./deno_socket.ts";
import { checkHandshake } from "./handshake.ts";
import type { OriginPolicy } from "./origin.ts";
import { problemResponse } from "./problem.ts";

export interface SocketRouteOptions {
  readonly hub: Hub;
  readonly admission: Admission;
  readonly origins: OriginPolicy;
  readonly logger: Logger;
}

/**
 * Seconds after which Deno drops a peer that answers no ping frame; it pings at half of that. The heartbeat messages find
 * a silent client sooner; this also ends sockets that were closed but whose peer never answers.
 */
const IDLE_TIMEOUT_S = 30;

/** Answers `/ws`: the handshake, and the wiring of one socket to one session. */
export function openSocket(request: Request, address: string, options: SocketRouteOptions): Response {
  const { hub, admission, origins, logger } = options;
  const handshake = checkHandshake(request.method, request.headers, origins);
  const problem = handshake.ok ? admission.refusal(address) : handshake.problem;
  if (!handshake.ok || problem) {
    if (problem) logger.debug("Refused a handshake from {address}: {code}", { address, code: problem.code });
    return problem ? problemResponse(problem) : new Response(null, { status: 400 });
  }
  const { socket, response } = Deno.upgradeWebSocket(request, {
    protocol: handshake.protocol,
    idleTimeout: IDLE_TIMEOUT_S,
  });
  const leave = admission.enter(address);
  wire(socket, hub, handshake.protocol, leave, logger);
  return response;
}

/** Registers the handlers once. Each is guarded: an exception that leaves a handler ends the whole process in Deno. */
function wire(socket: WebSocket, hub: Hub, protocol: string, leave: () => void, logger: Logger): void {
  let session: Session | undefined;
  const guarded = (what: string, run: () => void) => () => guard(what, run);
  const guard = (what: string, run: () => void) => {
    try {
      run();
    } catch (error) {
      logger.error("A fault while handling {what} of {session}: {error}", { what, session: session?.id, error });
      session?.close("internalError");
    }
  };
  socket.onopen = guarded("open", () => {
    session = hub.open(new DenoSocket(socket), protocol);
  });
  socket.onmessage = (event: MessageEvent) => guard("a message", () => session?.receive(event.data));
  // An error is always followed by a close, and says nothing that the close does not.
  socket.onerror = (event: Event) => event.preventDefault();
  socket.onclose = guarded("close", () => {
    leave();
    session?.closedByPeer();
  });
}
