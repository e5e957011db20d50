import { assert } from "@std/assert";
import type { Hub } from "../../../server/delivery/hub.ts";
import type { Session } from "../../../server/delivery/session.ts";
import type { QuoteBoard } from "../../../server/market/quote_board.ts";
import { encodeClient } from "../../../shared/binary/mod.ts";
import { CHANNELS, type ClientMessage, encode, SUBPROTOCOL_JSON, type SymbolCode } from "../../../shared/mod.ts";
import { FakeSocket } from "../../testing/fake_socket.ts";
import { ModelClient } from "../../testing/model_client.ts";

/** Trades that are remembered: the model keeps all, and a long run has many. */
const TRADES_KEPT = 100;

/** A client that keeps to the protocol and follows everything: whatever others do, it is served. */
export class GoodClient {
  readonly #socket = new FakeSocket();
  readonly #model = new ModelClient();
  readonly #session: Session;

  constructor(hub: Hub, private readonly protocol: string, private readonly symbols: readonly SymbolCode[]) {
    this.#session = hub.open(this.#socket, protocol);
    this.#say({ type: "hello", acks: true });
    this.#say({ type: "subscribe", id: 1, symbols: [...symbols], channels: [...CHANNELS] });
  }

  /** Reads and acknowledges what came. @throws AssertionError for a frame that is missing or wrong, or for an error. */
  answer(): void {
    assert(!this.#session.ended, "The well-behaved client was closed");
    const before = this.#model.frame;
    for (const message of this.#socket.take()) {
      assert(message.type !== "error", "The well-behaved client was told off");
      this.#model.apply(message);
      if (message.type === "ping") this.#say({ type: "pong", ...message.timeMs ? { pingTimeMs: message.timeMs } : {} });
    }
    if (this.#model.frame > before) this.#say({ type: "ack", frame: this.#model.frame });
  }

  assertInStep(board: QuoteBoard): void {
    for (const symbol of this.symbols) {
      const state = board.get(symbol);
      if (!state?.quote) continue;
      this.#model.assertInStep(state, true, true, !state.isIndex);
      const held = this.#model.held.get(symbol);
      if (held?.trades) held.trades = held.trades.slice(-TRADES_KEPT);
    }
  }

  leave(): void {
    this.#session.closedByPeer();
  }

  #say(message: ClientMessage): void {
    this.#session.receive(this.protocol === SUBPROTOCOL_JSON ? encode(message) : encodeClient(message).buffer);
  }
}
