/** The messages of a client, field by field in the order of the wire, with the bounds of their schemas. */
import type { SymbolCode } from "../market.ts";
import type { ClientMessage, ClientMessageOf, Resume, ResumePosition } from "../messages.ts";
import { boolean, count, day, type Form, list, number, oneOf, optional, record, text } from "./forms.ts";
import { readCode, readName, symbolToCode, writeName } from "./symbol_code.ts";
import { CHANNEL_ORDER, TIER_ORDER } from "./wire.ts";

/** A message without its type, which is its first byte. */
export type Body<M> = Omit<M, "type">;

const SYMBOLS_MAX = 10_000;
const GROUPS_MAX = 64;
const TEXT_LENGTH_MAX = 200;

/** A request's number, which a fault in the rest of the message names. */
const requestId: Form<number> = { ...count, read: (reader, field) => reader.id = reader.count(field) };
const rate: Form<number> = {
  ...number,
  read(reader, field) {
    const value = reader.number(field);
    return value > 0 ? value : reader.fail(field, "it must be more than 0");
  },
};
const name: Form<string> = { write: writeName, read: readName };
const symbol: Form<SymbolCode> = { write: (writer, value) => writer.count(symbolToCode(value)), read: readCode };
const names = list(name, 1, SYMBOLS_MAX);
const channels = list(oneOf(CHANNEL_ORDER), 1);
const tier = oneOf(TIER_ORDER);
const shortText = text(0, TEXT_LENGTH_MAX);

/** `ping`, which both ends send. */
export const PING = record<Body<ClientMessageOf<"ping">>>({ timeMs: optional(number) });
/** `pong`, which both ends send. */
export const PONG = record<Body<ClientMessageOf<"pong">>>({ timeMs: optional(number), pingTimeMs: optional(number) });

const position = record<ResumePosition>({
  symbol,
  seq: optional(count),
  candles: optional(record<NonNullable<ResumePosition["candles"]>>({ tradingDate: day, nextSlot: count })),
  trades: optional(record<NonNullable<ResumePosition["trades"]>>({ tradingDate: day, nextNo: count })),
});
const group = record<Resume["groups"][number]>({
  channels,
  tier: optional(tier),
  symbols: list(position, 1, SYMBOLS_MAX),
});

export const CLIENT_FORMS: { readonly [T in ClientMessage["type"]]: Form<Body<ClientMessageOf<T>>> } = {
  hello: record({
    client: optional(shortText),
    acks: optional(boolean),
    resume: optional(
      record<Resume>({
        id: requestId,
        epoch: shortText,
        rate: optional(rate),
        groups: list(group, 1, GROUPS_MAX),
      }),
    ),
  }),
  subscribe: record({ id: requestId, symbols: names, channels, rate: optional(rate), tier: optional(tier) }),
  unsubscribe: record({ id: requestId, symbols: names, channels: optional(channels) }),
  snapshot: record({ symbols: names, cause: optional(oneOf(["gap", "checksum"])) }),
  tier: record({
    id: optional(requestId),
    visible: optional(names),
    near: optional(names),
    hidden: optional(names),
    rate: optional(rate),
  }),
  ack: record({ frame: count }),
  ping: PING,
  pong: PONG,
};
