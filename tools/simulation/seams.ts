import type { PollTransport } from "../../miniprogram/net/poll_transport.ts";
import type { Transport } from "../../miniprogram/net/transport.ts";
import type { ClientSocket } from "../../server/delivery/client_socket.ts";
import type { QuoteBoard } from "../../server/market/quote_board.ts";
import { type Clock, SUBPROTOCOLS } from "../../shared/mod.ts";
import type { Data } from "./connection.ts";

/**
 * Where one part of the product meets the next, as places to put something in between: a planted bug must be found by the
 * simulation, and none has to be written into the product for that.
 */
export interface Seams {
  /** Subprotocols that the server speaks. */
  readonly protocols: readonly string[];
  /** Between a session and its socket. */
  serverSocket(socket: ClientSocket): ClientSocket;
  /** Between what arrives at the server and its session. */
  inbound(receive: (data: Data) => void, socket: ClientSocket): (data: Data) => void;
  /** Between delivery and its clock. */
  serverClock(clock: Clock): Clock;
  /** Between delivery and the market's state. */
  board(board: QuoteBoard): QuoteBoard;
  /** Between the client and its transport. */
  transport(transport: Transport): Transport;
  /** Between the client and its polls. */
  pollTransport(transport: PollTransport): PollTransport;
  /** Between the client and its clock. */
  clientClock(clock: Clock): Clock;
}

/** The product as it is. */
export const UNCHANGED: Seams = {
  protocols: SUBPROTOCOLS,
  serverSocket: (socket) => socket,
  inbound: (receive) => receive,
  serverClock: (clock) => clock,
  board: (board) => board,
  transport: (transport) => transport,
  pollTransport: (transport) => transport,
  clientClock: (clock) => clock,
};
