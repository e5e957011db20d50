import type { Change } from "./change.ts";
import { formatBytes, formatCount, formatPercent, formatRatio, formatSeconds } from "./format.ts";

/** One line of a card's chart. */
export interface CardLine {
  /** What tells it from the card's other lines, such as p99. */
  readonly name?: string;
  /** The number of this moment. @param moment The last second. @param recent The last ten, for what is rare. */
  read(moment: Change, recent: Change): number | undefined;
}

/** One thing that the page shows: a number, and how it went. */
export interface Card {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly lines: readonly CardLine[];
  format(value: number): string;
  /** A second, smaller line of text. */
  note?(moment: Change, recent: Change): string;
}

const gauge = (name: string): CardLine => ({ read: ({ now }) => now.sum(name) });
const rate = (name: string): CardLine => ({ read: (moment) => moment.perSecond(name) });
const quantiles = (family: string): CardLine[] => [
  { name: "p99", read: (_, recent) => recent.quantile(family, 0.99) },
  { name: "p50", read: (_, recent) => recent.quantile(family, 0.5) },
];

/** In the order in which an operator asks: who is there, what goes out, is it in time, does the machine stand it. */
export const CARDS: readonly Card[] = [
  {
    id: "connections",
    zh: "连接",
    en: "Connections",
    lines: [gauge("tickwire_connections")],
    format: formatCount,
    note: ({ now }) => {
      const protocols = [...now.by("tickwire_connections", "protocol")];
      const parts = protocols.map(([protocol, count]) => `${protocol.split(".").at(-1)} ${formatCount(count)}`);
      const max = now.sum("tickwire_connection_places_max");
      return [...parts, ...(max === undefined ? [] : [`≤ ${formatCount(max)}`])].join(" · ");
    },
  },
  {
    id: "frames",
    zh: "每秒帧数",
    en: "Frames/s",
    lines: [rate("tickwire_frames_sent_total")],
    format: formatCount,
    note: (_, recent) => {
      const shared = recent.ratio("tickwire_frames_shared_total", "tickwire_frames_sent_total");
      return shared === undefined ? "" : `共享 shared ${formatPercent(shared)}`;
    },
  },
  {
    id: "updates",
    zh: "每秒更新",
    en: "Updates/s",
    lines: [rate("tickwire_quote_updates_sent_total")],
    format: formatCount,
    note: (_, recent) => {
      const perFrame = recent.ratio("tickwire_quote_updates_sent_total", "tickwire_frames_sent_total");
      return perFrame === undefined ? "" : `每帧 per frame ${formatRatio(perFrame)}`;
    },
  },
  {
    id: "bytes",
    zh: "每秒字节",
    en: "Bytes/s",
    lines: [rate("tickwire_sent_bytes_total")],
    format: formatBytes,
    note: (_, recent) => {
      const each = recent.ratio("tickwire_sent_bytes_total", "tickwire_quote_updates_sent_total");
      return each === undefined ? "" : `每次更新 per update ${formatBytes(each)}`;
    },
  },
  {
    id: "merge",
    zh: "合并率",
    en: "Ticks per update",
    lines: [{ read: (_, recent) => recent.ratio("tickwire_ticks_sent_total", "tickwire_quote_updates_sent_total") }],
    format: formatRatio,
  },
  {
    id: "feed",
    zh: "行情源每秒笔数",
    en: "Feed ticks/s",
    lines: [rate("tickwire_feed_ticks_total")],
    format: formatCount,
    note: ({ now }) => {
      const symbols = now.sum("tickwire_symbols");
      return symbols === undefined ? "" : `代码 symbols ${formatCount(symbols)}`;
    },
  },
  {
    id: "flush-lag",
    zh: "推送延迟",
    en: "Flush lag",
    lines: quantiles("tickwire_flush_lag_seconds"),
    format: formatSeconds,
  },
  {
    id: "loop-lag",
    zh: "事件循环延迟",
    en: "Event-loop lag",
    lines: quantiles("tickwire_event_loop_lag_seconds"),
    format: formatSeconds,
  },
  {
    id: "cpu",
    zh: "处理器",
    en: "Processor",
    lines: [rate("process_cpu_seconds_total")],
    format: formatPercent,
    note: () => "100% 为一个核心 is one core",
  },
  {
    id: "memory",
    zh: "内存",
    en: "Memory",
    lines: [gauge("process_resident_memory_bytes")],
    format: formatBytes,
    note: ({ now }) => {
      const used = now.by("tickwire_heap_bytes", "kind").get("used");
      return used === undefined ? "" : `堆 heap ${formatBytes(used)}`;
    },
  },
];
