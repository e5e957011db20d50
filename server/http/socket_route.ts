import { STATUS_CODE } from "@std/http/status";
import type { Logger } from "@logtape/logtape";
import { type Clock, CLOSE, type Limits, parseOffered, type TimerId } from "../../shared/mod.ts";
import type { Hub } from "../delivery/hub.ts";
import type { Session } from "../delivery/session.ts";
import type { Tally } from "../delivery/tally.ts";
import type { Admission } from "./admission.ts";
import { DenoSocket } from "./deno_socket.ts";
import { checkHandshake } from "./handshake.ts";
import type { HandshakePacer, Turn } from "./handshake_pacer.ts";
import type { OriginPolicy } from "./origin.ts";
import { type Problem, problemResponse } from "./problem.ts";

export interface SocketRouteOptions {
  readonly hub: Hub;
  readonly admission: Admission;
  /** Keeps a storm of handshakes from the others' prices. @default each is answered at once */
  readonly pacer?: HandshakePacer;
  readonly origins: OriginPolicy;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Where refused handshakes are counted, by the code of their answer. @default nowhere */
  readonly refused?: Tally;
  /** `helloTimeoutMs` is also the time from the answer to a handshake to its open socket, after which the peer counts as gone. */
  readonly limits: Pick<Limits, "helloTimeoutMs" | "inboundBytesMax" | "silentTimeoutMs">;
}

/**
 * What Deno reports as the address of a peer that reset its line before the handshake was read. Upgrading such a
 * connection would leave its file descriptor behind for good (seen in Deno 2.9.6).
 */
const GONE_ADDRESS = "0.0.0.0";

/**
 * Share of the silent timeout after which Deno drops a peer that answers no ping frame; it pings at half of that. It must
 * come first: Deno severs the line only as long as nobody has closed it, and a close that a dead peer never answers would
 * keep its place and its memory for ever. A peer that is alive but mute answers the ping frame and is closed with 4009.
 */
const IDLE_SHARE = 0.8;

const GONE: Problem = { status: STATUS_CODE.BadRequest, code: "gone", message: "The connection was reset." };

/** Answers `/ws`: the handshake, when it is its turn, and the wiring of one socket to one session. */
export async function openSocket(request: Request, address: string, options: SocketRouteOptions): Promise<Response> {
  const { admission, limits, logger, origins, refused } = options;
  const refuse = (problem: Problem) => {
    refused?.add(problem.code);
    logger.debug("Refused a handshake from {address}: {code}", { address, code: problem.code });
    return problemResponse(problem);
  };
  const handshake = checkHandshake(request.method, request.headers, origins);
  if (!handshake.ok) return refuse(handshake.problem);
  if (address === GONE_ADDRESS) return refuse(GONE);
  const noRoom = admission.refusal(address);
  if (noRoom) return refuse(noRoom);
  // Whoever waits holds a place, so that the bounds hold for the waiting too.
  const passage = new Passage(admission.enter(address));
  try {
    const problem = await untilTurn(request, address, passage, options);
    if (problem) {
      passage.end();
      return refuse(problem);
    }
    const { socket, response } = Deno.upgradeWebSocket(withSpacedOffers(request), {
      protocol: handshake.protocol,
      idleTimeout: limits.silentTimeoutMs * IDLE_SHARE / 1000,
    });
    wire(socket, passage, handshake.protocol, options);
    return response;
  } catch (error) {
    passage.end();
    throw error;
  }
}

/** What a connection holds of the server's bounds; each is given back once, however often it is told. */
class Passage {
  /** Tells the pacer that the handshake is over. */
  arrived: () => void = () => {};

  /** @param leave Gives the place of the connection back. */
  constructor(private readonly leave: () => void) {}

  /** The connection is gone. */
  end(): void {
    this.arrived();
    this.leave();
  }
}

/** Waits until this handshake may go on. @returns Why it may not after all. */
async function untilTurn(
  request: Request,
  address: string,
  passage: Passage,
  { admission, clock, pacer }: SocketRouteOptions,
): Promise<Problem | undefined> {
  if (!pacer) return undefined;
  switch (await turnOf(request, passage, pacer, clock)) {
    case "admitted":
      return undefined;
    case "busy":
      return busy(pacer);
    case "closed":
      return admission.refusal(address) ?? busy(pacer);
    case "gone":
      return GONE;
  }
}

