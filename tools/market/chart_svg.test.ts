import { assert, assertEquals } from "@std/assert";
import { Panel, roundTicks, svgOf } from "./chart_svg.ts";

const PANEL = {
  title: "A < B & C",
  x: { low: 0, high: 10 },
  y: { low: 0, high: 1 },
  xTicks: [],
  yTicks: [],
  height: 156,
};

Deno.test("a line breaks where it leaves the panel or has no value", () => {
  const svg = new Panel(PANEL).line("", "#000", [[0, 0], [10, 1], [5, 2], [5, NaN], [0, 1], [10, 0]]).render(0);
  assertEquals(/ d="([^"]*)" fill="none"/.exec(svg)?.[1], "M70,130L880,30M70,30L880,130");
});

Deno.test("a logarithmic scale puts equal factors at equal distances", () => {
  const panel = new Panel({ ...PANEL, x: { low: 1, high: 100, log: true } });
  assert(panel.line("", "#000", [[1, 0], [10, 0], [100, 0]]).render(0).includes("M70,130L475,130L880,130"));
});

Deno.test("bars stand on the bottom and stay inside; text is escaped", () => {
  const svg = svgOf("t", [new Panel(PANEL).bars("b", "#111", [[0, 0.5], [5, 7], [6, 0]], 1)]);
  assert(svg.includes("M70,130V80H151V130ZM475,130V30H556V130Z"));
  assert(svg.includes("A &lt; B &amp; C") && svg.startsWith("<svg ") && svg.endsWith("</svg>\n"));
});

Deno.test("ticks are round and lie within the scale", () => {
  assertEquals(roundTicks(39.2, 40.9, 4, (value) => value.toFixed(1)).map(({ label }) => label), [
    "39.5",
    "40.0",
    "40.5",
  ]);
  assertEquals(roundTicks(0, 480, 4, String).map(({ value }) => value), [0, 200, 400]);
});
