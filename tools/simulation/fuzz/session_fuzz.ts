/** Sessions that are told nonsense, to show that none throws, none outgrows its bounds, and no other session suffers. */
import { assert } from "@std/assert";
import type { ClientSocket } from "../../../server/delivery/client_socket.ts";
import { Hub } from "../../../server/delivery/hub.ts";
import type { MessageData } from "../../../server/delivery/session_codec.ts";
import type { Session } from "../../../server/delivery/session.ts";
import { QuoteBoard } from "../../../server/market/quote_board.ts";
import { DEFAULT_LIMITS, SUBPROTOCOL_JSON, SUBPROTOCOLS } from "../../../shared/mod.ts";
import { Dice } from "../dice.ts";
import { SimulatedMarket } from "../market.ts";
import { ProcessClock } from "../process_clock.ts";
import { Timeline } from "../timeline.ts";
import { ClientInputs } from "./client_inputs.ts";
import { GoodClient } from "./good_client.ts";

/** Sessions that are fuzzed at a time. */
const HOSTILE = 6;

/** After how many inputs the well-behaved clients are compared with the market. */
const COMPARE_EVERY = 500;

/** Inputs in one turn of the event loop. */
const TURN_INPUTS = 5_000;

/** Timers of the wheel and of the check; and of each session none. */
const TIMERS_MAX = 4;

/** Bytes that a peer which reads nothing may make the server hold: twice the bound, and the message that exceeds it. */
const BUFFERED_MAX = 2 * DEFAULT_LIMITS.bufferedBytesMax + 128 * 1024;

export interface SessionFuzzOutcome {
  readonly inputs: number;
  /** Sessions that were opened; each new one takes the place of one that was closed. */
  readonly sessions: number;
  /** Messages that the sessions answered or sent. */
  readonly sent: number;
}

interface Hostile {
  readonly socket: HostileSocket;
  readonly session: Session;
  readonly isBinary: boolean;
}

/**
 * Tells sessions `inputs` things, most of them wrong, while a market ticks and two well-behaved clients look on. The same
 * `seed` tells the same.
 *
 * @param onProgress Called after every tenth of the inputs; for a look at the heap.
 * @returns Rejected with an Error naming the input, when a session throws, the hub reports a fault, or a bound does not hold.
 */
export function fuzzSessions(inputs: number, seed: number, onProgress?: () => void): Promise<SessionFuzzOutcome> {
  return new SessionFuzz(seed).run(inputs, onProgress);
}

class SessionFuzz {
  readonly #dice: Dice;
  readonly #timeline = new Timeline();
  readonly #clock = new ProcessClock(this.#timeline, 1_795_140_000_000);
  readonly #market: SimulatedMarket;
  readonly #board: QuoteBoard;
  readonly #hub: Hub;
  readonly #inputs: ClientInputs;
  readonly #good: readonly GoodClient[];
  readonly #hostile: Hostile[] = [];
  #sent = 0;

  constructor(seed: number) {
    const dice = this.#dice = new Dice(seed, "session fuzz");
    const market = this.#market = new SimulatedMarket(this.#timeline, dice.for("market"));
    const board = this.#board = new QuoteBoard("epoch-1", market.instruments, () => this.#clock.nowMs());
    this.#hub = new Hub({
      board,
      market: market.clock,
      clock: this.#clock,
      limits: DEFAULT_LIMITS,
      random: dice.uniform,
      onFault: (session, error) => {
        throw new Error(`A fault while ${session.id} was served`, { cause: error });
      },
    });
    market.start(board);
    const symbols = market.instruments.map(({ symbol }) => symbol);
    this.#good = SUBPROTOCOLS.map((protocol) => new GoodClient(this.#hub, protocol, symbols));
    this.#inputs = new ClientInputs(dice.for("inputs"), symbols);
  }

  async run(inputs: number, onProgress?: () => void): Promise<SessionFuzzOutcome> {
    for (let i = 0; i < HOSTILE; i++) this.#hostile.push(this.#open());
    for (let input = 1; input <= inputs; input++) {
      this.#tell(this.#dice.below(HOSTILE));
      this.#timeline.runUntil(this.#timeline.nowMs + this.#dice.below(this.#dice.chance(0.001) ? 5_000 : 20));
      for (const client of this.#good) client.answer();
      this.#checkBounds();
      if (input % COMPARE_EVERY === 0) this.#compare();
      // What is held weakly stays until the present turn of the event loop has ended.
      if (input % TURN_INPUTS === 0) await new Promise((resolve) => setTimeout(resolve, 0));
      if (input % Math.ceil(inputs / 10) === 0) onProgress?.();
    }
    this.#end();
    return { inputs, sessions: this.#hub.opened, sent: this.#sent };
  }

  #open(): Hostile {
    const protocol = this.#dice.pick(SUBPROTOCOLS);
    const socket = new HostileSocket(this.#dice, () => this.#sent++);
    const session = this.#hub.open(socket, protocol);
    const isBinary = protocol !== SUBPROTOCOL_JSON;
    if (this.#dice.chance(0.9)) session.receive(this.#inputs.hello(isBinary));
    return { socket, session, isBinary };
  }

  #tell(index: number): void {
    const hostile = this.#hostile[index];
    assert(hostile, "every place is taken");
    const { session, socket, isBinary } = hostile;
    const input = this.#inputs.next(isBinary);
    try {
      session.receive(input);
    } catch (error) {
      throw new Error(`The session threw at ${describe(input)}`, { cause: error });
    }
    if (this.#dice.chance(0.002)) session.closedByPeer();
    // Some go on talking to a session that has ended, as a peer does whose messages were on their way.
    if (session.ended && this.#dice.chance(0.5)) this.#hostile[index] = this.#open();
    assert(socket.bufferedBytes < BUFFERED_MAX, `${socket.bufferedBytes} bytes wait for a peer that does not read`);
  }

  #checkBounds(): void {
    assert(this.#clock.pendingTimers <= TIMERS_MAX, `${this.#clock.pendingTimers} timers`);
    assert(this.#hub.size <= HOSTILE + this.#good.length, `${this.#hub.size} sessions`);
  }

  /** The market stands still until the well-behaved clients have everything, which nobody's nonsense may delay. */
  #compare(): void {
    this.#market.stop();
    for (let turn = 0; turn < 20; turn++) {
      this.#timeline.runUntil(this.#timeline.nowMs + 100);
      for (const client of this.#good) client.answer();
    }
    for (const client of this.#good) client.assertInStep(this.#board);
    this.#market.start(this.#board);
  }

  #end(): void {
    for (const { session } of this.#hostile) session.closedByPeer();
    for (const client of this.#good) client.leave();
    this.#market.stop();
    this.#timeline.runUntil(this.#timeline.nowMs + 10_000);
    assert(this.#hub.size === 0 && this.#clock.pendingTimers === 0, "Something is left after everybody went");
  }
}

/** A peer that mostly reads and sometimes does not. */
class HostileSocket implements ClientSocket {
  bufferedBytes = 0;
  #isClosed = false;
  readonly #reads: boolean;

  constructor(dice: Dice, private readonly onSend: () => void) {
    this.#reads = dice.chance(0.7);
  }

  send(data: MessageData): void {
    assert(!this.#isClosed, "Sent after the close");
    this.onSend();
    if (!this.#reads) this.bufferedBytes += data.length;
  }

  close(): void {
    this.#isClosed = true;
  }
}

function describe(input: unknown): string {
  if (!(input instanceof ArrayBuffer)) return JSON.stringify(input) ?? String(input);
  return [...new Uint8Array(input)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
