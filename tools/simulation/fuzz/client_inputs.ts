import { encodeClient } from "../../../shared/binary/mod.ts";
import {
  CHANNELS,
  type ClientMessage,
  encode,
  type Resume,
  type ResumePosition,
  type SymbolCode,
  type Tier,
} from "../../../shared/mod.ts";
import { CLIENT_EXAMPLES } from "../../testing/protocol_examples.ts";
import { DATE } from "../../testing/sample_market.ts";
import type { Data } from "../connection.ts";
import type { Dice } from "../dice.ts";

/** Values that no field expects everywhere. */
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  "",
  "600001.SH",
  "__proto__",
  -1,
  0,
  0.5,
  1e300,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  [],
  ["600001.SH", "600002.SH"],
  [[["600001.SH"]]],
  {},
  { type: "hello" },
  "x".repeat(300),
];

/** What one client may be sent by somebody hostile, mad, or merely wrong. */
export class ClientInputs {
  /** @param symbols Symbols that exist. */
  constructor(private readonly dice: Dice, private readonly symbols: readonly string[]) {}

  /** One message, in the form of the subprotocol more often than not. */
  next(isBinary: boolean): unknown {
    const { dice } = this;
    if (dice.chance(0.02)) return dice.pick<unknown>([undefined, null, 7, new Uint8Array(3), new Map(), {}]);
    if (dice.chance(0.1)) return dice.chance(0.5) ? this.#noise() : toBuffer(this.#randomBytes());
    const wantsBinary = dice.chance(0.95) ? isBinary : !isBinary;
    const message = dice.chance(0.6) ? this.#sensible() : dice.pick(CLIENT_EXAMPLES);
    const isHarmed = dice.chance(0.4);
    if (wantsBinary) return toBuffer(isHarmed ? this.#harmBytes(encodeClient(message)) : encodeClient(message));
    return isHarmed ? this.#harmText(message) : encode(message);
  }

  /** A hello as a good client says it: without one, little of a session is ever reached. */
  hello(isBinary: boolean): Data {
    const { dice } = this;
    const message: ClientMessage = { type: "hello", acks: dice.chance(0.5) };
    if (dice.chance(0.5)) message.resume = this.#resume();
    return isBinary ? toBuffer(encodeClient(message)) : encode(message);
  }

  #sensible(): ClientMessage {
    const { dice } = this;
    const id = dice.below(5);
    const symbols = dice.sample([...this.symbols, "999999.SH", "x"], dice.between(1, 6));
    const channels = dice.sample(CHANNELS, dice.between(1, CHANNELS.length));
    const tier = dice.pick<Tier>(["visible", "near", "hidden"]);
    return dice.pick<() => ClientMessage>([
      () => ({ type: "subscribe", id, symbols, channels }),
      () => ({ type: "subscribe", id, symbols, channels, tier, rate: dice.pick([0.001, 1, 1e9]) }),
      () => ({ type: "unsubscribe", id, symbols }),
      () => ({ type: "unsubscribe", id, symbols, channels }),
      () => ({ type: "snapshot", symbols, cause: dice.pick(["gap", "checksum"]) }),
      () => ({ type: "tier", [tier]: symbols }),
      () => ({ type: "tier", id, rate: dice.pick([0.001, 3, 1e9]), visible: symbols, hidden: symbols }),
      () => ({ type: "ack", frame: dice.below(20) }),
      () => ({ type: "ping", timeMs: dice.below(1_000) }),
      () => ({ type: "pong", pingTimeMs: dice.pick([0, Number.MAX_SAFE_INTEGER]) }),
    ])();
  }

  /** Positions as a client has them that was here before, or claims so. */
  #resume(): Resume {
    const { dice } = this;
    const tradingDate = DATE + dice.below(2);
    const position = (symbol: string): ResumePosition => ({
      symbol: symbol as SymbolCode,
      ...dice.chance(0.8) ? { seq: dice.pick([0, 1, 5, 50, Number.MAX_SAFE_INTEGER]) } : {},
      ...dice.chance(0.5) ? { candles: { tradingDate, nextSlot: dice.pick([0, 3, 239, 240, 1e9]) } } : {},
      ...dice.chance(0.5) ? { trades: { tradingDate, nextNo: dice.pick([0, 1, 40, 1e12]) } } : {},
    });
    const groups = Array.from({ length: dice.between(1, 3) }, () => ({
      channels: dice.sample(CHANNELS, dice.between(1, CHANNELS.length)),
      tier: dice.pick<Tier>(["visible", "near", "hidden"]),
      symbols: dice.sample([...this.symbols, "999999.SH"], dice.between(1, 6)).map(position),
    }));
    return { id: 0, epoch: dice.pick(["epoch-1", "epoch-1", "another"]), groups };
  }

  #harmText(message: ClientMessage): string {
    const { dice } = this;
    const text = encode(message);
    if (dice.chance(0.5)) {
      const fields = Object.entries(message);
      const at = dice.below(fields.length);
      return JSON.stringify(
        Object.fromEntries(fields.map(([name, value], i) => [name, i === at ? this.#odd() : value])),
      );
    }
    const at = dice.below(text.length);
    return dice.pick([
      text.slice(0, at),
      text.slice(at),
      text.slice(0, at) + String.fromCharCode(dice.below(0x10000)) + text.slice(at),
      text + text,
      `[${text}]`,
      text.padEnd(dice.pick([100, 20_000]), " "),
    ]);
  }

  #odd(): unknown {
    return this.dice.pick(ODD_VALUES);
  }

  #harmBytes(good: Uint8Array): Uint8Array {
    const { dice } = this;
    const bytes = [...good];
    for (let change = dice.between(1, 3); change > 0; change--) {
      const at = dice.below(bytes.length + 1);
      const kind = dice.below(4);
      if (kind === 0) bytes[at] = dice.below(256);
      else if (kind === 1) bytes.splice(at, 1 + dice.below(4));
      else if (kind === 2) bytes.splice(at, 0, ...this.#randomBytes().slice(0, 8));
      else bytes.push(...bytes.slice(0, 200));
    }
    return Uint8Array.from(bytes.slice(0, 20_000), (byte) => byte ?? 0);
  }

  #noise(): string {
    return String.fromCharCode(...Array.from({ length: this.dice.below(60) }, () => this.dice.below(0x10000)));
  }

  #randomBytes(): Uint8Array {
    return Uint8Array.from({ length: this.dice.below(60) }, () => this.dice.below(256));
  }
}

function toBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
