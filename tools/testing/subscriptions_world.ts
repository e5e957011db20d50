import { type Known, Subscriptions } from "../../miniprogram/net/subscriptions.ts";
import { type ClientMessage, DEFAULT_LIMITS, type SymbolCode } from "../../shared/mod.ts";
import { FakeClock } from "./fake_clock.ts";

/** From a wish to the message that says it. */
export const PAUSE_MS = 300;

/** A client that has heard of nothing yet. */
export const NOTHING_KNOWN: Known = { epoch: "", position: (code) => ({ symbol: code }) };

/** Subscriptions on a fake clock, and what they said. */
export function setUp() {
  const clock = new FakeClock();
  const sent: ClientMessage[] = [];
  const left: string[] = [];
  const confirmed: string[] = [];
  const moved: string[] = [];
  const subscriptions = new Subscriptions(clock, {
    send: (message) => sent.push(message),
    left: (symbols) => left.push(...symbols),
    leftChannels: (symbols, channels) => confirmed.push(`${symbols} ${channels}`),
    moved: (tier, symbols, id) => {
      if (symbols.length > 0) moved.push(`${tier} ${symbols} ${id}`);
    },
    taken: () => {},
    changedUnsaid: () => {},
  });
  /** What was sent since the last look, as short texts. */
  const news = () => sent.splice(0).map(short);
  /** Another line: the hello is said, and answered by a welcome. */
  const reconnect = () => {
    subscriptions.offer(NOTHING_KNOWN);
    subscriptions.connected(DEFAULT_LIMITS);
  };
  return { clock, sent, left, confirmed, moved, subscriptions, news, reconnect };
}

/** A repair of each symbol, because of a gap. */
export const gaps = (...symbols: SymbolCode[]) => new Map(symbols.map((code) => [code, "gap" as const]));

function short(message: ClientMessage): string {
  if (message.type === "snapshot") return `snapshot ${message.symbols}${message.cause ? ` ${message.cause}` : ""}`;
  if (message.type === "tier") {
    const { id, visible = [], near = [], hidden = [], rate = "" } = message;
    return `tier ${id} ${visible}|${near}|${hidden} ${rate}`;
  }
  if (message.type !== "subscribe" && message.type !== "unsubscribe") return message.type;
  const tier = message.type === "subscribe" && message.tier ? ` ${message.tier}` : "";
  return `${message.type} ${message.id} ${message.symbols} ${message.channels}${tier}`;
}
