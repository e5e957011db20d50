/** The three ways to show what happens: a table in place, lines, or lines of JSON. */
import { formatTimeOfDay } from "../../miniprogram/format/time.ts";
import type {
  ClientError,
  ClientState,
  KnownQuote,
  QuoteClient,
  Rejections,
} from "../../miniprogram/net/quote_client.ts";
import type { Clock, SymbolCode } from "../../shared/mod.ts";
import { painter } from "./colors.ts";
import type { WatchOptions } from "./options.ts";
import type { RateMeter } from "./rate_meter.ts";
import { statusLine } from "./status.ts";
import { cellTexts, directionLook, type Row, tableLines } from "./table.ts";
import type { Terminal } from "./terminal.ts";
import { harmless } from "./text_width.ts";
import { TEXTS } from "./texts.ts";

export interface Display {
  /** These symbols have changed. Returns false when nobody reads any more. */
  changed(symbols: Iterable<SymbolCode>): boolean;
  state(state: ClientState): boolean;
  failed(error: ClientError): boolean;
  rejected(rejected: Rejections): boolean;
  /** Something that helps a person. */
  hint(text: string): boolean;
  /** Time has passed: ages and countdowns are others now. */
  tick(): boolean;
  /** Leaves the terminal as it was found. */
  end(): void;
}

export interface DisplayParts {
  readonly client: QuoteClient;
  readonly options: WatchOptions;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly updates: RateMeter;
}

export function makeDisplay(parts: DisplayParts): Display {
  if (parts.options.json) return jsonDisplay(parts);
  return parts.terminal.isTerminal ? tableDisplay(parts) : lineDisplay(parts);
}

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
/** A line that is too long is cut at the margin instead of wrapped, or the next redraw would begin in the wrong line. */
const NO_WRAP = "\x1b[?7l";
const WRAP = "\x1b[?7h";

function tableDisplay({ client, options, terminal, clock, updates }: DisplayParts): Display {
  const paint = painter(terminal.hasColor);
  let refused: readonly string[] = [];
  let hinted = "";
  let linesAbove = 0;
  const draw = () => {
    const { columns, rows: height } = terminal.size();
    const texts = TEXTS[options.language];
    const all = options.symbols.filter((symbol) => !refused.includes(symbol)).map((symbol) => rowOf(client, symbol));
    const notes = refused.length > 0 ? [paint(texts.unknown(refused.join(" ")), "warning")] : [];
    // A hint is about how to get a line; with one it has done its work.
    if (hinted !== "" && client.state !== "live") notes.push(paint(hinted, "warning"));
    // Heading, status and the line of the cursor always stay in view.
    const room = Math.max(1, height - 3 - notes.length);
    const shown = all.length > room ? all.slice(0, Math.max(0, room - 1)) : all;
    if (shown.length < all.length) notes.unshift(texts.more(all.length - shown.length));
    const status = statusLine(client, updates.perSecond(clock.nowMs()), options.language, clock.nowMs());
    const lines = [
      ...tableLines(shown, options.language, columns, paint),
      ...notes,
      paint(status, client.state === "live" ? "dim" : "warning"),
    ];
    const up = linesAbove > 0 ? `\x1b[${linesAbove}A` : HIDE_CURSOR + NO_WRAP;
    linesAbove = lines.length;
    return terminal.write(`${up}\r${lines.map((line) => `${line}\x1b[K\n`).join("")}\x1b[J`);
  };
  return {
    // The table is drawn by the tick, so that a busy market does not redraw it more often than an eye can follow.
    changed: () => true,
    state: draw,
    failed: () => true,
    rejected: (rejected) => {
      refused = Array.from(rejected.keys());
      return draw();
    },
    hint: (text) => {
      hinted = text;
      return draw();
    },
    tick: draw,
    end: () => {
      if (linesAbove > 0) terminal.write(WRAP + SHOW_CURSOR);
    },
  };
}

function lineDisplay({ client, options, terminal }: DisplayParts): Display {
  const { language } = options;
  const note = (text: string) => {
    terminal.writeError(`${text}\n`);
    return true;
  };
  const paint = painter(terminal.hasColor);
  return {
    changed: (symbols) =>
      terminal.write(
        known(client, symbols).map((quote) => {
          const cells = cellTexts(rowOf(client, quote.symbol), language);
          const time = formatTimeOfDay(quote.exchangeTimeMs);
          const { code, name, price, change, percent, high, low, volume, turnover } = cells;
          return paint(
            [time, code, name, price, change, percent, high, low, volume, turnover].join("\t"),
            directionLook(quote),
          ) + "\n";
        }).join(""),
      ),
    state: (state) => note(`${TEXTS[language].states[state]} · ${client.url}`),
    failed: ({ text }) => note(harmless(text)),
    rejected: (rejected) => note(TEXTS[language].unknown(Array.from(rejected.keys()).join(" "))),
    hint: note,
    tick: () => true,
    end: () => {},
  };
}

function jsonDisplay({ client, terminal, clock }: DisplayParts): Display {
  const line = (value: object) => terminal.write(`${JSON.stringify(value)}\n`);
  return {
    changed: (symbols) =>
      known(client, symbols).every((quote) =>
        line({ type: "quote", receivedMs: clock.nowMs(), fresh: client.isFresh(quote.symbol), ...quote })
      ),
    state: (state) => line({ type: "state", atMs: clock.nowMs(), state, url: client.url }),
    failed: (error) => line({ type: "error", atMs: clock.nowMs(), ...error }),
    rejected: (rejected) => line({ type: "rejected", symbols: Object.fromEntries(rejected) }),
    hint: () => true,
    tick: () => true,
    end: () => {},
  };
}

function known(client: QuoteClient, symbols: Iterable<SymbolCode>): KnownQuote[] {
  return Array.from(symbols, (symbol) => client.quote(symbol)).filter((quote) => quote !== undefined);
}

function rowOf(client: QuoteClient, symbol: string): Row {
  return {
    symbol,
    quote: client.quote(symbol),
    isFresh: client.isFresh(symbol),
    changeAgeMs: client.changeAgeMs(symbol),
  };
}
