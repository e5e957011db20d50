/** The only user of WeChat's SocketTask. Its quirks end here. */
import {
  ABNORMAL_CLOSURE,
  type Connection,
  type ConnectRequest,
  type MessageData,
  type OpenInfo,
  type Transport,
  type TransportHandlers,
} from "./transport";

interface Outcome {
  readonly errMsg: string;
}

/** What is used of SocketTask. It has no way to remove a handler, to tell its state or the protocol chosen. */
export interface SocketTaskLike {
  send(options: { data: MessageData; fail(outcome: Outcome): void }): void;
  close(options: { code: number; reason: string; fail(outcome: Outcome): void }): void;
  onOpen(handler: (event: { header: object }) => void): void;
  onMessage(handler: (event: { data: MessageData }) => void): void;
  onClose(handler: (event: { code: number; reason: string }) => void): void;
  onError(handler: (event: Outcome) => void): void;
}

/** What is used of `wx`; an argument, so that tests and the browser preview can bring their own. */
export interface WxSockets {
  connectSocket(options: {
    url: string;
    protocols: string[];
    timeout: number;
    tcpNoDelay: boolean;
    fail(outcome: Outcome): void;
  }): SocketTaskLike | undefined;
}

export function wxTransport(wx: WxSockets): Transport {
  return { connect: (request, handlers) => connect(wx, request, handlers) };
}

function connect(wx: WxSockets, request: ConnectRequest, handlers: TransportHandlers): Connection {
  const { url, protocols, timeoutMs } = request;
  let isOpen = false;
  let hasEnded = false;
  /** What we asked for, once we asked for the end. */
  let leaving: { code: number; reason: string } | undefined;
  const end = (report: () => void) => {
    if (hasEnded) return;
    hasEnded = true;
    report();
  };
  // onError and onClose may both fire, in either order, and `fail` as well: the first of them is the end.
  const fail = (outcome: Outcome) => end(() => handlers.onError(outcome.errMsg));
  const task = startSocket(wx, { url, protocols: [...protocols], timeout: timeoutMs, tcpNoDelay: true, fail });
  if (!task) return DEAD_CONNECTION;

  const closeTask = ({ code, reason }: { code: number; reason: string }) => {
    // A socket that is still opening may refuse to close, and then opens after all: that is no end.
    task.close({
      code,
      reason,
      fail: () => isOpen && end(() => handlers.onClose({ code: ABNORMAL_CLOSURE, reason: "" })),
    });
  };
  task.onOpen((event) => {
    isOpen = true;
    if (leaving) closeTask(leaving);
    else if (!hasEnded) handlers.onOpen(chosenProtocol(event.header));
  });
  task.onMessage(({ data }) => {
    if (!hasEnded && !leaving) handlers.onMessage(data);
  });
  task.onClose(({ code, reason }) => end(() => handlers.onClose({ code, reason })));
  task.onError(fail);

  return {
    send(data) {
      // What could not be sent would be missed by the server for ever, so a failure ends the line and a new one begins.
      if (isOpen && !hasEnded && !leaving) task.send({ data, fail });
    },
    close(code, reason) {
      if (hasEnded || leaving) return;
      leaving = { code, reason };
      closeTask(leaving);
    },
  };
}

const DEAD_CONNECTION: Connection = { send() {}, close() {} };

/** The socket, or `undefined` after `fail` was told why there is none: a sixth one, or an address that is none, may throw. */
function startSocket(wx: WxSockets, options: Parameters<WxSockets["connectSocket"]>[0]): SocketTaskLike | undefined {
  try {
    const task = wx.connectSocket(options);
    if (!task) options.fail({ errMsg: "connectSocket gave no socket" });
    return task;
  } catch (error) {
    options.fail({ errMsg: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

/** Reads the handshake's answer, which names its headers in whatever case the platform likes. */
function chosenProtocol(header: object | undefined): OpenInfo {
  for (const [name, value] of Object.entries(header ?? {})) {
    if (name.toLowerCase() === "sec-websocket-protocol" && typeof value === "string" && value.trim() !== "") {
      return { protocol: value.trim() };
    }
  }
  return {};
}
