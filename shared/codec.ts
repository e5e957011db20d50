/**
 * Text to message and back, for `tickwire.v1.json`. Decoding never throws: what cannot be read comes back as a fault
 * that says what is wrong and where, good enough to send to whoever wrote the message.
 */
import * as z from "zod/mini";
import { ClientMessage, ServerMessage } from "./messages.ts";

export type FaultCode = "bad_json" | "not_an_object" | "unknown_type" | "bad_field";

export interface Fault {
  readonly code: FaultCode;
  /** One sentence in English: what is wrong, where, and what was expected. */
  readonly message: string;
  /** The request's `id`, where the message had a readable one, so that the answer can name it. */
  readonly id?: number;
}

export type Decoded<T> = { readonly ok: true; readonly message: T } | { readonly ok: false; readonly fault: Fault };

export function encode(message: ClientMessage | ServerMessage): string {
  return JSON.stringify(message);
}

export function decodeClient(text: string): Decoded<ClientMessage> {
  return readAck(text) ?? decode(ClientMessage, CLIENT_TYPES, text);
}

const ACK = /^\{"type":"ack","frame":(0|[1-9]\d{0,14})\}$/;

/** The message that clients send most, as every client writes it, is read without a schema: that takes a tenth of the time. */
function readAck(text: string): Decoded<ClientMessage> | undefined {
  const match = ACK.exec(text);
  return match ? { ok: true, message: { type: "ack", frame: Number(match[1]) } } : undefined;
}

export function decodeServer(text: string): Decoded<ServerMessage> {
  return decode(ServerMessage, SERVER_TYPES, text);
}

/** The answer to a poll: messages of a server in an array. Those of an unknown type are left out; another fault is the whole's. */
export function decodePoll(text: string): Decoded<ServerMessage[]> {
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  if (!Array.isArray(parsed.message)) {
    return fault("not_an_object", "The answer to a poll is not a JSON array of messages.");
  }
  const messages: ServerMessage[] = [];
  for (const raw of parsed.message) {
    const decoded = check(ServerMessage, SERVER_TYPES, raw);
    if (decoded.ok) messages.push(decoded.message);
    else if (decoded.fault.code !== "unknown_type") return decoded;
  }
  return { ok: true, message: messages };
}

const CLIENT_TYPES = typesOf(ClientMessage);
const SERVER_TYPES = typesOf(ServerMessage);

function typesOf(union: { def: { options: readonly { shape: { type: { def: { values: readonly unknown[] } } } }[] } }) {
  return union.def.options.flatMap((option) => option.shape.type.def.values.map(String));
}

function decode<T>(schema: z.ZodMiniType<T>, types: readonly string[], text: string): Decoded<T> {
  const parsed = parse(text);
  return parsed.ok ? check(schema, types, parsed.message) : parsed;
}

function parse(text: string): Decoded<unknown> {
  try {
    return { ok: true, message: JSON.parse(text) };
  } catch {
    return fault("bad_json", "The message is not valid JSON: send one JSON object per WebSocket message.");
  }
}

function check<T>(schema: z.ZodMiniType<T>, types: readonly string[], raw: unknown): Decoded<T> {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    return fault("not_an_object", 'The message is not a JSON object: send an object such as {"type":"hello"}.');
  }
  const { type, id } = raw as { type?: unknown; id?: unknown };
  const requestId = typeof id === "number" && Number.isSafeInteger(id) && id >= 0 ? id : undefined;
  if (typeof type !== "string" || !types.includes(type)) {
    const got = type === undefined ? "no `type`" : `\`type\` ${quoted(type)}`;
    return fault("unknown_type", `The message has ${got}: it must be one of ${types.join(", ")}.`, requestId);
  }
  const result = z.safeParse(schema, raw);
  if (result.success) return { ok: true, message: result.data };
  return fault("bad_field", describe(type, result.error.issues[0], raw), requestId);
}

function fault(code: FaultCode, message: string, id?: number): { ok: false; fault: Fault } {
  return { ok: false, fault: id === undefined ? { code, message } : { code, message, id } };
}

/** Says in words what zod found, because zod/mini carries no texts of its own. */
function describe(type: string, issue: z.core.$ZodIssue | undefined, raw: object): string {
  if (!issue) return `A field of \`${type}\` is not valid.`;
  const path = issue.path.map((key) => typeof key === "number" ? `[${key}]` : `.${String(key)}`).join("").slice(1);
  const value = issue.path.reduce<unknown>(
    (at, key) => typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    raw,
  );
  return `\`${path}\` of \`${type}\` is ${value === undefined ? "missing" : quoted(value)}: ${expectation(issue)}.`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `it must be ${EXPECTED_TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `it must be one of ${issue.values.map((value) => String(value)).join(", ")}`;
    case "invalid_format":
      return "it must be six digits, a dot and SH, SZ or BJ, as in 600519.SH";
    case "too_small":
      return `it must be ${issue.inclusive ? "at least" : "more than"} ${counted(issue.minimum, issue.origin)}`;
    case "too_big":
      return `it must be ${issue.inclusive ? "at most" : "less than"} ${counted(issue.maximum, issue.origin)}`;
    default:
      return "it is not valid";
  }
}

const EXPECTED_TYPES: Record<string, string> = {
  int: "a whole number",
  number: "a number",
  string: "a text",
  boolean: "true or false",
  array: "an array",
  object: "an object",
};

/** A bound with what it counts: `32 characters`, `1 element`, or the number alone. */
function counted(bound: number | bigint, origin: string): string {
  const noun = origin === "array" ? "element" : origin === "string" ? "character" : undefined;
  if (noun === undefined) return String(bound);
  return `${bound} ${noun}${Number(bound) === 1 ? "" : "s"}`;
}

/** A value as it stood in the message, cut short: an error must not echo a flood. */
function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
