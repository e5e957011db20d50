/// <reference lib="dom" />
import { startTimeout } from "../browser_timers.ts";
import type {} from "miniprogram-api-typings";
import type { PhoneNetwork } from "../network.ts";
import type { FreezableTimers } from "../timers.ts";

/** WeChat allows this many sockets at a time. */
export const SOCKETS_MAX = 5;

type Option = WechatMiniprogram.ConnectSocketOption;
type SocketTask = WechatMiniprogram.SocketTask;
type Outcome = { errMsg: string };

/** What an open or opening socket does when the phone takes it away. */
interface LiveSocket {
  /** The network was lost: the end is reported as unclean. */
  lose(): void;
  /** JavaScript stops: the connection ends and nobody is told. */
  drop(): void;
}

/** All sockets of the mini-program. */
export class Sockets {
  readonly #live = new Set<LiveSocket>();
  /** Whether a socket dropped by the freeze reports its end afterwards. Phones differ; most never do. */
  reportsDroppedSockets = false;

  constructor(private readonly network: PhoneNetwork, private readonly timers: FreezableTimers) {
    network.lossListeners.add(() => [...this.#live].forEach((socket) => socket.lose()));
  }

  /** Sockets that count against {@link SOCKETS_MAX}. */
  get count(): number {
    return this.#live.size;
  }

  /** The phone froze the mini-program. */
  dropAll(): void {
    for (const socket of [...this.#live]) socket.drop();
  }

  readonly connect = (option: Option): SocketTask => {
    const socket = new PreviewSocket(option, this.network, this.timers, {
      isFull: this.#live.size >= SOCKETS_MAX,
      reportsDrop: () => this.reportsDroppedSockets,
      ended: () => this.#live.delete(socket),
    });
    if (socket.isLive) this.#live.add(socket);
    return socket.task;
  };
}

interface SocketSurroundings {
  isFull: boolean;
  reportsDrop(): boolean;
  ended(): void;
}

class PreviewSocket implements LiveSocket {
  readonly task: SocketTask;
  #socket: WebSocket | null = null;
  #ended = false;
  #timer = 0;
  readonly #listeners = {
    open: [] as WechatMiniprogram.OnOpenCallback[],
    message: [] as WechatMiniprogram.SocketTaskOnMessageCallback[],
    error: [] as WechatMiniprogram.UDPSocketOffErrorCallback[],
    close: [] as WechatMiniprogram.SocketTaskOnCloseCallback[],
  };

  constructor(
    private readonly option: Option,
    private readonly network: PhoneNetwork,
    private readonly timers: FreezableTimers,
    private readonly surroundings: SocketSurroundings,
  ) {
    const { open, message, error, close } = this.#listeners;
    this.task = {
      send: (message) => this.#send(message),
      close: (reason) => this.#close(reason),
      onOpen: (listener) => void open.push(listener),
      onMessage: (listener) => void message.push(listener),
      onError: (listener) => void error.push(listener),
      onClose: (listener) => void close.push(listener),
    };
    const refusal = this.#refusal();
    if (refusal === null) this.#connect();
    else this.#refuse(refusal);
  }

  get isLive(): boolean {
    return this.#socket !== null && !this.#ended;
  }

  lose(): void {
    if (this.#ended) return;
    this.#detach();
    this.#emitError("connectSocket:fail network is down");
    this.#emitClose(1006, "");
  }

  drop(): void {
    if (this.#ended) return;
    this.#detach();
    if (this.surroundings.reportsDrop()) this.#emitClose(1006, "interrupted");
  }

  /** Why the connection cannot even be tried, or null. */
  #refusal(): string | null {
    const { url, header } = this.option;
    if (!/^wss?:\/\//.test(url ?? "")) return `invalid url "${url}"; it must start with ws:// or wss://`;
    if (Object.keys(header ?? {}).some((name) => name.toLowerCase() === "referer")) {
      return "the header may not set Referer";
    }
    if (this.surroundings.isFull) return `exceed max concurrent sockets, ${SOCKETS_MAX} are open`;
    return null;
  }

  #refuse(reason: string): void {
    this.#ended = true;
    const failure = { errMsg: `connectSocket:fail ${reason}` };
    this.#later(() => {
      this.option.fail?.(failure);
      this.option.complete?.(failure);
    });
    this.#emitError(failure.errMsg);
  }

  #connect(): void {
    if (!this.network.isConnected) {
      // A phone without network accepts the call and reports the failure on the task.
      this.#succeed();
      this.#ended = true;
      this.#emitError("connectSocket:fail network is down");
      this.#emitClose(1006, "");
      return;
    }
    const startMs = performance.now();
    let socket: WebSocket;
    try {
      socket = new WebSocket(this.option.url, this.option.protocols ?? []);
    } catch (error) {
      return this.#refuse(error instanceof Error ? error.message : String(error));
    }
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened(socket, startMs);
    socket.onmessage = (event) => {
      if (!this.network.isStalled) this.#listeners.message.forEach((listener) => listener({ data: event.data }));
    };
    socket.onerror = () => this.#emitError("connectSocket:fail the connection failed");
    socket.onclose = (event) => {
      if (this.network.isStalled) return;
      this.#detach();
      this.#emitClose(event.code, event.reason);
    };
    if (this.option.timeout) this.#timer = startTimeout(() => this.#timedOut(), this.option.timeout);
    this.#succeed();
  }

  #succeed(): void {
    const success = { errMsg: "connectSocket:ok" };
    this.#later(() => {
      this.option.success?.(success);
      this.option.complete?.(success);
    });
  }

  #opened(socket: WebSocket, startMs: number): void {
    globalThis.clearTimeout(this.#timer);
    const header: Record<string, string> = { Upgrade: "websocket", Connection: "Upgrade" };
    // The chosen protocol is nowhere else: a SocketTask has no `protocol`.
    if (socket.protocol) header["Sec-WebSocket-Protocol"] = socket.protocol;
    const handshakeMs = Math.round(performance.now() - startMs);
    const profile = { handshakeCost: handshakeMs, cost: handshakeMs } as WechatMiniprogram.SocketProfile;
    this.#listeners.open.forEach((listener) => listener({ header, profile } as Parameters<typeof listener>[0]));
  }

  #timedOut(): void {
    if (this.#ended || this.#socket?.readyState !== WebSocket.CONNECTING) return;
    this.#detach();
    this.#emitError("connectSocket:fail timeout");
    this.#emitClose(1006, "timeout");
  }

  #send(message: WechatMiniprogram.SocketTaskSendOption): void {
    const { data } = message;
    const finish = (errMsg: string, isSent: boolean) => {
      this.#later(() => {
        if (isSent) message.success?.({ errMsg });
        else message.fail?.({ errMsg });
        message.complete?.({ errMsg });
      });
    };
    if (typeof data !== "string" && !(data instanceof ArrayBuffer)) {
      finish("sendSocketMessage:fail data must be a string or an ArrayBuffer", false);
    } else if (this.#ended || this.#socket?.readyState !== WebSocket.OPEN) {
      finish("sendSocketMessage:fail SocketTask.readyState is not OPEN", false);
    } else {
      if (!this.network.isStalled) this.#socket.send(data);
      finish("sendSocketMessage:ok", true);
    }
  }

  #close(option: WechatMiniprogram.SocketTaskCloseOption = {}): void {
    const { code = 1000, reason } = option;
    const finish = (result: Outcome, isClosed: boolean) => {
      this.#later(() => {
        if (isClosed) option.success?.(result);
        else option.fail?.(result);
        option.complete?.(result);
      });
    };
    if (this.#ended || !this.#socket) return finish({ errMsg: "closeSocket:fail the socket is closed" }, false);
    if (code !== 1000 && (code < 3000 || code > 4999)) {
      return finish({ errMsg: `closeSocket:fail invalid code ${code}; it must be 1000 or 3000 to 4999` }, false);
    }
    this.#socket.close(code, reason);
    finish({ errMsg: "closeSocket:ok" }, true);
    // A peer that cannot answer does not keep the socket: a stalled network ends here.
    if (this.network.isStalled) {
      this.#detach();
      this.#emitClose(code, reason ?? "");
    }
  }

  /** Ends the connection and lets nothing more of it through. */
  #detach(): void {
    this.#ended = true;
    globalThis.clearTimeout(this.#timer);
    const socket = this.#socket;
    if (socket) {
      socket.onopen =
        socket.onmessage =
        socket.onerror =
        socket.onclose =
          null;
      if (socket.readyState < WebSocket.CLOSING) socket.close();
    }
    this.surroundings.ended();
  }

  #emitError(errMsg: string): void {
    this.#later(() =>
      this.#listeners.error.forEach((listener) => listener({ errMsg } as Parameters<typeof listener>[0]))
    );
  }

  #emitClose(code: number, reason: string): void {
    this.#later(() => this.#listeners.close.forEach((listener) => listener({ code, reason })));
  }

  #later(task: () => void): void {
    this.timers.setTimeout(task, 0);
  }
}
