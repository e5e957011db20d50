import type { Scenario } from "./load.ts";
import { figure, whole } from "./markdown.ts";
import type { Results, Row } from "./results.ts";
import { labelOf, type ServerId } from "./servers.ts";

const WIDTH = 780;
const LABEL_WIDTH = 296;
const ROW_HEIGHT = 22;
const TITLE_HEIGHT = 34;
const PANEL_GAP = 18;
const FIGURE_WIDTH = 130;

/** What is no program of use, but a limit to what one can reach. */
const LIMITS: readonly ServerId[] = ["raw", "raw-acks", "deno-frames"];

/** The text's colours follow the reader's; those of the bars stand on white and on black alike. */
const STYLE = "text{font:13px system-ui,sans-serif;fill:#444}.title{font-weight:600;fill:#111}.note{fill:#666}" +
  ".own{fill:#2f7ed8}.other{fill:#9aa3ad}.limit{fill:#c5ccd3}text.own{font-weight:600;fill:#1f66b8}" +
  "@media(prefers-color-scheme:dark){text{fill:#bbb}.title{fill:#eee}.note{fill:#999}.other{fill:#6f7882}" +
  ".limit{fill:#4d555d}text.own{fill:#6fb1ff}}";

/** Processor time per tick as an SVG picture: one panel for each scenario, one line for each server. */
export function chartOf(results: Results, scenarios: readonly Scenario[]): string {
  const panels = scenarios.map((scenario) => ({ scenario, rows: results.rows(scenario) }));
  const all = panels.flatMap(({ rows }) => rows.map(({ median }) => median?.cpuUsPerTick ?? 0));
  const scale = (WIDTH - LABEL_WIDTH - FIGURE_WIDTH) / Math.max(1, ...all);
  const parts: string[] = [];
  let y = 0;
  for (const { scenario, rows } of panels.filter(({ rows }) => rows.length > 0)) {
    parts.push(`<text class="title" x="0" y="${y + 18}">${titleOf(scenario)}</text>`);
    y += TITLE_HEIGHT;
    for (const row of rows) {
      const ratio = results.ratio(scenario, row.server, "raw", ({ cpuUsPerTick }) => cpuUsPerTick);
      parts.push(...lineOf(row, ratio, scale, y));
      y += ROW_HEIGHT;
    }
    y += PANEL_GAP;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" role="img" ` +
    `aria-label="Server CPU for each tick delivered"><style>${STYLE}</style>\n${parts.join("\n")}\n</svg>\n`;
}

function titleOf({ clients, views }: Scenario): string {
  const which = views === "shared" ? "" : ", each with its own symbols";
  return `${whole(clients)} clients${which}: server CPU for each tick delivered, µs`;
}

function lineOf({ server, median }: Row, ratio: number | undefined, scale: number, y: number): string[] {
  const kind = server.startsWith("tickwire") ? "own" : LIMITS.includes(server) ? "limit" : "other";
  const baseline = y + ROW_HEIGHT - 7;
  const value = median?.cpuUsPerTick;
  const width = (value ?? 0) * scale;
  const said = value === undefined ? "failed" : figure(value);
  const beside = ratio === undefined || server === "raw" ? "" : ` <tspan class="note">${figure(ratio)} × raw</tspan>`;
  return [
    `<text${kind === "own" ? ' class="own"' : ""} x="${LABEL_WIDTH - 8}" y="${baseline}" text-anchor="end">${
      labelOf(server)
    }</text>`,
    `<rect class="${kind}" x="${LABEL_WIDTH}" y="${y + 3}" width="${width.toFixed(1)}" height="${
      ROW_HEIGHT - 6
    }" rx="2"/>`,
    `<text x="${(LABEL_WIDTH + width + 6).toFixed(1)}" y="${baseline}">${said}${beside}</text>`,
  ];
}
