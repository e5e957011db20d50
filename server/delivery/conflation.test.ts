import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Channel, type ServerMessage, SUBPROTOCOL_BINARY, SUBPROTOCOL_JSON } from "../../shared/mod.ts";
import { ModelClient } from "../../tools/testing/model_client.ts";
import { bookAround, instruments, marketEvent, SampleStock, tradeNo } from "../../tools/testing/sample_market.ts";
import { type Peer, type SessionBench, sessionBench } from "../../tools/testing/session_bench.ts";

const STOCKS = 4;
const SYMBOLS = instruments(STOCKS).map(({ symbol }) => symbol);
/** 600001.SH and so on, in three ways to look at them. */
const LOOKS: Record<string, Channel[]> = {
  "with nothing but quotes": ["quote"],
  "with candles": ["candle"],
  "with books, trades and candles": ["depth", "trades", "candle"],
};
const HUGE = 1_000_000_000;
/** Nothing but the window may hold frames back here; timeouts have tests of their own. */
const LIMITS = {
  inboundMessagesPerSecond: HUGE,
  inboundMessagesBurst: HUGE,
  silentTimeoutMs: HUGE,
  slowTimeoutMs: HUGE,
  unackedBytesMax: 4_096,
  bufferedBytesMax: 4_096,
};

