/// <reference lib="dom" />
/** The operator's page: asks `/metrics` once a second and shows what it says. */
import { CARDS } from "./cards.ts";
import { CardView } from "./card_view.ts";
import { byId } from "./dom.ts";
import { formatCount, formatSpan } from "./format.ts";
import { History } from "./history.ts";
import { parseScrape } from "./scrape.ts";
import { TableView } from "./table_view.ts";
import { TABLES } from "./tables.ts";
import { TRACE_LENGTH } from "./trace.ts";
import { type Answer, type Verdict, verdictOf } from "./verdict.ts";

const INTERVAL_MS = 1_000;

/** A server that has not answered for this long counts as unreachable, in milliseconds. */
const ANSWER_TIMEOUT_MS = 3_000;

const history = new History();
const cards = CARDS.map((card) => new CardView(card));
const tables = TABLES.map((table) => new TableView(table));
/** Moments before the newest that the pointer is at. */
let ago: number | undefined;

async function ask(): Promise<Answer> {
  try {
    const response = await fetch("/metrics", { cache: "no-store", signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    const text = await response.text();
    if (!response.ok) return "refused";
    history.add(parseScrape(text), performance.now());
    return "read";
  } catch {
    return "unreachable";
  }
}

async function refresh(): Promise<void> {
  const startedMs = performance.now();
  const answer = await ask();
  const isRead = answer === "read";
  const [moment, recent, minute] = [1, 10, 60].map((seconds) => isRead ? history.change(seconds) : undefined);
  showVerdict(verdictOf(answer, recent));
  byId("uptime").textContent = recent ? uptimeText(recent.now.sum("process_start_time_seconds")) : "";
  for (const card of cards) card.add(moment, recent);
  for (const table of tables) table.draw(minute);
  draw();
  setTimeout(refresh, Math.max(0, INTERVAL_MS - (performance.now() - startedMs)));
}

function showVerdict({ state, zh, en }: Verdict): void {
  document.body.dataset.state = state;
  const shown = byId("state");
  // Only a change is read out to those who listen.
  if (shown.dataset.state !== state) {
    shown.dataset.state = state;
    byId("state-zh").textContent = zh;
    byId("state-en").textContent = en;
  }
  const connections = history.change(1)?.now.sum("tickwire_connections");
  document.title = `${zh}${connections === undefined ? "" : ` · ${formatCount(connections)} 连接`} · Tickwire`;
}

function uptimeText(startSeconds: number | undefined): string {
  return startSeconds === undefined ? "" : `已运行 up ${formatSpan(Date.now() / 1000 - startSeconds)}`;
}

function draw(): void {
  for (const card of cards) card.draw(ago);
  byId("moment").textContent = ago ? `${ago} 秒前 · ${ago} s ago` : "";
}

/** One moment is looked at in all charts at once: what else happened when the lag rose? */
function followPointer(view: CardView): void {
  view.chart.addEventListener("pointermove", (event) => {
    const { left, width } = view.chart.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    ago = Math.round((1 - share) * (TRACE_LENGTH - 1));
    draw();
  });
  view.chart.addEventListener("pointerleave", () => {
    ago = undefined;
    draw();
  });
}

cards.forEach(followPointer);
byId("cards").append(...cards.map(({ root }) => root));
byId("tables").append(...tables.map(({ root }) => root));
await refresh();
