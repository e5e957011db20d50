import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { SvgPath } from "./svg_path";

/** The places that a path of `M` and `l` goes through, by the grammar of SVG. */
function placesOf(path: string): number[][] {
  return [...path.matchAll(/([Ml])([^Ml]*)/g)].flatMap(([, command, numbers = ""]) => {
    const values = [...numbers.matchAll(/-?\d+/g)].map(Number);
    const pairs = values.flatMap((x, i) => i % 2 === 0 ? [[x, values[i + 1]!]] : []);
    return pairs.map((pair) => [command === "M" ? 1 : 0, ...pair]);
  }).reduce<number[][]>((places, [isMove, x, y]) => {
    const [fromX, fromY] = isMove ? [0, 0] : places[places.length - 1]!;
    return [...places, [fromX! + x!, fromY! + y!]];
  }, []);
}

Deno.test("a line is written as moves, with nothing between numbers that a minus parts", () => {
  const path = new SvgPath();
  path.moveTo(0, 20);
  path.lineTo(5.2, 2.4);
  path.lineTo(10.4, 38);
  path.moveTo(20, -1);
  path.lineTo(15, -1);
  assertEquals(String(path), "M0,20l5-18,5,36M20-1l-5,0");
});

Deno.test("nothing traced is no path, and a point alone begins one", () => {
  const path = new SvgPath();
  assertEquals(String(path), "");
  path.moveTo(1, 2);
  assertEquals(String(path), "M1,2");
});

Deno.test("however long a line, each of its points is where it was rounded to", () => {
  const place = fc.double({ min: -1_000, max: 1_000, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), place, place), { minLength: 1, maxLength: 300 }), (points) => {
      const path = new SvgPath();
      points.forEach(([isMove, x, y], i) => isMove || i === 0 ? path.moveTo(x, y) : path.lineTo(x, y));
      // A plain 0 for the -0 of rounding, which a path does not know.
      assertEquals(placesOf(String(path)), points.map(([, x, y]) => [Math.round(x) + 0, Math.round(y) + 0]));
    }),
  );
});
