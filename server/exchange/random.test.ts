import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { Random } from "./random.ts";

Deno.test("the generator returns xoshiro128**'s published numbers for the state 1, 2, 3, 4", () => {
  const random = new Random(1, 2, 3, 4);
  // The vector that the authors' C code prints; implementations in other languages test the same one.
  const expected = [
    11520,
    0,
    5927040,
    70819200,
    2031721883,
    1637235492,
    1287239034,
    3734860849,
    3729100597,
    4258142804,
  ];
  assertEquals(expected.map(() => random.uint32()), expected);
});

Deno.test("an all-zero state is refused", () => {
  assertThrows(() => new Random(0, 0, 0, 0), RangeError, "all zeros");
});

Deno.test("a stream repeats for the same seed and name and differs for any other", () => {
  const first = (seed: number, name: string) => {
    const random = Random.stream(seed, name);
    return [random.uint32(), random.uint32(), random.uint32()];
  };
  assertEquals(first(7, "600519.SH"), first(7, "600519.SH"));
  const seen = new Set<string>();
  for (const seed of [0, 1, 2, 255, 256, 65_536, 0x0100_0000, 0xffff_ffff]) {
    for (const name of ["", "600519.SH", "600518.SH", "000001.SZ", "000001.SH"]) seen.add(String(first(seed, name)));
  }
  assertEquals(seen.size, 40);
});

Deno.test("two streams of one seed are not correlated", () => {
  const a = Random.stream(1, "600519.SH");
  const b = Random.stream(1, "600518.SH");
  const count = 20_000;
  let product = 0;
  for (let i = 0; i < count; i++) product += a.normal() * b.normal();
  // The standard error of the mean product is 1 / sqrt(count) = 0.007.
  assertAlmostEquals(product / count, 0, 0.03);
});

Deno.test("uniform, exponential and normal deviates have the moments they promise", () => {
  const random = Random.stream(42, "moments");
  const count = 100_000;
  const moments = (draw: () => number) => {
    let sum = 0, squares = 0, fourths = 0, least = Infinity, most = -Infinity;
    for (let i = 0; i < count; i++) {
      const x = draw();
      sum += x;
      squares += x * x;
      fourths += x ** 4;
      least = Math.min(least, x);
      most = Math.max(most, x);
    }
    return { mean: sum / count, square: squares / count, fourth: fourths / count, least, most };
  };
  const uniform = moments(() => random.uniform());
  assertAlmostEquals(uniform.mean, 0.5, 0.005);
  assert(uniform.least >= 0 && uniform.most < 1);
  const exponential = moments(() => random.exponential());
  assertAlmostEquals(exponential.mean, 1, 0.02);
  assertAlmostEquals(exponential.square, 2, 0.1);
  assert(exponential.least > 0 && exponential.most < 23);
  const normal = moments(() => random.normal());
  assertAlmostEquals(normal.mean, 0, 0.02);
  assertAlmostEquals(normal.square, 1, 0.03);
  assertAlmostEquals(normal.fourth, 3, 0.2);
  assertNotEquals(random.normal(), random.normal());
});
