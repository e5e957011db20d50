/** Bytes that nobody sane would send, to show that the binary decoders neither throw, nor read past the end, nor let nonsense through. */
import {
  decodeClientBytes,
  encodeClient,
  joinMessages,
  ServerDecoder,
  splitMessages,
} from "../../shared/binary/mod.ts";
import { ClientMessage, ServerMessage } from "../../shared/messages.ts";
import { BinaryLine } from "./binary_line.ts";

export interface FuzzOutcome {
  readonly inputs: number;
  /** Inputs that were a message all the same: each was then held against its schema. */
  readonly messages: number;
  readonly faults: number;
}

/** Good messages to begin with. A server's are of one connection, in order. */
export interface FuzzSeeds {
  readonly client: readonly ClientMessage[];
  readonly server: readonly ServerMessage[];
}

/**
 * Feeds `inputs` byte strings to both decoders: one in four random, the others good messages with bytes changed,
 * inserted, removed, repeated or cut off. The same `seed` gives the same inputs.
 *
 * @throws Error naming the input, when a decoder throws, gives a message that its schema refuses, or reads past the end.
 */
export function fuzzDecoders(seeds: FuzzSeeds, inputs: number, seed: number): FuzzOutcome {
  const random = randomIntegers(seed);
  const line = new BinaryLine();
  const serverBytes = seeds.server.map((message) => line.encode(message));
  const clientBytes = seeds.client.map((message) => encodeClient(message));
  let messages = 0;
  for (let input = 0; input < inputs; input++) {
    const fromClient = random(4) === 0;
    const at = random(fromClient ? clientBytes.length : serverBytes.length);
    const good = (fromClient ? clientBytes[at] : asSent(serverBytes.slice(at, at + 3), random)) ?? new Uint8Array();
    const bytes = random(4) === 0 ? randomBytes(random) : mutated(good, random);
    if (fromClient ? clientTakes(bytes) : serverTakes(bytes, serverBytes.slice(0, at))) messages++;
  }
  return { inputs, messages, faults: inputs - messages };
}

/** The first of a server's messages, or now and then all of them at once. */
function asSent(messages: readonly Uint8Array<ArrayBuffer>[], random: RandomInteger): Uint8Array | undefined {
  return random(8) === 0 ? joinMessages(messages) : messages[0];
}

function clientTakes(bytes: Uint8Array): boolean {
  const decoded = guarded(bytes, (data) => decodeClientBytes(data));
  if (decoded.ok && !ClientMessage.safeParse(decoded.message).success) throw broken("gave what no client says", bytes);
  return decoded.ok;
}

function serverTakes(bytes: Uint8Array, before: readonly Uint8Array[]): boolean {
  const all = guarded(bytes, (data) => {
    const decoder = new ServerDecoder();
    for (const each of before) decoder.decode(each);
    return splitMessages(data.slice().buffer).map((each) => decoder.decode(each));
  });
  for (const decoded of all) {
    if (decoded.ok && !ServerMessage.safeParse(decoded.message).success) {
      throw broken("gave what no server says", bytes);
    }
  }
  return all.every((decoded) => decoded.ok);
}

/** Decodes `bytes` where other bytes follow in memory: a decoder that looks at them answers otherwise than alone. */
function guarded<T>(bytes: Uint8Array, decode: (data: Uint8Array) => T): T {
  const memory = new Uint8Array(bytes.length + 16).fill(1);
  memory.set(bytes);
  try {
    const inMemory = decode(memory.subarray(0, bytes.length));
    if (bytes.length % 8 === 0 && JSON.stringify(inMemory) !== JSON.stringify(decode(bytes))) {
      throw new Error("it read past the end");
    }
    return inMemory;
  } catch (error) {
    throw broken(String(error), bytes);
  }
}

function broken(how: string, bytes: Uint8Array): Error {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return new Error(`The decoder ${how} on these ${bytes.length} bytes: ${hex}`);
}

type RandomInteger = (below: number) => number;

function randomBytes(random: RandomInteger): Uint8Array {
  const bytes = Uint8Array.from({ length: random(random(8) === 0 ? 400 : 24) }, () => random(256));
  // Most first bytes are no type at all, and would be refused before anything else is looked at.
  if (bytes.length > 0 && random(8) !== 0) bytes[0] = TYPES[random(TYPES.length)] ?? 0;
  return bytes;
}

const TYPES = [1, 2, 3, 4, 5, 6, 7, 8, 16, 17, 18, 19, 20, 64, 65, 66, 67, 68, 96, 97, 98, 99, 129, 129, 130];

function mutated(good: Uint8Array, random: RandomInteger): Uint8Array {
  let bytes = [...good];
  for (let changes = 1 + random(3); changes > 0; changes--) {
    const at = random(bytes.length + 1);
    switch (random(6)) {
      case 0:
        bytes[at] = random(256);
        break;
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ 1 << random(8);
        break;
      case 2:
        bytes.splice(at, 0, ...Array.from({ length: 1 + random(4) }, () => random(2) * 255));
        break;
      case 3:
        bytes.splice(at, 1 + random(4));
        break;
      case 4:
        bytes.splice(at, 0, ...bytes.slice(random(bytes.length + 1)));
        break;
      default:
        bytes = bytes.slice(0, at);
    }
  }
  return Uint8Array.from(bytes.slice(0, 1_000));
}

/** Mulberry32: small, seeded, and good enough to choose bytes by. */
function randomIntegers(seed: number): RandomInteger {
  let state = seed >>> 0;
  return (below) => {
    state = state + 0x6d2b79f5 >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return Math.floor(((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32 * below);
  };
}
