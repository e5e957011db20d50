import type { Palette } from "../../format/palettes";
import { type Direction, directionOf } from "../../format/direction";
import { formatTurnover, formatVolume } from "../../format/magnitude";
import { averagePrice, formatAmplitude, formatChange, formatPercent, formatPrice, NO_VALUE } from "../../format/price";
import { formatMonthDay, formatTimeOfDay } from "../../format/time";
import type { Language } from "../../i18n/language";
import { type Texts, textsOf } from "../../i18n/texts";
import type { KnownQuote } from "../../net/quote_client";
import type { ConnectionView } from "../../store/connection_view";
import type { ProblemView } from "../../store/problem_view";
import { codeOf, nameOf } from "../../store/quote_views";
import type { PanelView } from "./book/book_panel";
import type { ChartView } from "./chart/chart_tabs";

/** One small figure of the header. */
export interface StockCell {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly direction: Direction;
}

/** What the header of the stock page shows of a quote. */
export interface StockHeader {
  readonly name: string;
  readonly code: string;
  /** The phase of the trading day, in words. */
  readonly phase: string;
  /** The exchange's date and time of the last change: "11-20 09:30:05". */
  readonly time: string;
  readonly price: string;
  readonly change: string;
  readonly percent: string;
  readonly direction: Direction;
  readonly cells: readonly StockCell[];
}

/** Where the book stands: beside the chart, which is then narrower, or below it; an index has none, its chart is alone. */
export type Board = "beside" | "below" | "alone";

export type StockStatus = "ready" | "loading" | "offline" | "unknown";

/** Everything the stock page shows, except what its chart draws for itself. */
export interface StockView extends StockHeader, PanelView {
  readonly rootClass: string;
  readonly t: Texts["stock"];
  readonly app: Texts["app"];
  readonly connection: ConnectionView;
  readonly showsSimulated: boolean;
  readonly status: StockStatus;
  readonly problem: ProblemView;
  readonly isWatched: boolean;
  readonly isStock: boolean;
  readonly palette: Palette;
  readonly language: Language;
  /** Whether this stock's numbers may look live. False greys the chart. */
  readonly isFresh: boolean;
  readonly chart: ChartView;
  readonly board: Board;
  readonly tools: Texts["chartTools"];
  readonly b: Texts["book"];
  /** The chart in words, for those who do not see it. */
  readonly summary: string;
}

/** The header of a stock of which only the symbol is known. */
export function emptyStockHeader(symbol: string, language: Language): StockHeader {
  const texts = textsOf(language).stock;
  const labels = Object.entries(cellLabels(texts));
  return {
    name: "",
    code: codeOf(symbol),
    phase: "",
    time: "",
    price: NO_VALUE,
    change: NO_VALUE,
    percent: NO_VALUE,
    direction: "flat",
    cells: labels.map(([key, label]) => ({ key, label, value: NO_VALUE, direction: "flat" })),
  };
}

export function stockHeader(quote: KnownQuote, language: Language): StockHeader {
  const { lastPrice, prevClose } = quote;
  const texts = textsOf(language);
  return {
    name: nameOf(quote, language),
    code: codeOf(quote.symbol),
    phase: texts.phase[quote.phase],
    time: `${formatMonthDay(quote.tradingDate)} ${formatTimeOfDay(quote.exchangeTimeMs)}`,
    price: formatPrice(lastPrice),
    change: formatChange(lastPrice, prevClose),
    percent: formatPercent(lastPrice, prevClose),
    direction: directionOf(prevClose, lastPrice),
    cells: stockCells(quote, language),
  };
}

type CellKey = "high" | "open" | "low" | "prevClose" | "volume" | "turnover" | "average" | "amplitude";

/** In reading order: four rows of two. */
function cellLabels(texts: Texts["stock"]): Readonly<Record<CellKey, string>> {
  const { high, open, low, prevClose, volume, turnover, average, amplitude } = texts;
  return { high, open, low, prevClose, volume, turnover, average, amplitude };
}

function stockCells(quote: KnownQuote, language: Language): StockCell[] {
  const labels = cellLabels(textsOf(language).stock);
  const { prevClose } = quote;
  // An index adds up prices of different shares, so its turnover over its volume is no price of anything.
  const average = quote.kind === "index" ? 0 : averagePrice(quote.turnover, quote.volume);
  const plain = (key: CellKey, value: string): StockCell => ({ key, label: labels[key], value, direction: "flat" });
  const priced = (key: CellKey, price: number): StockCell => (
    { key, label: labels[key], value: formatPrice(price), direction: directionOf(prevClose, price) }
  );
  return [
    priced("high", quote.high),
    priced("open", quote.open),
    priced("low", quote.low),
    plain("prevClose", formatPrice(prevClose)),
    plain("volume", formatVolume(quote.volume, language)),
    plain("turnover", formatTurnover(quote.turnover, language)),
    priced("average", average),
    plain("amplitude", formatAmplitude(quote.high, quote.low, prevClose)),
  ];
}
