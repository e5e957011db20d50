/** The table of quotes: text of a given width, no terminal needed. */
import { formatAge } from "../../miniprogram/format/age.ts";
import { directionOf } from "../../miniprogram/format/direction.ts";
import { formatTurnover, formatVolume } from "../../miniprogram/format/magnitude.ts";
import { formatChange, formatPercent, formatPrice, NO_VALUE } from "../../miniprogram/format/price.ts";
import type { Language } from "../../miniprogram/i18n/language.ts";
import type { KnownQuote } from "../../miniprogram/net/quote_client.ts";
import type { Look, Paint } from "./colors.ts";
import { harmless, pad } from "./text_width.ts";
import { type ColumnName, TEXTS } from "./texts.ts";

/** One row: what is known of a symbol now. */
export interface Row {
  readonly symbol: string;
  readonly quote: KnownQuote | undefined;
  readonly isFresh: boolean;
  /** Milliseconds since the last change; `undefined` before the first. */
  readonly changeAgeMs: number | undefined;
}

interface Column {
  readonly name: ColumnName;
  readonly width: number;
  readonly align: "left" | "right";
  /** Columns with the highest number go first when the window is narrow. */
  readonly expendable: number;
  /** Whether it takes the colour of the price's direction. */
  readonly isColored?: true;
}

const COLUMNS: readonly Column[] = [
  { name: "name", width: 16, align: "left", expendable: 0 },
  { name: "code", width: 9, align: "left", expendable: 3 },
  { name: "price", width: 9, align: "right", expendable: 0, isColored: true },
  { name: "change", width: 8, align: "right", expendable: 4, isColored: true },
  { name: "percent", width: 8, align: "right", expendable: 0, isColored: true },
  { name: "high", width: 9, align: "right", expendable: 5 },
  { name: "low", width: 9, align: "right", expendable: 6 },
  { name: "volume", width: 11, align: "right", expendable: 8 },
  { name: "turnover", width: 9, align: "right", expendable: 7 },
  { name: "age", width: 6, align: "right", expendable: 2 },
];

const GAP = "  ";
/** What a wide window adds to the names at most: the longest English one is cut no more. */
const NAME_EXTRA_MAX = 10;

/** Heading and rows as lines of at most `width` columns, as far as the columns that must stay allow. */
export function tableLines(rows: readonly Row[], language: Language, width: number, paint: Paint): string[] {
  const columns = columnsFor(width);
  const heading = columns.map(({ name, width, align }) => pad(TEXTS[language].columns[name], width, align)).join(GAP);
  return [paint(heading.trimEnd(), "bold"), ...rows.map((row) => rowLine(row, columns, language, paint))];
}

function columnsFor(width: number): readonly Column[] {
  let columns = COLUMNS;
  const taken = () => columns.reduce((sum, column) => sum + column.width + GAP.length, -GAP.length);
  while (taken() > width) {
    const most = Math.max(...columns.map(({ expendable }) => expendable));
    if (most === 0) break;
    columns = columns.filter(({ expendable }) => expendable !== most);
  }
  const extra = Math.min(NAME_EXTRA_MAX, Math.max(0, width - taken()));
  return columns.map((column) => column.name === "name" ? { ...column, width: column.width + extra } : column);
}

function rowLine(row: Row, columns: readonly Column[], language: Language, paint: Paint): string {
  const cells = cellTexts(row, language);
  const look = row.quote ? directionLook(row.quote) : "dim";
  const padded = columns.map(({ name, width, align, isColored }) => {
    const text = pad(cells[name], width, align);
    return row.isFresh && isColored ? paint(text, look) : text;
  });
  const line = padded.join(GAP).trimEnd();
  return row.isFresh ? line : paint(line, "dim");
}

/** Every cell's text. A symbol that nothing is known of shows its code for a name. */
export function cellTexts({ symbol, quote, changeAgeMs }: Row, language: Language): Record<ColumnName, string> {
  const age = changeAgeMs === undefined ? NO_VALUE : formatAge(changeAgeMs, language);
  if (!quote) {
    const none = NO_VALUE;
    const numbers = { price: none, change: none, percent: none, high: none, low: none, volume: none, turnover: none };
    return { name: symbol, code: symbol, ...numbers, age };
  }
  return {
    name: harmless(language === "zh" ? quote.name : quote.nameEn),
    code: quote.symbol,
    price: formatPrice(quote.lastPrice),
    change: formatChange(quote.lastPrice, quote.prevClose),
    percent: formatPercent(quote.lastPrice, quote.prevClose),
    high: formatPrice(quote.high),
    low: formatPrice(quote.low),
    volume: formatVolume(quote.volume, language),
    turnover: formatTurnover(quote.turnover, language),
    age,
  };
}

export function directionLook({ lastPrice, prevClose }: KnownQuote): Look {
  const direction = directionOf(prevClose, lastPrice);
  return direction === "flat" ? "plain" : direction;
}
