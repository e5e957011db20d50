/** Sessions that are told nonsense, to show that none throws, none outgrows its bounds, and no other session suffers. */
import { assert } from "@std/assert";
import type { ClientSocket } from "../../../server/delivery/client_socket.ts";
import { Hub } from "../../../server/delivery/hub.ts";
import type { Session } from "../../../server/delivery/session.ts";
import { QuoteBoard } from "../../../server/market/quote_board.ts";
import { DEFAULT_LIMITS, encode, SUBPROTOCOL_JSON, SUBPROTOCOLS } from "../../../shared/mod.ts";
import { FakeSocket } from "../../testing/fake_socket.ts";
import { ModelClient } from "../../testing/model_client.ts";
import type { MessageData } from "../../../server/delivery/session_codec.ts";
import { Dice } from "../dice.ts";
import { SimulatedMarket } from "../market.ts";
import { ProcessClock } from "../process_clock.ts";
import { Timeline } from "../timeline.ts";
import { ClientInputs } from "./client_inputs.ts";

/** Sessions that are fuzzed at a time. */
const HOSTILE = 6;

/** After how many inputs the well-behaved session is compared with the market. */
const COMPARE_EVERY = 500;

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
 * Tells sessions `inputs` things, most of them wrong, while a market ticks and a well-behaved client looks on. The same
 * `seed` tells the same.
 *
 * @param onProgress Called after every tenth of the inputs; for a look at the heap.
 * @throws Error naming the input, when a session throws, the hub reports a fault, or a bound does not hold.
 */
export function fuzzSessions(inputs: number, seed: number, onProgress?: () => void): SessionFuzzOutcome {
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
  readonly #good = { socket: new FakeSocket(), model: new ModelClient(), session: undefined as Session | undefined };
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
    this.#inputs = new ClientInputs(dice.for("inputs"), market.instruments.map(({ symbol }) => symbol));
  }

  run(inputs: number, onProgress?: () => void): SessionFuzzOutcome {
    this.#openGood();
    for (let i = 0; i < HOSTILE; i++) this.#hostile.push(this.#open());
    for (let input = 1; input <= inputs; input++) {
      this.#tell(this.#dice.below(HOSTILE));
      this.#timeline.runUntil(this.#timeline.nowMs + this.#dice.below(this.#dice.chance(0.001) ? 5_000 : 20));
      this.#answerGood();
      this.#checkBounds();
      if (input % COMPARE_EVERY === 0) this.#compare();
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

  #openGood(): void {
    const { socket } = this.#good;
    const session = this.#good.session = this.#hub.open(socket, SUBPROTOCOL_JSON);
    session.receive(encode({ type: "hello", acks: true }));
    const symbols = this.#market.instruments.map(({ symbol }) => symbol);
    session.receive(encode({ type: "subscribe", id: 1, symbols, channels: ["quote", "candle"] }));
  }

  /** The well-behaved client reads and acknowledges what came; a frame that is missing or wrong fails here. */
  #answerGood(): void {
    const { socket, model, session } = this.#good;
    const messages = socket.take();
    if (messages.length === 0) return;
    const before = model.frame;
    for (const message of messages) {
      model.apply(message);
      if (message.type === "ping") session?.receive(encode({ type: "pong", pingTimeMs: message.timeMs }));
      assert(message.type !== "error", "The well-behaved client was told off");
    }
    if (model.frame > before) session?.receive(encode({ type: "ack", frame: model.frame }));
  }

  #checkBounds(): void {
    assert(this.#clock.pendingTimers <= TIMERS_MAX, `${this.#clock.pendingTimers} timers`);
    assert(this.#hub.size <= HOSTILE + 1, `${this.#hub.size} sessions`);
  }

  /** The market stands still until the well-behaved client has everything, which nobody's nonsense may delay. */
  #compare(): void {
    const { session, model } = this.#good;
    assert(session && !session.ended, "The well-behaved client was closed");
    this.#market.stop();
    for (let turn = 0; turn < 10; turn++) {
      this.#timeline.runUntil(this.#timeline.nowMs + 100);
      this.#answerGood();
    }
    for (const { symbol } of this.#market.instruments) {
      const state = this.#board.get(symbol);
      if (state?.quote) model.assertInStep(state, true);
    }
    this.#market.start(this.#board);
  }

  #end(): void {
    for (const { session } of this.#hostile) session.closedByPeer();
    this.#good.session?.closedByPeer();
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
