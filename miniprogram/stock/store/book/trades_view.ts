import { type Direction, directionOf } from "../../../format/direction";
import { formatPrice } from "../../../format/price";
import { formatSize } from "../../../format/size";
import { formatTimeOfDay } from "../../../format/time";
import type { Language } from "../../../i18n/language";
import { fill, type Texts, textsOf } from "../../../i18n/texts";
import type { Trade, TradeSide } from "../../../lib/shared";
import type { RowRange } from "../../../store/row_range";

/** One line of 逐笔成交. */
export interface TradeRow {
  readonly key: string;
  /** "09:30" and ":05": a narrow list leaves the seconds away. */
  readonly time: string;
  readonly seconds: string;
  readonly price: string;
  /** Against the previous close. */
  readonly direction: Direction;
  readonly size: string;
  /** Who took: 买, 卖, or 竞 for an auction. */
  readonly side: string;
  /** The colour of the side: up for a buyer who took, down for a seller. */
  readonly sideDirection: Direction;
}

/** The rows that are made, and the room of those that are not. In layout pixels. */
export interface TradesView {
  readonly rows: readonly TradeRow[];
  readonly rowHeight: number;
  readonly roomAbove: number;
  readonly roomBelow: number;
  /** What came since the list was scrolled away from its top, as a sentence; "" when nothing did. */
  readonly unseen: string;
  /** Where the list is told to stand; it obeys when this changes. */
  readonly scrollTop: number;
  readonly isEmpty: boolean;
}

/** Trades by rising number, and how many are missing between them. */
export interface TradesHeld {
  readonly trades: readonly Trade[];
  readonly gaps: readonly { readonly missed: number }[];
}

export interface TradesFacts {
  readonly known: TradesHeld;
  readonly prevClose: number;
  readonly language: Language;
  readonly rowHeight: number;
  /** Of the newest-first list. */
  readonly range: RowRange;
  readonly unseenCount: number;
  readonly scrollTop: number;
}

/** The newest trade stands first. */
export function tradesView(facts: TradesFacts): TradesView {
  const { known: { trades, gaps }, prevClose, language, rowHeight, range, unseenCount, scrollTop } = facts;
  const texts = textsOf(language).book;
  const rows: TradeRow[] = [];
  for (let row = range.first; row < range.end; row++) {
    const trade = trades[trades.length - 1 - row];
    if (trade) rows.push(tradeRow(trade, prevClose, language, texts));
  }
  const missed = gaps.reduce((sum, gap) => sum + gap.missed, 0);
  return {
    rows,
    rowHeight,
    roomAbove: range.first * rowHeight,
    roomBelow: Math.max(0, trades.length - range.end) * rowHeight,
    unseen: noticeOf(unseenCount, missed, texts),
    scrollTop,
    isEmpty: trades.length === 0,
  };
}

/** What came unseen matters more than what cannot be had any more. */
function noticeOf(unseen: number, missed: number, texts: Texts["book"]): string {
  if (unseen > 0) return fill(texts.unseen, { count: unseen });
  return missed > 0 ? fill(texts.missed, { count: missed }) : "";
}

function tradeRow(trade: Trade, prevClose: number, language: Language, texts: Texts["book"]): TradeRow {
  const time = formatTimeOfDay(trade.exchangeTimeMs);
  return {
    key: String(trade.no),
    time: time.slice(0, 5),
    seconds: time.slice(5),
    price: formatPrice(trade.price),
    direction: directionOf(prevClose, trade.price),
    size: formatSize(trade.size, language),
    side: trade.side === "auction" ? texts.auctionSide : texts[trade.side],
    sideDirection: SIDE_DIRECTIONS[trade.side],
  };
}

const SIDE_DIRECTIONS: Readonly<Record<TradeSide, Direction>> = { buy: "up", sell: "down", auction: "flat" };
