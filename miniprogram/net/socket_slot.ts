import type { Clock } from "../lib/shared";
import { Timer } from "./timer";
import {
  ABNORMAL_CLOSURE,
  type CloseInfo,
  type Connection,
  type ConnectRequest,
  type MessageData,
  type OpenInfo,
  type Transport,
  type TransportHandlers,
} from "./transport";

/** How long a new socket waits for the end of the old one, in milliseconds: a platform may never report that end. */
export const OLD_SOCKET_WAIT_MS = 2_000;

export interface SocketHandlers {
  /** The socket is being opened now: the wait for an old one is over. */
  onStart(): void;
  onOpen(info: OpenInfo): void;
  onMessage(data: MessageData): void;
  /** The socket ended without our asking. Called once. @param error What went wrong, where the platform said so. */
  onEnd(info: CloseInfo, error?: string): void;
}

/**
 * Room for one socket. WeChat allows five and refuses the sixth, and what fills them is reconnecting before the old one
 * has ended; so the next one is opened only when the last has ended, or has had its time to.
 */
export class SocketSlot {
  private readonly transport: Transport;
  private readonly wait: Timer;
  /** Grows with every socket and every end, so that a late event knows itself to be late. */
  private generation = 0;
  private connection: Connection | undefined;
  /** The generation of the old socket whose end is awaited. */
  private ending: number | undefined;
  private queued: (() => void) | undefined;

  constructor(transport: Transport, clock: Clock) {
    this.transport = transport;
    this.wait = new Timer(clock);
  }

  /** Whether a socket is to be opened as soon as the old one has ended. */
  get isWaiting(): boolean {
    return this.queued !== undefined;
  }

  /** Opens a socket, as soon as the old one is gone. A socket still open is ended first. */
  open(request: ConnectRequest, handlers: SocketHandlers): void {
    this.end(1000, "superseded");
    const start = () => this.connect(request, handlers);
    if (this.ending !== undefined) this.queued = start;
    else start();
  }

  send(data: MessageData): void {
    if (this.connection) this.connection.send(data);
  }

  /** Ends the socket, or the wait for it. Its handlers hear nothing more. */
  end(code: number, reason: string): void {
    this.queued = undefined;
    const connection = this.connection;
    const own = this.generation;
    this.generation += 1;
    if (!connection) return;
    this.connection = undefined;
    this.ending = own;
    this.wait.set(OLD_SOCKET_WAIT_MS, () => this.ended());
    connection.close(code, reason);
  }

  private connect(request: ConnectRequest, handlers: SocketHandlers): void {
    this.generation += 1;
    const own = this.generation;
    handlers.onStart();
    // Whoever heard of the start may have ended it, and the transport may have failed at once.
    if (own !== this.generation) return;
    const connection = this.transport.connect(request, this.guard(own, handlers));
    if (own === this.generation) this.connection = connection;
  }

  /** Lets through what belongs to the present socket, and takes an old one's end as leave to go on. */
  private guard(own: number, handlers: SocketHandlers): TransportHandlers {
    let hasOpened = false;
    let hasEnded = false;
    const end = (info: CloseInfo, error?: string) => {
      if (hasEnded) return;
      hasEnded = true;
      if (own === this.generation) {
        this.connection = undefined;
        this.generation += 1;
        handlers.onEnd(info, error);
      } else if (own === this.ending) {
        this.ended();
      }
    };
    return {
      onOpen: (info) => {
        if (own !== this.generation || hasOpened) return;
        hasOpened = true;
        handlers.onOpen(info);
      },
      onMessage: (data) => {
        if (own === this.generation) handlers.onMessage(data);
      },
      onClose: (info) => end(info),
      onError: (message) => end({ code: ABNORMAL_CLOSURE, reason: "" }, message),
    };
  }

  private ended(): void {
    this.ending = undefined;
    this.wait.clear();
    const start = this.queued;
    this.queued = undefined;
    if (start) start();
  }
}
