/** One connection's subscriptions with everything that is owed taken at once, for tests of what frames are made. */
import { assert } from "@std/assert";
import { type HeldVersion, ServerDecoder } from "../../shared/binary/mod.ts";
import {
  type Channel,
  CHANNELS,
  decodeServer,
  DEFAULT_LIMITS,
  type Limits,
  type ServerMessage,
  SUBPROTOCOL_BINARY,
  SUBPROTOCOL_JSON,
} from "../../shared/mod.ts";
import { DeliveryStats } from "../../server/delivery/delivery_stats.ts";
import { FlushRound } from "../../server/delivery/flush_round.ts";
import { nextStep } from "../../server/delivery/frame_composer.ts";
import { makeCodec, type MessageData } from "../../server/delivery/session_codec.ts";
import { Subscriptions } from "../../server/delivery/subscriptions.ts";
import { type Form, ViewRegistry } from "../../server/delivery/view.ts";
import type { QuoteBoard } from "../../server/market/quote_board.ts";

export interface ViewerOptions {
  readonly form?: Form;
  readonly limits?: Partial<Limits>;
  readonly channels?: readonly Channel[];
  /** What the client has from an earlier connection. */
  readonly held?: HeldVersion;
  /** Shared by viewers that are to share frames. */
  readonly views?: ViewRegistry;
}

export class Viewer {
  readonly subscriptions: Subscriptions;
  readonly stats = new DeliveryStats();
  readonly #codec;
  readonly #decoder: ServerDecoder;
  #frame = 0;

  constructor(readonly board: QuoteBoard, options: ViewerOptions = {}) {
    const { form = "json", channels = CHANNELS, views = new ViewRegistry(1_000) } = options;
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#decoder = new ServerDecoder(options.held);
    this.#codec = makeCodec(form === "json" ? SUBPROTOCOL_JSON : SUBPROTOCOL_BINARY);
    const lookup = (symbol: string) => board.get(symbol);
    this.subscriptions = new Subscriptions(
      { lookup, limits, channels, epoch: board.epoch, views },
      form,
      this.#codec.numbers,
      0,
    );
  }

  /** Carries out one request, and hands its answer over as the client reads it. */
  ask<Answer>(request: (subscriptions: Subscriptions) => Answer): Answer {
    const answer = request(this.subscriptions);
    if (typeof answer === "object" && answer !== null && "type" in answer) {
      this.#read(this.#codec.encode(answer as ServerMessage));
    }
    this.subscriptions.settle(this.#codec.numbers);
    return answer;
  }

  /** The next frame as bytes or text, or undefined when nothing is owed. */
  take(round = new FlushRound(1_000)): MessageData | undefined {
    const step = nextStep(this.subscriptions.position, round, this.stats);
    if (!step) return undefined;
    const data = this.#codec.frame(step, ++this.#frame);
    this.subscriptions.moveTo(step.next);
    return data;
  }

  /** The next frame as the client reads it. */
  next(nowMs = 1_000): ServerMessage | undefined {
    const data = this.take(new FlushRound(nowMs));
    return data === undefined ? undefined : this.#read(data);
  }

  /** All frames that are owed now. */
  all(nowMs = 1_000): ServerMessage[] {
    const messages: ServerMessage[] = [];
    for (let message = this.next(nowMs); message; message = this.next(nowMs)) messages.push(message);
    return messages;
  }

  #read(data: MessageData): ServerMessage {
    const decoded = typeof data === "string" ? decodeServer(data) : this.#decoder.decode(data);
    assert(decoded.ok, decoded.ok ? "" : decoded.fault.message);
    return decoded.message;
  }
}
