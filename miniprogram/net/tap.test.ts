import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { HEX_BYTES_MAX, Tap, TAP_ENTRIES_MAX, type TapEntry, utf8Length } from "./tap";

function setUp() {
  const errors: unknown[] = [];
  const heard: TapEntry[] = [];
  return { errors, heard, tap: new Tap(() => 42, (error) => errors.push(error)) };
}

Deno.test("a listener hears what is said in both directions, with its length in bytes", () => {
  const { tap, heard } = setUp();
  tap.listen((entry) => heard.push(entry));
  tap.record("out", "socket", '{"type":"ack","frame":1}', { type: "ack", frame: 1 });
  tap.record("in", "socket", "茅台", undefined);
  tap.record("in", "socket", new Uint8Array([6, 0, 255]).buffer, { type: "ping" });
  assertEquals(heard.map(({ message: _message, ...rest }) => rest), [
    { no: 1, atMs: 42, direction: "out", via: "socket", type: "ack", bytes: 24, text: '{"type":"ack","frame":1}' },
    { no: 2, atMs: 42, direction: "in", via: "socket", type: "?", bytes: 6, text: "茅台" },
    { no: 3, atMs: 42, direction: "in", via: "socket", type: "ping", bytes: 3, hex: "06 00 ff" },
  ]);
});

Deno.test("of a long binary message the beginning is shown, and its whole length", () => {
  const { tap, heard } = setUp();
  tap.listen((entry) => heard.push(entry));
  tap.record("in", "socket", new ArrayBuffer(1_000), { type: "pong" });
  assertEquals([heard[0]?.bytes, heard[0]?.hex?.split(" ").length], [1_000, HEX_BYTES_MAX]);
});

Deno.test("who comes later hears what is remembered first; when the last has gone nothing is", () => {
  const { tap, heard } = setUp();
  const off = tap.listen(() => {});
  for (let i = 0; i < TAP_ENTRIES_MAX + 5; i++) tap.record("in", "poll", "{}", undefined);
  const offLater = tap.listen((entry) => heard.push(entry));
  assertEquals([heard.length, heard[0]?.no], [TAP_ENTRIES_MAX, 6]);
  off();
  off();
  assertEquals(tap.isOpen, true);
  offLater();
  heard.length = 0;
  assertEquals(tap.isOpen, false);
  tap.listen((entry) => heard.push(entry));
  assertEquals(heard, []);
});

Deno.test("a listener that throws keeps no other from hearing", () => {
  const { tap, heard, errors } = setUp();
  tap.listen(() => {
    throw new Error("a page's mistake");
  });
  tap.listen((entry) => heard.push(entry));
  tap.record("in", "socket", "{}", undefined);
  assertEquals([heard.length, errors.length], [1, 1]);
});

Deno.test("the length of any text is that of its UTF-8", () => {
  const point = fc.oneof(
    fc.integer({ min: 0, max: 0x7f }),
    fc.integer({ min: 0x80, max: 0x7ff }),
    fc.integer({ min: 0x800, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0x10ffff }),
  );
  fc.assert(fc.property(fc.array(point, { maxLength: 20 }), (points) => {
    const text = String.fromCodePoint(...points);
    assert(utf8Length(text) === new TextEncoder().encode(text).length, text);
  }));
});
