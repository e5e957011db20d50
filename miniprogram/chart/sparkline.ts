/**
 * A day in the height of a row, as a picture that a style can name, drawn on the scales of the charts and by their trace.
 * A canvas of its own for each of two hundred rows would cost a phone more than all the rest of the list; a picture is
 * drawn by the screen, scrolls with its row, and as a mask takes the row's colour, also when that turns grey.
 */
import { SLOTS_PER_DAY, SPARKLINE_STEP_MINUTES } from "../lib/shared";
import { LinearScale, type PriceUnits, type SlotIndex, SlotScale } from "./scales";
import { SvgPath } from "./svg_path";
import { traceLine } from "./trace";

/** Units of the picture, which is stretched to its place: whole units are finer than a row's pixels. */
const HEIGHT = 40;

/** Of the picture, one unit for each minute: the line ends where the day stands, and lunch takes no room. */
const WIDTH = SLOTS_PER_DAY;

/** Room above and below the line, so that its thickness is not cut off. */
const MARGIN = 2;

const SLOTS = new SlotScale(SLOTS_PER_DAY, 0, WIDTH);

/** A day up to now. */
export interface SparklineDay {
  /** Where the line begins; 0 before the first trade. */
  readonly open: PriceUnits;
  /** What the day is measured against; 0 where it is not known. */
  readonly prevClose: PriceUnits;
  /** The last price of every {@link SPARKLINE_STEP_MINUTES} minutes, the running ones included; NaN where it is not known. */
  readonly closes: readonly PriceUnits[];
  /** The minute of the last of them. */
  readonly slot: SlotIndex;
}

/** A mask that shows the line, a faint area below it, and the line that the day is measured against; "" without a price. */
export function sparklineMask({ open, prevClose, closes, slot }: SparklineDay): string {
  const prices = [open || NaN, ...closes];
  const scale = scaleOf(prevClose ? [prevClose, ...prices] : prices);
  const path = new SvgPath();
  // The opening price stands at the day's edge, each other one in the middle of its minute.
  const xAt = (index: number) =>
    index === 0 ? SLOTS.leftOf(0) : SLOTS.middleOf(Math.min(slot, index * SPARKLINE_STEP_MINUTES - 1));
  const traced = traceLine(path, { valueAt: (index) => prices[index] as number, xAt, scale }, 0, closes.length);
  if (!traced) return "";
  const [first] = traced;
  const base = Math.round(scale.toPixel(prevClose || prices[first] as number));
  return svg(
    `<path d='M0,${base}H${WIDTH}' stroke-dasharray='2,2' opacity='.45'/><path d='${path}' stroke-width='1.25'/>` +
      `<path d='${path}V${HEIGHT}H${Math.round(xAt(first))}z' fill='#000' stroke='none' opacity='.14'/>`,
  );
}

/** From the lowest to the highest; a flat line lies in the middle. */
function scaleOf(prices: readonly PriceUnits[]): LinearScale<PriceUnits> {
  const known = prices.filter((price) => !Number.isNaN(price));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = high > low ? 0 : 1;
  return new LinearScale(low - room, high + room, HEIGHT - MARGIN, MARGIN);
}

function svg(inside: string): string {
  const head = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0,0,${WIDTH},${HEIGHT}' preserveAspectRatio='none'>`;
  const group = `<g fill='none' stroke='#000'>${inside}</g></svg>`;
  // The picture is stretched, its lines are not; no shape inherits that.
  return `data:image/svg+xml,${
    escaped(`${head}${group}`.replace(/<path /g, "<path vector-effect='non-scaling-stroke' "))
  }`;
}

/** What may not stand in an address within a style, where it has no quotes around it. */
function escaped(text: string): string {
  return text.replace(/[%#<>' ]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
