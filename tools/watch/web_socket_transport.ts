/** The standard WebSocket, as the client wants it: one end for each connection, with the reason if there is one. */
import type { Connection, ConnectRequest, Transport, TransportHandlers } from "../../miniprogram/net/transport.ts";

/** Codes after which the platform's own words say more than the code. */
const WITHOUT_CODE = [0, 1005, 1006];

export const webSocketTransport: Transport = { connect };

function connect({ url, protocols }: ConnectRequest, handlers: TransportHandlers): Connection {
  let socket: WebSocket;
  try {
    socket = new WebSocket(url, [...protocols]);
  } catch (error) {
    handlers.onError(error instanceof Error ? error.message : String(error));
    return { send() {}, close() {} };
  }
  let fault: string | undefined;
  let hasEnded = false;
  let isLeaving = false;
  socket.binaryType = "arraybuffer";
  socket.onopen = () => {
    if (!isLeaving) handlers.onOpen(socket.protocol === "" ? {} : { protocol: socket.protocol });
  };
  socket.onmessage = ({ data }) => {
    if (!isLeaving && (typeof data === "string" || data instanceof ArrayBuffer)) handlers.onMessage(data);
  };
  // An error is always followed by a close, which is the end; it only says why.
  socket.onerror = (event) => {
    if (event instanceof ErrorEvent && event.message !== "") fault = event.message;
  };
  socket.onclose = ({ code, reason }) => {
    if (hasEnded) return;
    hasEnded = true;
    if (fault !== undefined && WITHOUT_CODE.includes(code)) handlers.onError(fault);
    else handlers.onClose({ code, reason });
  };
  return {
    send(data) {
      if (socket.readyState === WebSocket.OPEN) socket.send(data);
    },
    close(code, reason) {
      isLeaving = true;
      socket.close(code, reason);
    },
  };
}
