import { assert, assertAlmostEquals, assertLessOrEqual } from "@std/assert";
import { PixelGrid } from "./pixel_grid";

Deno.test("edges fall between device pixels and hairlines into the middle of one", () => {
  for (const ratio of [1, 2, 2.75, 3]) {
    const pixels = new PixelGrid(ratio);
    for (const position of [0, 0.3, 10.51, 99.999]) {
      const edge = pixels.edge(position) * ratio;
      assertAlmostEquals(edge, Math.round(edge), 1e-9);
      assertLessOrEqual(Math.abs(pixels.edge(position) - position), 0.5 / ratio + 1e-9);
      const middle = pixels.middle(position) * ratio - 0.5;
      assertAlmostEquals(middle, Math.round(middle), 1e-9);
      assert(middle >= 0);
    }
  }
});
