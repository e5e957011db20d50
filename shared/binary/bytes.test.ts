import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ByteReader } from "./byte_reader.ts";
import { ByteWriter } from "./byte_writer.ts";
import { FrameWriter } from "./frame_writer.ts";

const MAX = Number.MAX_SAFE_INTEGER;
const SEED = 20261120;

function written(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter();
  write(writer);
  return writer.finish();
}

/** Numbers at which a form takes one more byte, and their neighbours. */
const edges = [0, ...Array.from({ length: 53 }, (_, bits) => 2 ** bits)].flatMap((at) => [at - 1, at, at + 1])
  .filter((value) => value >= 0 && value <= MAX);

Deno.test("whole numbers come back at every edge of every form, in either sign", () => {
  for (const value of [...edges, MAX]) {
    assertEquals(new ByteReader(written((writer) => writer.count(value))).count("value"), value);
    for (const signed of [value, 0 - value]) {
      assertEquals(new ByteReader(written((writer) => writer.signed(signed))).signed("value"), signed);
      assertEquals(new ByteReader(written((writer) => writer.scaled(signed))).scaled("value"), signed);
      assertEquals(new ByteReader(written((writer) => writer.number(signed))).number("value"), signed);
    }
  }
});

Deno.test("property: numbers of any kind come back, whatever their base", () => {
  const number = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0));
  fc.assert(
    fc.property(
      number,
      fc.maxSafeInteger(),
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      (value, base, hundreds) => {
        const reader = new ByteReader(written((writer) => {
          writer.number(value, base);
          writer.scaled(hundreds * 100);
        }));
        assertEquals([reader.number("value", base), reader.scaled("value"), reader.fault], [
          value,
          hundreds * 100 + 0,
          undefined,
        ]);
      },
    ),
    { seed: SEED, numRuns: 2_000 },
  );
});

Deno.test("property: texts are UTF-8, byte for byte what every other program writes", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));
  fc.assert(
    fc.property(text, (value) => {
      const bytes = written((writer) => writer.text(value));
      const reader = new ByteReader(bytes);
      assertEquals(reader.text("value"), value);
      const utf8 = new TextEncoder().encode(value);
      assertEquals(bytes.subarray(bytes.length - utf8.length), utf8);
    }),
    { seed: SEED },
  );
});

Deno.test("property: bytes that are no UTF-8 are refused wherever the standard decoder refuses them", () => {
  const byte = fc.oneof(
    fc.integer({ min: 0x80, max: 0xff }),
    fc.constantFrom(0x41, 0xe0, 0xed, 0xf0, 0xf4, 0x9f, 0xa0),
  );
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 6 }), (bytes) => {
      const reader = new ByteReader(Uint8Array.from([bytes.length, ...bytes]));
      const text = reader.text("value");
      let expected: string | undefined;
      try {
        expected = strict.decode(Uint8Array.from(bytes));
      } catch {
        // Halves of surrogate pairs are the one liberty.
        const half = /[\ud800-\udfff]/;
        assert(reader.failed || half.test(text), `${bytes} was read as ${JSON.stringify(text)}`);
        return;
      }
      assertEquals([text, reader.failed], [expected, false]);
    }),
    { seed: SEED, numRuns: 5_000 },
  );
});

Deno.test("a writer grows, starts anew, and what it gave away stays as it was", () => {
  const writer = new ByteWriter();
  writer.text("x".repeat(5_000));
  const first = writer.finish();
  writer.reset();
  writer.byte(7);
  assertEquals([...writer.finish()], [7]);
  assertEquals([first.length, first[2], first.at(-1)], [5_002, 120, 120]);
});

Deno.test("a writer refuses what its form cannot hold", () => {
  for (const value of [-1, 0.5, NaN, Infinity, MAX + 1]) {
    assertThrows(() => written((writer) => writer.count(value)), RangeError, String(value));
  }
  for (const value of [0.5, NaN, -Infinity, MAX + 1]) {
    assertThrows(() => written((writer) => writer.signed(value)), RangeError);
  }
});

Deno.test("a reader refuses a signed number beyond 2^53 − 1", () => {
  for (const form of ["signed", "scaled"] as const) {
    const reader = new ByteReader(Uint8Array.from([0x80, 255, 255, 255, 255, 255, 255, 255, 15]));
    assertEquals([reader[form]("value"), reader.failed], [0, true]);
  }
});

Deno.test("a reader reports the first fault, and gives nothing after it", () => {
  const reader = new ByteReader(Uint8Array.from([255, 1, 65]));
  reader.type = "hello";
  assertEquals(reader.text("client"), "");
  const { fault } = reader;
  assertEquals(fault?.message, "`client` of `hello` at byte 2: the message ends before it is whole.");
  assertEquals([reader.byte("other"), reader.count("other"), reader.text("other")], [0, 0, ""]);
  assertEquals(reader.fault, fault);
});

Deno.test("views of messages stay as they were written, over the end of the buffer they are cut from", () => {
  const writer = new FrameWriter();
  const views: [number, Uint8Array][] = [];
  for (let i = 0; i < 2_000; i++) {
    writer.reset();
    const length = i % 97 + 1;
    for (let k = 0; k < length; k++) writer.byte((i + k) % 256);
    views.push([i, writer.finishView()]);
  }
  writer.reset();
  for (let k = 0; k < 20_000; k++) writer.byte(7);
  assertEquals(writer.finishView().length, 20_000);
  for (const [i, view] of views) {
    assertEquals([...view], Array.from({ length: i % 97 + 1 }, (_, k) => (i + k) % 256));
  }
});
