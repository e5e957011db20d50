import { assert, assertEquals } from "@std/assert";
import type { FaultCode } from "../codec.ts";
import { decodeClientBytes } from "./mod.ts";

const text = (value: string) => [value.length, ...new TextEncoder().encode(value)];
const name = (value: string) => [0, ...text(value)];
/** A subscription, with these flags and what they announce. */
const subscribe = (flags: number, ...rest: number[]) => [2, flags, 9, 1, ...name("600519.SH"), 1, 0, ...rest];
const SUBSCRIBE = subscribe(0);

/** A hello up to the groups of its resumption: id 7, epoch "e", no rate. */
const RESUME = [1, 4, 0, 7, 1, 101];

/** A message, the fault it is, what its text must say, and the id that is repeated. */
const BAD: [string, number[], FaultCode, string, number?][] = [
  ["nothing", [], "bad_field", "`type` of `message` at byte 0: the message ends before it is whole."],
  ["type 0", [0], "unknown_type", "The message has the type 0: its first byte must be one of 1 (hello), 2 (subscribe)"],
  ["a server's message", [65, 0, 0], "unknown_type", "the type 65"],
  ["a hello of nothing", [1], "bad_field", "`flags` of `hello`"],
  ["a client's name that is too long", [1, 1, 201, 1, ...Array(201).fill(65)], "bad_field", "and is 201"],
  ["a name that is no UTF-8", [1, 1, 1, 0xff], "bad_field", "`client` of `hello` at byte 4: it is not UTF-8."],
  ["an overlong form", [1, 1, 2, 0xc1, 0x81], "bad_field", "it is not UTF-8"],
  ["a lone continuation byte", [1, 1, 1, 0x80], "bad_field", "it is not UTF-8"],
  ["a character cut off", [1, 1, 2, 0xe8, 0xb4], "bad_field", "it is not UTF-8"],
  ["a character beyond Unicode", [1, 1, 4, 0xf4, 0x90, 0x80, 0x80], "bad_field", "it is not UTF-8"],
  [
    "no symbols",
    [2, 0, 9, 0, 1, 0],
    "bad_field",
    "`symbols.length` of `subscribe` at byte 4: it must be from 1 to 10000, and is 0.",
    9,
  ],
  [
    "an empty symbol",
    [2, 0, 9, 1, 0, 0, 1, 0],
    "bad_field",
    "`symbols.length` of `subscribe` at byte 6: it must be from 1 to 32, and is 0.",
    9,
  ],
  ["a long symbol", [2, 0, 9, 1, ...name("x".repeat(33)), 1, 0], "bad_field", "and is 33.", 9],
  ["more symbols than bytes", [2, 0, 9, 99, ...name("600519.SH")], "bad_field", "`symbols` of `subscribe`", 9],
  ["no channels", [2, 0, 9, 1, ...name("a"), 0], "bad_field", "`channels.length` of `subscribe`", 9],
  ["an unknown channel", [2, 0, 9, 1, ...name("a"), 1, 4], "bad_field", "it must be from 0 to 3, and is 4.", 9],
  ["a rate of 0", subscribe(1, 0), "bad_field", "`rate` of `subscribe`", 9],
  ["a rate below 0", subscribe(1, 0x41), "bad_field", "it must be more than 0.", 9],
  ["an infinite rate", subscribe(1, 0x40, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f), "bad_field", "finite", 9],
  ["an exchange that there is not", [2, 0, 9, 1, 4, 1, 0], "bad_field", "it is not known here", 9],
  ["a symbol of seven digits", [4, 0, 1, 0xff, 0xff, 0xff, 2], "bad_field", "it must be from 0 to 3999999"],
  ["an unknown tier", subscribe(2, 3), "bad_field", "`tier` of `subscribe`", 9],
  ["a tier of no symbols", [8, 3, 9, 0], "bad_field", "`visible.length` of `tier`", 9],
  ["a rate of 0 in a tier", [8, 17, 9, 0], "bad_field", "`rate` of `tier`", 9],
  ["a resumption of nothing", [1, 4, 0], "bad_field", "`id` of `hello`"],
  ["an epoch that is too long", [...RESUME.slice(0, 4), 201, 1, ...Array(201).fill(65)], "bad_field", "and is 201", 7],
  ["no groups", [...RESUME, 0], "bad_field", "`groups.length` of `hello`", 7],
  [
    "65 groups",
    [...RESUME, 65, ...Array(65).fill([0, 1, 0, 1, 0, 4]).flat()],
    "bad_field",
    "it must be from 1 to 64",
    7,
  ],
  ["a group without channels", [...RESUME, 1, 0, 0, 1, 0], "bad_field", "`channels.length` of `hello`", 7],
  ["a group without symbols", [...RESUME, 1, 0, 1, 0, 0], "bad_field", "`symbols.length` of `hello`", 7],
  ["a position of no symbol", [...RESUME, 1, 0, 1, 0, 1, 0, 3], "bad_field", "it is not known here", 7],
  ["a position on no day", [...RESUME, 1, 0, 1, 0, 1, 2, 4, 5, 0], "bad_field", "`tradingDate` of `hello`", 7],
  ["no frame", [5], "bad_field", "`frame` of `ack`"],
  ["a frame beyond 2^53", [5, 255, 255, 255, 255, 255, 255, 255, 16], "bad_field", "`frame` of `ack`"],
  ["half a double", [6, 1, 0x40, 0, 0], "bad_field", "`timeMs` of `ping`"],
];

for (const [what, bytes, code, says, id] of BAD) {
  Deno.test(`${what} is ${code}`, () => {
    const decoded = decodeClientBytes(Uint8Array.from(bytes));
    assert(!decoded.ok, JSON.stringify(decoded));
    assertEquals([decoded.fault.code, decoded.fault.id], [code, id]);
    assert(decoded.fault.message.includes(says), decoded.fault.message);
    assert(decoded.fault.message.length < 300, "an answer must not echo a flood");
  });
}

Deno.test("the message that those are damaged forms of is good", () => {
  const message = { type: "subscribe", id: 9, symbols: ["600519.SH"], channels: ["quote"] };
  assertEquals(decodeClientBytes(Uint8Array.from(SUBSCRIBE)) as unknown, { ok: true, message });
});

Deno.test("10,001 symbols are one too many, as in JSON", () => {
  const message = (symbols: number) =>
    Uint8Array.from([4, 0, symbols % 128 | 128, symbols >> 7, ...Array(symbols).fill([0, 1, 65]).flat()]);
  assert(decodeClientBytes(message(10_000)).ok);
  const decoded = decodeClientBytes(message(10_001));
  assert(!decoded.ok && decoded.fault.message.includes("it must be from 1 to 10000"));
});
