import type { SocketTaskLike, WxSockets } from "../../miniprogram/net/wx_transport.ts";
import { OLD_SOCKET_WAIT_MS } from "../../miniprogram/net/socket_slot.ts";
import { type Connection, type Data, type PhoneEnd, sizeOf } from "./connection.ts";
import type { Dice } from "./dice.ts";
import type { Network } from "./network.ts";
import type { Timeline } from "./timeline.ts";
import type { Verdict } from "./verdict.ts";

/** WeChat refuses a sixth socket. */
const SOCKETS_MAX = 5;

/** How long a platform waits for the answer to its close, in milliseconds, before it takes the socket for gone. */
const CLOSE_TIMEOUT_MS = 10_000;

interface Socket {
  readonly id: number;
  closeAskedMs: number | undefined;
  hasEnded: boolean;
}

export interface PlatformParts {
  readonly timeline: Timeline;
  readonly network: Network;
  readonly dice: Dice;
  readonly isFrozen: () => boolean;
  /** Runs now, or when the phone's scripts run again. */
  readonly whenAwake: (run: () => void) => void;
  readonly note: (what: () => string) => void;
  readonly verdict: Verdict;
}

/**
 * WeChat's sockets with all their quirks: ends that are reported twice, late or never, as an error and as a close, a
 * socket that refuses to close while it opens, a protocol that is shown in any case of letters or not at all.
 *
 * It also holds the client to its word: never two sockets, but for an old one that has had its time to end.
 */
export class SimulatedPlatform implements WxSockets {
  readonly #sockets: Socket[] = [];
  isOnline = true;
  /** Whether something on the way answers handshakes as if they were ordinary requests, and only HTTP gets through. */
  isBehindProxy = false;
  /** In calm every end is reported, once and soon. */
  isCalm = false;
  #opened = 0;
  #newest: SimulatedTask | undefined;

  constructor(private readonly parts: PlatformParts) {}

  /** Whether the newest socket has a line that works, which only the world can know. */
  get hasLine(): boolean {
    return this.#newest?.isWhole ?? false;
  }

  connectSocket(options: Parameters<WxSockets["connectSocket"]>[0]): SocketTaskLike | undefined {
    const { dice, timeline, network } = this.parts;
    this.#assertAlone();
    const open = this.#sockets.filter((socket) => !socket.hasEnded).length;
    if (!this.isOnline || open >= SOCKETS_MAX) {
      if (dice.chance(0.3)) throw new Error("connectSocket:fail exceed max task count");
      options.fail({ errMsg: "connectSocket:fail" });
      return undefined;
    }
    const socket: Socket = { id: ++this.#opened, closeAskedMs: undefined, hasEnded: false };
    this.#sockets.push(socket);
    if (this.isBehindProxy) return this.#refusedByProxy(options, socket);
    const task = this.#newest = new SimulatedTask(socket, this.parts, () => this.isCalm);
    task.connect((end) => network.connect(options.protocols, end));
    if (dice.chance(0.5)) timeline.after(options.timeout, () => task.timedOut());
    return task;
  }

  #refusedByProxy(options: Parameters<WxSockets["connectSocket"]>[0], socket: Socket): SocketTaskLike {
    const { dice, timeline, network } = this.parts;
    const task = this.#newest = new SimulatedTask(socket, this.parts, () => this.isCalm);
    const status = dice.pick([200, 400, 426, 501]);
    network.request(() => true, () => task.refused(`Unexpected response code: ${status}`));
    timeline.after(options.timeout, () => task.timedOut());
    return task;
  }

  #assertAlone(): void {
    const nowMs = this.parts.timeline.nowMs;
    for (const { id, hasEnded, closeAskedMs } of this.#sockets) {
      if (hasEnded || (closeAskedMs !== undefined && nowMs - closeAskedMs >= OLD_SOCKET_WAIT_MS)) continue;
      const closing = closeAskedMs === undefined ? "is open" : `was asked to close ${nowMs - closeAskedMs} ms ago`;
      this.parts.verdict.fail(`the client opens a second socket while its socket ${id} ${closing}`);
    }
  }
}

class SimulatedTask implements SocketTaskLike {
  #connection: Connection | undefined;
  #onOpen: ((event: { header: object }) => void) | undefined;
  #onMessage: ((event: { data: Data }) => void) | undefined;
  #onClose: ((event: { code: number; reason: string }) => void) | undefined;
  #onError: ((event: { errMsg: string }) => void) | undefined;
  #isOpen = false;

