import { figure } from "./report.ts";
import type { Results } from "./results.ts";
import { SERVERS } from "./servers.ts";

const WIDTH = 760;
const LABEL_WIDTH = 270;
const ROW_HEIGHT = 22;
const PANEL_GAP = 46;
const FIGURE_WIDTH = 60;

/** Colours that stand on white and on black alike; only Tickwire has one of its own. */
const STYLE =
  "text{font:13px system-ui,sans-serif;fill:#777}.title{font-weight:600}.own{fill:#2f7ed8}.other{fill:#999}" +
  "text.own{font-weight:600}";

/** Processor time per tick as an SVG picture: one panel for each number of clients, one line for each server. */
export function chartOf(results: Results, clientCounts: readonly number[]): string {
  const panels = clientCounts.map((clients) => ({ clients, rows: results.rows(clients) }));
  const greatest = Math.max(1, ...panels.flatMap(({ rows }) => rows.map(({ median }) => median?.cpuUsPerTick ?? 0)));
  const parts: string[] = [];
  let y = 24;
  for (const { clients, rows } of panels) {
    const title = `${clients.toLocaleString("en")} clients: server CPU, µs for each tick delivered`;
    parts.push(`<text class="title" x="0" y="${y}">${title}</text>`);
    y += 10;
    for (const { server, median } of rows) {
      const kind = server === "tickwire" ? "own" : "other";
      const label = SERVERS.find(({ id }) => id === server)?.label ?? server;
      const value = median?.cpuUsPerTick;
      const width = (WIDTH - LABEL_WIDTH - FIGURE_WIDTH) * (value ?? 0) / greatest;
      const baseline = y + ROW_HEIGHT - 6;
      parts.push(
        `<text${kind === "own" ? ' class="own"' : ""} x="${
          LABEL_WIDTH - 8
        }" y="${baseline}" text-anchor="end">${label}</text>`,
        `<rect class="${kind}" x="${LABEL_WIDTH}" y="${y + 3}" width="${width.toFixed(1)}" height="${
          ROW_HEIGHT - 6
        }"/>`,
        `<text x="${(LABEL_WIDTH + width + 6).toFixed(1)}" y="${baseline}">${
          value === undefined ? "failed" : figure(value)
        }</text>`,
      );
      y += ROW_HEIGHT;
    }
    y += PANEL_GAP;
  }
  const height = y - PANEL_GAP + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" ` +
    `aria-label="Server CPU for each tick delivered"><style>${STYLE}</style>\n${parts.join("\n")}\n</svg>\n`;
}
