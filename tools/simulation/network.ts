import { type Accept, Connection, type Data, type PhoneEnd } from "./connection.ts";
import type { Dice } from "./dice.ts";
import { CALM, type Conditions } from "./pipe.ts";
import type { Timeline } from "./timeline.ts";

export type Direction = "down" | "up" | "both";

/** Everything between the phones and the server. It begins in one of many moods, and is calm once it has healed. */
export class Network {
  #connections: Connection[] = [];
  /** Those that are over too: something of theirs may still be under way. */
  readonly #everyOne: Connection[] = [];
  #opened = 0;
  #isHealed = false;
  /** Handshakes vanish on the way, as where a captive portal swallows them. */
  isSwallowing = false;

  /** @param arrived Told of every message that has reached a phone. */
  constructor(
    private readonly timeline: Timeline,
    private readonly dice: Dice,
    private readonly accept: Accept,
    private readonly arrived: (connection: Connection, data: Data) => void,
  ) {}

  /** Connections of which an end still stands. */
  get connections(): readonly Connection[] {
    this.#connections = this.#connections.filter((connection) => !connection.isOver);
    return this.#connections;
  }

  connect(offered: readonly string[], phone: PhoneEnd): Connection {
    const conditions = this.#isHealed ? CALM : this.#weather();
    const end: PhoneEnd = {
      opened: (protocol) => phone.opened(protocol),
      received: (data) => {
        this.arrived(connection, data);
        phone.received(data);
      },
      ended: (code, reason) => phone.ended(code, reason),
      failed: (text) => phone.failed(text),
    };
    const connection = new Connection(++this.#opened, offered, this.timeline, this.dice, conditions, end, this.accept);
    if (this.isSwallowing) connection.up.close();
    this.#connections.push(connection);
    this.#everyOne.push(connection);
    return connection;
  }

  /**
   * Carries one HTTP request there and its answer back, either of which may be lost on the way.
   *
   * @param answer Asked when the request has arrived; `undefined` where nobody listens.
   * @param done Told the answer, or `undefined` for a connection that was refused or broke; never told where packets vanish.
   */
  request<Answer>(answer: () => Answer | undefined, done: (answer: Answer | undefined) => void): void {
    const { timeline, dice } = this;
    const { latencyMs, jitterMs } = this.#isHealed ? CALM : this.#weather();
    const legMs = () => latencyMs + dice.below(jitterMs + 1);
    const fate = this.#isHealed ? 1 : dice.uniform();
    if (this.isSwallowing || fate < 0.03) return;
    timeline.after(legMs(), () => {
      const said = fate < 0.06 ? undefined : answer();
      if (fate >= 0.06 && fate < 0.09) return;
      timeline.after(legMs(), () => done(said));
    });
  }

  /** Nothing moves in that direction for a while: packets are lost, and TCP has not given up. */
  stall(connection: Connection, direction: Direction, spanMs: number): void {
    const pipes = direction === "both" ? [connection.down, connection.up] : [connection[direction]];
    for (const pipe of pipes) pipe.hold("stall");
    this.timeline.after(spanMs, () => {
      for (const pipe of pipes) pipe.release("stall");
    });
  }

  /** The storm is over: whatever stands works well, and what was cut stays cut. */
  heal(): void {
    this.#isHealed = true;
    this.isSwallowing = false;
    for (const { down, up, isOver } of this.#everyOne) {
      // A handshake that nobody waits for any more would be a session of nobody, at whatever time it arrived.
      if (isOver) up.close();
      for (const pipe of [down, up]) {
        pipe.conditions = CALM;
        pipe.release("stall");
      }
    }
  }

  #weather(): Conditions {
    const { dice } = this;
    return {
      latencyMs: dice.pick([1, 20, 60, 150, 400]),
      jitterMs: dice.pick([0, 10, 100, 600]),
      bytesPerMs: dice.pick([1_000, 100, 20]),
      kernelBytes: dice.pick([4, 16, 64, 256]) * 1024,
    };
  }
}