const stock = fc.integer({ min: 0, max: STOCKS - 1 });
const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant("market" as const), stock, event: marketEvent }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("time" as const), ms: fc.integer({ min: 1, max: 900 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("read" as const), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("stall" as const), stalled: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("block" as const), blocked: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("ack_old" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("repair" as const), stock }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("tier" as const),
      stock,
      tier: fc.constantFrom("visible" as const, "near" as const, "hidden" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("join" as const),
      stock,
      rate: fc.double({ min: 0.5, max: 10, noNaN: true }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("leave" as const), stock }) },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A market of a few stocks that trade, with books and trades beside the ticks. */
class Market {
  readonly #stocks = SYMBOLS.map(() => new SampleStock());
  readonly #counts = SYMBOLS.map(() => 0);

  constructor(private readonly board: SessionBench["board"]) {}

  play({ stock, event }: Extract<Step, { kind: "market" }>): void {
    const symbol = SYMBOLS[stock]!;
    const changes = this.#stocks[stock]?.play(event);
    if (!changes) return;
    this.board.tick(symbol, changes);
    if (event.kind === "next_day") this.#counts[stock] = 0;
    if (event.kind !== "trade") return;
    this.#counts[stock]! += 1;
    this.board.trade(symbol, tradeNo(this.#counts[stock]!));
    this.board.bookChanged(symbol, () => bookAround(event.price, event.lots % 3 * 100));
  }
}

/** One client behind a line that it reads when it likes, and a market that does not wait for it. */
class Play {
  readonly bench: SessionBench;
  readonly peer: Peer;
  readonly model = new ModelClient();
  readonly #market: Market;
  readonly #unread: ServerMessage[] = [];
  readonly #joined = new Set<string>();
  #stalled = false;

  constructor(readonly acks: boolean, readonly channels: Channel[], protocol: string) {
    this.bench = sessionBench({ stocks: STOCKS, limits: LIMITS, protocol });
    this.#market = new Market(this.bench.board);
    this.peer = this.bench.join(acks);
    SYMBOLS.slice(0, 2).forEach((symbol) => this.#join(symbol, 10));
  }

  do(step: Step): void {
    if (step.kind === "market") this.#market.play(step);
    else if (step.kind === "time") this.bench.clock.advance(step.ms);
    else if (step.kind === "read") this.#read(step.count);
    else if (step.kind === "stall") this.#stalled = step.stalled;
    else if (step.kind === "block") this.peer.socket.bufferedBytes = step.blocked ? LIMITS.bufferedBytesMax : 0;
    else if (step.kind === "ack_old") this.peer.say({ type: "ack", frame: Math.floor(this.model.frame / 2) });
    else if (step.kind === "tier") this.#setTier(SYMBOLS[step.stock] ?? "", step.tier);
    else if (step.kind === "repair") this.#repair(SYMBOLS[step.stock] ?? "");
    else if (step.kind === "join") this.#join(SYMBOLS[step.stock] ?? "", step.rate);
    else this.#leave(SYMBOLS[step.stock] ?? "");
    this.#receive();
    if (!this.#stalled) this.#read(Infinity);
  }

  /** Lets everything through and compares the client with the board. */
  settle(): void {
    this.peer.socket.bufferedBytes = 0;
    this.#stalled = false;
    for (const symbol of this.#joined) this.#setTier(symbol, "visible");
    for (let turn = 0; turn < 25; turn++) {
      this.bench.clock.advance(2_000);
      this.#receive();
      this.#read(Infinity);
    }
    assertEquals(this.peer.socket.closes, []);
    assertEquals([...this.model.held.keys()].sort(), [...this.#joined].sort());
    if (this.#joined.size > 0) assert(this.model.live);
    for (const symbol of this.#joined) {
      const state = this.bench.board.get(symbol);
      assert(state);
      const follows = (channel: Channel) => this.channels.includes(channel);
      this.model.assertInStep(state, follows("candle"), follows("depth"), follows("trades"));
    }
  }

  #setTier(symbol: string, tier: "visible" | "near" | "hidden"): void {
    if (this.#joined.has(symbol)) this.peer.say({ type: "tier", [tier]: [symbol] });
  }

  #join(symbol: string, rate: number): void {
    this.#joined.add(symbol);
    this.peer.say({ type: "subscribe", id: 1, symbols: [symbol], channels: this.channels, rate });
  }

  #leave(symbol: string): void {
    this.#joined.delete(symbol);
    this.peer.say({ type: "unsubscribe", id: 2, symbols: [symbol] });
    // What was sent before the request still arrives; a client forgets when the answer comes, after all of that.
    this.#receive();
    this.#read(Infinity);
    this.model.forget(symbol);
  }

  #repair(symbol: string): void {
    if (this.#joined.has(symbol)) this.peer.say({ type: "snapshot", symbols: [symbol] });
  }

  #receive(): void {
    this.#unread.push(...this.peer.socket.take());
    const frames = this.#unread.filter((message) => "frame" in message);
    const sizes = frames.map((message) => this.peer.socket.sizeOf(message));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const largest = Math.max(0, ...sizes);
    assert(bytes < LIMITS.unackedBytesMax + largest, `${bytes} bytes are unacknowledged`);
    if (this.acks) {
      assert(frames.length <= this.bench.limits.ackWindowFrames, `${frames.length} frames are unacknowledged`);
    }
  }

  #read(count: number): void {
    for (const message of this.#unread.splice(0, Math.min(count, this.#unread.length))) {
      this.model.apply(message);
      if (message.type === "ping") this.peer.say({ type: "pong", pingTimeMs: message.timeMs ?? 0 });
    }
    if (this.acks) this.peer.say({ type: "ack", frame: this.model.frame });
    this.#unread.push(...this.peer.socket.take());
  }
}

for (const acks of [true, false]) {
  for (const [look, channels] of Object.entries(LOOKS)) {
    for (const protocol of [SUBPROTOCOL_JSON, SUBPROTOCOL_BINARY]) {
      const name = `acknowledging by ${acks ? "ack" : "pong"}, ${look}, by ${protocol}`;
      Deno.test(`property: whatever the line does, a client ${name} ends equal to the board`, () => {
        fc.assert(
          fc.property(fc.array(step, { maxLength: 150, size: "max" }), (steps) => {
            const play = new Play(acks, channels, protocol);
            steps.forEach((each) => play.do(each));
            play.settle();
          }),
          { numRuns: 20 },
        );
      });
    }
  }
}

Deno.test("property: clients of different pace and history read the same shared updates and end equal", () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 80, size: "max" }),
      fc.array(fc.integer({ min: 0, max: 80 })),
      (steps, starts) => {
        const bench = sessionBench({ stocks: STOCKS, limits: LIMITS });
        const market = new Market(bench.board);
        const clients = [0, ...starts.slice(0, 5)].map((start) => ({
          start,
          model: new ModelClient(),
          peer: bench.join(true),
        }));
        const read = ({ model, peer }: (typeof clients)[number]) => {
          peer.socket.take().forEach((message) => model.apply(message));
          peer.say({ type: "ack", frame: model.frame });
        };
        steps.forEach((each, i) => {
          for (const client of clients) {
            if (client.start === i) {
              client.peer.say({ type: "subscribe", id: 1, symbols: SYMBOLS, channels: ["candle"] });
            }
          }
          if (each.kind === "market") market.play(each);
          else if (each.kind === "time") {
            bench.clock.advance(each.ms);
          } else clients.filter((_, which) => (which + i) % 3 === 0).forEach(read);
        });
        for (const client of clients) {
          client.peer.say({
            type: "subscribe",
            id: 2,
            symbols: SYMBOLS,
            channels: ["candle"],
          });
        }
        for (let turn = 0; turn < 40; turn++) {
          bench.clock.advance(500);
          clients.forEach(read);
        }
        for (const { model } of clients) {
          SYMBOLS.forEach((symbol) => model.assertInStep(bench.board.get(symbol)!, true));
        }
      },
    ),
    { numRuns: 60 },
  );
});
