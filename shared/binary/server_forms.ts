/** The messages of a server that are no frames, field by field in the order of the wire. */
import type { SymbolCode } from "../market.ts";
import type { ServerMessage, ServerMessageOf, Welcome } from "../messages.ts";
import { type Body, PING, PONG } from "./client_forms.ts";
import { bit, count, day, type Form, list, number, optional, record, text } from "./forms.ts";
import type { Receiver, Sender } from "./line.ts";
import { readName, writeName } from "./symbol_code.ts";

/** What is sent by way of frames. */
export type FrameMessage = Extract<ServerMessage, { frame: number }>;
type Answer = Exclude<ServerMessage, FrameMessage>;
type Subscribed = ServerMessageOf<"subscribed">;

const words = text();
const symbol: Form<SymbolCode, Sender, Receiver> = {
  write: (_writer, value, sender) => sender.symbol(value),
  read: (reader, _field, receiver) => receiver.symbol(reader).symbol,
};
const serverTimeMs: Form<number, Sender, Receiver> = {
  write: (_writer, value, sender) => sender.time(value),
  read: (reader, _field, receiver) => receiver.time(reader),
};
const name: Form<string> = { write: writeName, read: (reader, field) => readName(reader, field, 0, Infinity) };
const symbols = list(symbol);

export const SERVER_FORMS: { readonly [T in Answer["type"]]: Form<Body<ServerMessageOf<T>>, Sender, Receiver> } = {
  welcome: record<Body<Welcome>, Sender, Receiver>({
    session: words,
    epoch: words,
    protocol: words,
    channels: list(words),
    serverTimeMs,
    heartbeatIntervalMs: count,
    ackWindowFrames: count,
    limits: record<Welcome["limits"]>({
      inboundBytesMax: count,
      inboundMessagesPerSecond: number,
      inboundMessagesBurst: count,
      symbolsMax: count,
      rateMinPerSecond: number,
      rateMaxPerSecond: number,
      nearRatePerSecond: number,
      silentTimeoutMs: count,
    }),
    market: record<Welcome["market"]>({ tradingDate: day, exchangeTimeMs: count, speed: number, simulated: bit }),
  }),
  subscribed: record<Body<Subscribed>, Sender, Receiver>({
    id: count,
    ok: symbols,
    rejected: list(record<Subscribed["rejected"][number]>({ symbol: name, code: words })),
    active: count,
    rate: number,
    resumed: optional(
      record<NonNullable<Subscribed["resumed"]>, Sender, Receiver>({
        current: symbols,
        delta: symbols,
        snapshot: symbols,
      }),
    ),
  }),
  ping: PING,
  pong: PONG,
  drain: record({ reconnectAfterMs: count }),
  error: record<Body<ServerMessageOf<"error">>>({
    id: optional(count),
    code: words,
    message: words,
    retryable: bit,
    retryAfterMs: optional(count),
  }),
};
