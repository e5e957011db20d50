import { assert, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { chartTheme, type Palette, PALETTES, type Scheme } from "./stock/chart/theme";

const STYLES = Deno.readTextFileSync(new URL("./app.wxss", import.meta.url));
const SCHEMES: readonly Scheme[] = ["light", "dark"];

/** The colours of one theme: the dark ones override the light ones. */
function colors(scheme: Scheme): ReadonlyMap<string, string> {
  const read = (text: string) =>
    [...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value] as [string, string]);
  const darkAt = STYLES.indexOf("@media (prefers-color-scheme: dark)");
  const light = read(STYLES.slice(0, darkAt));
  const dark = read(STYLES.slice(darkAt, STYLES.indexOf(".palette-red-up")));
  assert(light.length > 20 && dark.length > 15);
  return new Map(scheme === "light" ? light : [...light, ...dark]);
}

/** WCAG 2.1, relative luminance. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const TEXT_ON: readonly [text: string, background: string][] = [
  ...["ink", "muted", "red", "green", "blue", "orange", "accent", "warning"].flatMap((text): [string, string][] => [
    [text, "card"],
    [text, "page"],
  ]),
  ...["red-solid", "green-solid", "blue-solid", "orange-solid", "flat-solid"].map((
    solid,
  ): [string, string] => ["on-solid", solid]),
  ["warning", "warning-tint"],
  // The prices of a book may stand on a bar of either side.
  ...["red-bar", "green-bar"].flatMap((bar) =>
    ["red", "green", "muted", "ink"].map((text): [string, string] => [text, bar])
  ),
  ...["blue-bar", "orange-bar"].flatMap((bar) =>
    ["blue", "orange", "muted", "ink"].map((text): [string, string] => [text, bar])
  ),
];

Deno.test("every text has a contrast of at least 4.5 to 1, in both themes", () => {
  for (const scheme of SCHEMES) {
    const theme = colors(scheme);
    for (const [text, background] of TEXT_ON) {
      const [front, back] = [theme.get(text), theme.get(background)];
      assert(front && back, `${scheme} has no ${text} or no ${background}`);
      assertGreaterOrEqual(contrast(front, back), 4.5, `${scheme}: ${text} on ${background}`);
    }
  }
});

Deno.test("the chart's texts have that contrast too, and its lines at least 3 to 1", () => {
  for (const scheme of SCHEMES) {
    for (const palette of PALETTES) {
      const theme = chartTheme({ scheme, palette, live: true });
      for (const color of [theme.text, theme.up, theme.down]) {
        assertGreaterOrEqual(contrast(color, theme.background), 4.5);
      }
      assertGreaterOrEqual(contrast(theme.background, theme.tag), 4.5);
      for (const color of [theme.priceLine, theme.averageLine, ...theme.lines]) {
        assertGreaterOrEqual(contrast(color, theme.background), 3, `${scheme} ${color}`);
      }
    }
  }
});

Deno.test("the chart has the colours of the rows beside it", () => {
  const names: Readonly<Record<Palette, [up: string, down: string]>> = {
    "red-up": ["red", "green"],
    "green-up": ["green", "red"],
    "color-blind": ["blue", "orange"],
  };
  for (const scheme of SCHEMES) {
    const theme = colors(scheme);
    for (const palette of PALETTES) {
      const { up, down, background, priceLine, averageLine } = chartTheme({ scheme, palette, live: true });
      const [upName, downName] = names[palette];
      assertEquals([up, down, background], [theme.get(upName), theme.get(downName), theme.get("card")]);
      assertEquals([priceLine, averageLine], [theme.get("price-line"), theme.get("average-line")]);
      assert(STYLES.includes(`.palette-${palette} {\n  --up: var(--${upName});`), palette);
    }
  }
});
