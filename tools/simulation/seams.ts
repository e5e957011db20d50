import type { Transport } from "../../miniprogram/net/transport.ts";
import type { ClientSocket } from "../../server/delivery/client_socket.ts";
import type { QuoteBoard } from "../../server/market/quote_board.ts";
import type { Clock } from "../../shared/mod.ts";

/**
 * Where one part of the product meets the next, as places to put something in between: a planted bug must be found by the
 * simulation, and none has to be written into the product for that.
 */
export interface Seams {
  /** Between a session and its socket. */
  serverSocket(socket: ClientSocket): ClientSocket;
  /** Between delivery and its clock. */
  serverClock(clock: Clock): Clock;
  /** Between delivery and the market's state. */
  board(board: QuoteBoard): QuoteBoard;
  /** Between the client and its transport. */
  transport(transport: Transport): Transport;
  /** Between the client and its clock. */
  clientClock(clock: Clock): Clock;
}

/** The product as it is. */
export const UNCHANGED: Seams = {
  serverSocket: (socket) => socket,
  serverClock: (clock) => clock,
  board: (board) => board,
  transport: (transport) => transport,
  clientClock: (clock) => clock,
};
