import { type Direction, directionOf } from "../../../format/direction";
import { divideRounded, hundredthsToText } from "../../../format/integers";
import { formatPrice, NO_VALUE } from "../../../format/price";
import { formatSize } from "../../../format/size";
import type { Language } from "../../../i18n/language";
import { type Texts, textsOf } from "../../../i18n/texts";
import { type Depth, DEPTH_LEVELS, type DepthLevel } from "../../../lib/shared";

/** One level of the book, as text. */
export interface LevelView {
  /** "ask5" to "ask1", then "bid1" to "bid5". */
  readonly key: string;
  readonly label: string;
  readonly price: string;
  /** Against the previous close. */
  readonly direction: Direction;
  readonly size: string;
  /** Length of its bar, 0 to 100: its share of the largest level of both sides. */
  readonly bar: number;
  /** Class of a flash that begins when it changes: "more-0", "more-1", "less-0", "less-1" or "". */
  readonly flash: string;
}

/** 五档盘口, with what it says of the day. */
export interface BookView {
  /** From the dearest to the cheapest: asks above bids, as they meet in the middle. */
  readonly asks: readonly LevelView[];
  readonly bids: readonly LevelView[];
  /** 委比: how much more waits to buy than to sell, in percent of both; "--" while nothing waits. */
  readonly balance: string;
  readonly balanceDirection: Direction;
  readonly outside: string;
  readonly inside: string;
  /** 外盘 in percent of both, 0 to 100; 50 before the first trade. */
  readonly outsideShare: number;
  /** At what price and size a running auction would end, as one sentence; "" when there is none. */
  readonly auction: string;
}

export interface BookFacts {
  readonly depth: Depth | undefined;
  /** In units of 0.01; 0 when unknown. */
  readonly prevClose: number;
  readonly language: Language;
  /** The flash of the level at a price; "" where it did not change. */
  readonly flashOf: (side: BookSide, level: DepthLevel) => string;
}

export type BookSide = "ask" | "bid";

const NO_DEPTH = {
  bids: [],
  asks: [],
  outsideVolume: 0,
  insideVolume: 0,
  indicativePrice: 0,
  indicativeVolume: 0,
};

const LEVELS = Array.from({ length: DEPTH_LEVELS }, (_, i) => i);

export function bookView(facts: BookFacts): BookView {
  const { bids, asks, outsideVolume, insideVolume } = facts.depth ?? NO_DEPTH;
  const { language } = facts;
  const sizeMax = [...bids, ...asks].reduce((max, [, size]) => Math.max(max, size), 1);
  const level = (side: BookSide, place: number) => levelView(facts, side, place, sizeMax);
  const traded = outsideVolume + insideVolume;
  return {
    asks: LEVELS.map((i) => level("ask", DEPTH_LEVELS - 1 - i)),
    bids: LEVELS.map((i) => level("bid", i)),
    ...balanceOf(sumOf(bids), sumOf(asks)),
    outside: traded === 0 ? NO_VALUE : formatSize(outsideVolume, language),
    inside: traded === 0 ? NO_VALUE : formatSize(insideVolume, language),
    outsideShare: traded === 0 ? 50 : divideRounded(outsideVolume * 100, traded),
    auction: auctionText(facts, textsOf(language).book),
  };
}

function levelView(facts: BookFacts, side: BookSide, place: number, sizeMax: number): LevelView {
  const { depth, language, prevClose, flashOf } = facts;
  const texts = textsOf(language).book;
  const head = { key: `${side}${place + 1}`, label: `${side === "ask" ? texts.ask : texts.bid}${place + 1}` };
  const level = (side === "ask" ? depth?.asks : depth?.bids)?.[place];
  if (!level) return { ...head, price: NO_VALUE, direction: "flat", size: NO_VALUE, bar: 0, flash: "" };
  const [price, size] = level;
  return {
    ...head,
    price: formatPrice(price),
    direction: directionOf(prevClose, price),
    size: formatSize(size, language),
    bar: divideRounded(size * 100, sizeMax),
    flash: flashOf(side, level),
  };
}

function balanceOf(buying: number, selling: number): Pick<BookView, "balance" | "balanceDirection"> {
  if (buying + selling === 0) return { balance: NO_VALUE, balanceDirection: "flat" };
  const hundredths = divideRounded((buying - selling) * 10_000, buying + selling);
  const sign = hundredths > 0 ? "+" : "";
  return {
    balance: `${sign}${hundredthsToText(hundredths)}%`,
    balanceDirection: hundredths === 0 ? "flat" : hundredths > 0 ? "up" : "down",
  };
}

function auctionText({ depth, language }: BookFacts, texts: Texts["book"]): string {
  if (!depth || depth.indicativePrice === 0) return "";
  const { indicativePrice, indicativeVolume } = depth;
  return `${texts.auction} ${formatPrice(indicativePrice)} · ${formatSize(indicativeVolume, language)}`;
}

function sumOf(levels: readonly DepthLevel[]): number {
  return levels.reduce((sum, [, size]) => sum + size, 0);
}