  constructor(
    private readonly socket: Socket,
    private readonly parts: PlatformParts,
    private readonly isCalm: () => boolean,
  ) {}

  get isWhole(): boolean {
    return this.#connection?.isWhole ?? false;
  }

  connect(connect: (end: PhoneEnd) => Connection): void {
    const { note, whenAwake } = this.parts;
    note(() => `socket ${this.socket.id} is being opened`);
    this.#connection = connect({
      opened: (protocol) => {
        this.#isOpen = true;
        note(() => `socket ${this.socket.id} is open: ${protocol}`);
        whenAwake(() => this.#onOpen?.({ header: this.#header(protocol) }));
      },
      received: (data) => {
        if (this.parts.isFrozen()) note(() => `a message of ${sizeOf(data)} bytes arrives and waits`);
        whenAwake(() => this.#onMessage?.({ data }));
      },
      ended: (code, reason) => this.#ended(code, reason),
      failed: (text) => this.#failed(text),
    });
  }

  refused(text: string): void {
    this.#failed(text);
  }

  timedOut(): void {
    if (!this.#isOpen && !this.socket.hasEnded) this.#failed("timeout");
  }

  send({ data, fail }: { data: Data; fail(outcome: { errMsg: string }): void }): void {
    if (this.socket.hasEnded) fail({ errMsg: "sendSocketMessage:fail" });
    else this.#connection?.sendUp(data);
  }

  close({ code, reason, fail }: { code: number; reason: string; fail(outcome: { errMsg: string }): void }): void {
    const { dice, timeline, note } = this.parts;
    note(() => `closes socket ${this.socket.id}: ${code} ${reason}`);
    this.socket.closeAskedMs ??= timeline.nowMs;
    if (this.socket.hasEnded) return fail({ errMsg: "closeSocket:fail" });
    if (!this.#isOpen && dice.chance(0.5)) return fail({ errMsg: "closeSocket:fail WebSocket is not connected" });
    this.#connection?.closeUp(code, reason);
    const patienceMs = !this.#isOpen || dice.chance(0.3) ? 1 + dice.below(20) : CLOSE_TIMEOUT_MS;
    timeline.after(patienceMs, () => this.#ended(code, reason));
  }

  onOpen(handler: (event: { header: object }) => void): void {
    this.#onOpen = handler;
  }

  onMessage(handler: (event: { data: Data }) => void): void {
    this.#onMessage = handler;
  }

  onClose(handler: (event: { code: number; reason: string }) => void): void {
    this.#onClose = handler;
  }

  onError(handler: (event: { errMsg: string }) => void): void {
    this.#onError = handler;
  }

  #ended(code: number, reason: string): void {
    this.#report(() => this.#onClose?.({ code, reason }));
  }

  #failed(errMsg: string): void {
    this.#report(() => {
      const report = [() => this.#onError?.({ errMsg }), () => this.#onClose?.({ code: 1006, reason: "" })];
      const isBoth = this.parts.dice.chance(0.5);
      if (this.parts.dice.chance(0.5)) report.reverse();
      for (const each of isBoth ? report : report.slice(0, 1)) each();
    });
  }

  /** The socket is gone. Whoever used it hears of that: once, twice, late, or never. */
  #report(report: () => void): void {
    if (this.socket.hasEnded) return;
    this.socket.hasEnded = true;
    this.#connection?.forgetPhone();
    const { dice, timeline, whenAwake, note } = this.parts;
    const isLost = !this.isCalm() && dice.chance(0.15);
    note(() => `socket ${this.socket.id} has ended${isLost ? ", and nobody is told" : ""}`);
    if (isLost) return;
    const delayMs = this.isCalm() || dice.chance(0.6) ? 0 : dice.below(5_000);
    timeline.after(delayMs, () => whenAwake(report));
    if (dice.chance(0.2)) timeline.after(delayMs + dice.below(3_000), () => whenAwake(report));
  }

  #header(protocol: string): Record<string, string> {
    const { dice } = this.parts;
    return dice.chance(0.2) ? {} : { [dice.pick(["Sec-WebSocket-Protocol", "sec-websocket-protocol"])]: protocol };
  }
}