/** A peer that goes while it waits must not be upgraded: see {@link GONE_ADDRESS}. */
async function turnOf(
  request: Request,
  passage: Passage,
  pacer: HandshakePacer,
  clock: Clock,
): Promise<Turn | "gone"> {
  let hasWaited = false;
  const turn = await new Promise<Turn | "gone">((resolve) => {
    const { waiting } = pacer;
    passage.arrived = pacer.enter(resolve);
    hasWaited = pacer.waiting !== waiting;
    if (!hasWaited) return;
    request.signal.addEventListener("abort", () => {
      passage.arrived();
      resolve("gone");
    }, { once: true });
  });
  const isGone = hasWaited && turn === "admitted" && !await isStillThere(request, clock);
  return isGone ? "gone" : turn;
}

/**
 * Whether the peer is still there after its wait. Its reset may have arrived while the loop was busy, so Deno is given one
 * turn to hear of it.
 */
async function isStillThere({ signal }: Request, clock: Clock): Promise<boolean> {
  await new Promise<void>((resolve) => clock.setTimeout(resolve, 0));
  return !signal.aborted;
}

function busy({ perSecond, waiting }: HandshakePacer): Problem {
  const message = `${waiting} clients wait to connect already: try again in a few seconds.`;
  const seconds = String(Math.max(1, Math.ceil(waiting / perSecond)));
  return { status: STATUS_CODE.ServiceUnavailable, code: "busy", message, headers: { "retry-after": seconds } };
}

/**
 * The same request, its subprotocols separated as `Deno.upgradeWebSocket` reads them: by a comma and exactly one space,
 * where RFC 6455 leaves the space free. Otherwise it throws for an offer of "a,b". The request cannot be copied: the
 * connection belongs to this object.
 */
function withSpacedOffers(request: Request): Request {
  const given = request.headers.get("sec-websocket-protocol");
  const spaced = parseOffered(given).join(", ");
  // Deno keeps the request as long as the socket: a copy of its headers would be a kilobyte for every connection.
  if (given === spaced) return request;
  const headers = new Headers(request.headers);
  headers.set("sec-websocket-protocol", spaced);
  return Object.defineProperty(request, "headers", { value: headers });
}

/** Registers the handlers once. Each is guarded: an exception that leaves a handler ends the whole process in Deno. */
function wire(
  socket: WebSocket,
  passage: Passage,
  protocol: string,
  options: SocketRouteOptions,
): void {
  const { clock, hub, limits, logger } = options;
  const deliverySocket = new DenoSocket(socket, clock);
  let session: Session | undefined;
  let isGone = false;
  const fail = () => {
    const { code, reason } = CLOSE.internalError;
    if (session) session.close("internalError");
    else deliverySocket.close(code, reason);
  };
  const guard = (what: string, run: () => void) => {
    try {
      run();
    } catch (error) {
      logger.error("A fault while handling {what} of {session}: {error}", { what, session: session?.id, error });
      fail();
    }
  };
  const gone = () => {
    isGone = true;
    passage.end();
    session?.closedByPeer();
  };
  let hasSpoken = false;
  const received = (data: unknown) => {
    // Nearly all messages are acknowledgements: the pacer hears of the first one alone.
    if (!hasSpoken) passage.arrived();
    hasSpoken = true;
    session?.receive(data);
  };
  // Of a peer that resets its line during the handshake Deno says nothing: no open, no error, no close.
  let openTimer: TimerId | undefined = clock.setTimeout(() => guard("a handshake", gone), limits.helloTimeoutMs);
  const opened = () => {
    clock.clearTimeout(openTimer);
    openTimer = undefined;
    if (isGone) fail();
    else session = hub.open(deliverySocket, protocol);
  };
  socket.binaryType = "arraybuffer";
  socket.onopen = () => guard("open", opened);
  socket.onmessage = (event: MessageEvent) => guard("a message", () => received(event.data));
  socket.onclose = () => guard("close", gone);
  // An error is followed by a close, or came before the open, where the timer sees to it.
  socket.onerror = (event: Event) => event.preventDefault();
}
