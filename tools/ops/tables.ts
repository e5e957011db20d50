import type { Change } from "./change.ts";

/** A list of counts by one label, beside what came lately. */
export interface Table {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly metric: string;
  readonly labels: readonly string[];
}

export interface TableRow {
  readonly label: string;
  readonly total: number;
  /** Growth within the last minute. */
  readonly lately: number;
}

export const TABLES: readonly Table[] = [
  { id: "closes", zh: "关闭", en: "Closes", metric: "tickwire_sessions_closed_total", labels: ["code", "cause"] },
  { id: "resumes", zh: "恢复", en: "Resumed symbols", metric: "tickwire_resumed_symbols_total", labels: ["kind"] },
  { id: "repairs", zh: "修复", en: "Repaired symbols", metric: "tickwire_repaired_symbols_total", labels: ["cause"] },
  {
    id: "handshakes",
    zh: "拒绝的握手",
    en: "Refused handshakes",
    metric: "tickwire_handshakes_refused_total",
    labels: ["code"],
  },
  {
    id: "messages",
    zh: "拒绝的消息",
    en: "Refused messages",
    metric: "tickwire_messages_refused_total",
    labels: ["code"],
  },
];

/** The rows of a table that are not zero, the most frequent first. */
export function rowsOf({ metric, labels }: Table, minute: Change): TableRow[] {
  const totals = minute.now.by(metric, ...labels);
  const before = minute.before?.by(metric, ...labels);
  return [...totals]
    .filter(([, total]) => total > 0)
    .map(([label, total]) => ({
      label: shortLabel(label),
      total,
      lately: before ? Math.max(0, total - (before.get(label) ?? 0)) : 0,
    }))
    .sort((a, b) => b.total - a.total || (a.label < b.label ? -1 : 1));
}

/** A client that went by itself has a cause and no code. */
function shortLabel(label: string): string {
  return label.replace(/^none /, "");
}
