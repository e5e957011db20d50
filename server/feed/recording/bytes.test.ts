import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ByteReader } from "./byte_reader.ts";
import { ByteWriter } from "./byte_writer.ts";

const EDGES = [0, 1, 63, 64, 127, 128, 8_191, 8_192, 2 ** 31, 2 ** 32, 2 ** 49, 2 ** 52, Number.MAX_SAFE_INTEGER];

Deno.test("every whole number comes back, at the edges of its bytes too", () => {
  const whole = fc.oneof(fc.constantFrom(...EDGES), fc.maxSafeNat());
  const signed = fc.tuple(whole, fc.boolean()).map(([value, negative]) => negative && value > 0 ? -value : value);
  fc.assert(
    fc.property(fc.array(fc.tuple(whole, signed)), (pairs) => {
      const writer = new ByteWriter();
      for (const [unsigned, value] of pairs) {
        writer.uint(unsigned);
        writer.int(value);
      }
      const reader = new ByteReader(writer.bytes);
      assertEquals(pairs.map(() => [reader.uint(), reader.int()] as [number, number]), pairs);
      assertEquals(reader.done, true);
    }),
    { seed: 5, numRuns: 300 },
  );
});

Deno.test("small numbers take one byte, and a writer grows, rewinds and clears", () => {
  const writer = new ByteWriter();
  writer.uint(127);
  writer.int(-63);
  assertEquals(writer.length, 2);
  writer.uint(128);
  assertEquals(writer.length, 4);
  writer.rewind(2);
  assertEquals([...writer.bytes], [127, 127]);
  for (let i = 0; i < 10_000; i++) writer.uint(5);
  assertEquals(writer.length, 10_002);
  assertEquals(writer.bytes.at(-1), 5);
  writer.clear();
  assertEquals(writer.bytes.length, 0);
});

Deno.test("any bytes give a number or a RangeError, never an endless or an unsafe one", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), fc.boolean(), (bytes, signed) => {
      const reader = new ByteReader(bytes);
      try {
        assertEquals(Number.isSafeInteger(signed ? reader.int() : reader.uint()), true);
      } catch (error) {
        assertEquals(error instanceof RangeError, true);
      }
    }),
    { seed: 6, numRuns: 2_000 },
  );
  assertThrows(() => new ByteReader(new Uint8Array([0x80])).uint(), RangeError, "end within");
  assertThrows(() => new ByteReader(new Uint8Array(9).fill(0xff)).uint(), RangeError, "2^53");
  assertThrows(() => new ByteReader(new Uint8Array(12).fill(0x80)).uint(), RangeError, "eight bytes");
  assertThrows(() => new ByteReader(new Uint8Array([0xff, ...new Array(7).fill(0xff), 1])).int(), RangeError, "2^53");
});
