import { formatTimeOfDay } from "../../format/time";
import { fill, type Texts } from "../../i18n/texts";
import type { ClientMessage, ServerMessage } from "../../lib/shared";
import type { QuoteClient, TapEntry } from "../../net/quote_client";
import type { RowRange } from "../row_range";
import type { ConnectionView } from "../connection_view";

/** Characters of a message's text that are shown. */
const TEXT_MAX = 4_000;

/** One message, as a line. */
export interface EntryRow {
  readonly key: string;
  /** "09:30:05.123", of our own clock in Shanghai. */
  readonly time: string;
  /** "↓" for what came, "↑" for what was sent. */
  readonly arrow: string;
  readonly isOut: boolean;
  readonly type: string;
  readonly bytes: string;
  /** What is in it, in a few words. */
  readonly summary: string;
}

/** One figure about the line. */
export interface Counter {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/** The message that was touched. */
export interface EntryDetail {
  readonly title: string;
  /** Its bytes in hexadecimal; "" for one that was text. */
  readonly hex: string;
  /** What was understood of it. */
  readonly text: string;
}

export const NO_DETAIL: EntryDetail = { title: "", hex: "", text: "" };

/** Everything the debug page shows. */
export interface DebugView {
  readonly rootClass: string;
  readonly t: Texts["debug"];
  readonly connection: ConnectionView;
  readonly counters: readonly Counter[];
  readonly rows: readonly EntryRow[];
  readonly rowHeight: number;
  readonly roomAbove: number;
  readonly roomBelow: number;
  readonly scrollTop: number;
  readonly pauseText: string;
  /** What the line would be switched to. */
  readonly wireFormText: string;
  readonly isEmpty: boolean;
  readonly detail: EntryDetail;
}

/** The newest first. */
export function entryRows(entries: readonly TapEntry[], range: RowRange, texts: Texts["debug"]): EntryRow[] {
  const rows: EntryRow[] = [];
  for (let row = range.first; row < range.end; row++) {
    const entry = entries[entries.length - 1 - row];
    if (entry) rows.push(entryRow(entry, texts));
  }
  return rows;
}

function entryRow({ no, atMs, direction, type, bytes, message }: TapEntry, texts: Texts["debug"]): EntryRow {
  const isOut = direction === "out";
  return {
    key: String(no),
    time: timeOf(atMs),
    arrow: isOut ? "↑" : "↓",
    isOut,
    type,
    bytes: `${bytes} B`,
    summary: summaryOf(message, texts),
  };
}

export function entryDetail(entry: TapEntry, texts: Texts["debug"]): EntryDetail {
  const { no, atMs, direction, via, type, bytes, hex, text, message } = entry;
  return {
    title: `#${no} ${timeOf(atMs)} ${direction === "out" ? "↑" : "↓"} ${type} · ${bytes} B · ${via}`,
    hex: hex ?? "",
    text: (message ? JSON.stringify(message, null, 1) : text ?? texts.unreadable).slice(0, TEXT_MAX),
  };
}

/** How many symbols, and how many ticks were merged into them. */
function summaryOf(message: ClientMessage | ServerMessage | undefined, texts: Texts["debug"]): string {
  switch (message?.type) {
    case "update":
      return fill(texts.updateSummary, {
        count: message.quotes.length,
        merged: message.quotes.reduce((sum, quote) => sum + quote.merged, 0),
      });
    case "snapshot":
      return "quotes" in message
        ? fill(texts.symbolsSummary, { count: message.quotes.length })
        : fill(texts.symbolsSummary, { count: message.symbols.length });
    case "candles":
      return fill(texts.candlesSummary, { count: itemsIn(message.runs.map(({ candles }) => candles)) });
    case "trades":
      return fill(texts.tradesSummary, { count: itemsIn(message.runs.map(({ trades }) => trades)) });
    case "subscribe":
    case "unsubscribe":
      return fill(texts.symbolsSummary, { count: message.symbols.length });
    case "subscribed":
      return fill(texts.symbolsSummary, { count: message.ok.length });
    case "ack":
      return `#${message.frame}`;
    case "error":
      return message.code;
    default:
      return "";
  }
}

function itemsIn(lists: readonly (readonly unknown[])[]): number {
  return lists.reduce((sum, list) => sum + list.length, 0);
}

const NOTHING = "--";

/** What the line has been through. */
export function counters(client: QuoteClient, seen: SeenCounts, texts: Texts["debug"]): Counter[] {
  const { protocol, rttMs, ratePerSecond, repairs, mergedLast, state } = client;
  const values: Readonly<Record<CounterKey, string>> = {
    state,
    protocol: protocol ?? NOTHING,
    rtt: rttMs === undefined ? NOTHING : `${Math.round(rttMs)} ms`,
    frames: `${seen.framesPerSecond} / ${ratePerSecond ?? NOTHING}`,
    merged: String(mergedLast),
    gaps: String(repairs.gap),
    checksums: `${repairs.checksum} / ${repairs.checksum + repairs.agreed}`,
    reconnects: String(seen.reconnects),
    resumes: String(seen.resumes),
  };
  return KEYS.map((key) => ({ key, label: texts[key], value: values[key] }));
}

export interface SeenCounts {
  readonly framesPerSecond: number;
  readonly reconnects: number;
  /** Since the page was opened. */
  readonly resumes: number;
}

const KEYS = ["state", "protocol", "rtt", "frames", "merged", "gaps", "checksums", "reconnects", "resumes"] as const;
type CounterKey = (typeof KEYS)[number];

function timeOf(atMs: number): string {
  return `${formatTimeOfDay(atMs)}.${String(Math.floor(atMs % 1000)).padStart(3, "0")}`;
}
