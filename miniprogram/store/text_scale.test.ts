import { assertEquals } from "@std/assert";
import { isLargeType, textScale } from "./text_scale";

Deno.test("type grows with WeChat's setting, never below the usual size and never beyond what a row can hold", () => {
  const cases: [number | undefined, number, boolean][] = [
    [undefined, 1, false],
    [NaN, 1, false],
    [0, 1, false],
    [14, 1, false],
    [16, 1, false],
    [17, 1.06, false],
    [19, 1.19, true],
    [20, 1.25, true],
    [32, 1.4, true],
  ];
  for (const [setting, scale, isLarge] of cases) {
    assertEquals([textScale(setting), isLargeType(textScale(setting))], [scale, isLarge], `${setting}`);
  }
});
