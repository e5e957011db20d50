import { assert, assertEquals } from "@std/assert";
import { chartLayout } from "./layout";

Deno.test("the panes fill the canvas without overlap, however small it is and however many there are", () => {
  for (const height of [0, 10, 18, 100, 310, 1000]) {
    for (const panes of [0, 1, 2, 3]) {
      const { panes: [price, ...lower], timeAxis } = chartLayout(height, 10, panes);
      const stack = [price!, timeAxis, ...lower];
      assertEquals(lower.length, panes);
      assertEquals(stack.map(({ top }) => top), [0, ...stack.slice(0, -1).map(({ bottom }) => bottom)]);
      assertEquals(stack[stack.length - 1]!.bottom, Math.max(18, height));
      assert(stack.every(({ top, bottom }) => bottom >= top));
    }
  }
});
