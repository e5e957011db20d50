/** Ways to put a change between two parts of the product. Messages are changed in the JSON form, which a person can read. */
import type { Connection, Transport, TransportHandlers } from "../../../miniprogram/net/transport.ts";
import type { ClientSocket } from "../../../server/delivery/client_socket.ts";
import type { MessageData } from "../../../server/delivery/session_codec.ts";
import {
  type ClientMessage,
  encode,
  type ServerMessage,
  SUBPROTOCOL_BINARY,
  SUBPROTOCOL_JSON,
} from "../../../shared/mod.ts";
import type { Data } from "../connection.ts";
import { type Seams, UNCHANGED } from "../seams.ts";

/** What becomes of one message: itself, another, or nothing. */
export type Edit = (message: ServerMessage) => ServerMessage | undefined;

export const JSON_ONLY: Seams = { ...UNCHANGED, protocols: [SUBPROTOCOL_JSON] };
export const BINARY_ONLY: Seams = { ...UNCHANGED, protocols: [SUBPROTOCOL_BINARY] };

/** What every session says is changed before it reaches its socket. */
export function editServer(edit: () => Edit): Seams {
  return {
    ...JSON_ONLY,
    serverSocket: (socket) => {
      const change = edit();
      return wrapSocket(socket, (data) => {
        const message = change(read(data));
        if (message) socket.send(encode(message));
      });
    },
  };
}

export function wrapSocket(socket: ClientSocket, send: (data: MessageData) => void): ClientSocket {
  return {
    send,
    close: (code, reason) => socket.close(code, reason),
    get bufferedBytes() {
      return socket.bufferedBytes;
    },
  };
}

/** What arrives at the client is changed before it hears it. */
export function editArrivals(edit: (own: Connection) => Edit): Seams {
  return {
    ...JSON_ONLY,
    transport: (transport) =>
      wrapTransport(transport, (handlers, own) => {
        const change = edit(own);
        return {
          ...handlers,
          onMessage: (data) => {
            const message = change(read(data));
            if (message) handlers.onMessage(encode(message));
          },
        };
      }),
  };
}

/** What the client says is changed before it leaves. */
export function editDepartures(edit: (message: ClientMessage) => ClientMessage): Seams {
  return {
    ...JSON_ONLY,
    transport: (transport) =>
      wrapTransport(transport, (handlers) => handlers, (connection) => ({
        send: (data) => connection.send(encode(edit(JSON.parse(String(data)) as ClientMessage))),
        close: (code, reason) => connection.close(code, reason),
      })),
  };
}

/** Every new connection gets other handlers, or another face. */
export function wrapTransport(
  transport: Transport,
  wrap: (handlers: TransportHandlers, own: Connection) => TransportHandlers,
  face: (connection: Connection, handlers: TransportHandlers) => Connection = (connection) => connection,
): Transport {
  return {
    connect: (request, handlers) => {
      // The handlers are made before there is a connection, and may speak on it once there is.
      const made: { connection?: Connection } = {};
      const own: Connection = {
        send: (data) => made.connection?.send(data),
        close: (code, reason) => made.connection?.close(code, reason),
      };
      const bound: TransportHandlers = {
        onOpen: (info) => handlers.onOpen(info),
        onMessage: (data) => handlers.onMessage(data),
        onClose: (info) => handlers.onClose(info),
        onError: (message) => handlers.onError(message),
      };
      made.connection = transport.connect(request, wrap(bound, own));
      return face(made.connection, bound);
    },
  };
}

function read(data: Data | MessageData): ServerMessage {
  return JSON.parse(String(data)) as ServerMessage;
}
