/**
 * A day in the height of a row, as a picture that a style can name. A canvas of its own for each of two hundred rows would
 * cost a phone more than all the rest of the list; a picture is drawn by the screen, scrolls with its row, and as a mask
 * takes the row's colour, also when that turns grey.
 */

/** Units of the picture, which is stretched to its place: whole units are finer than a row's pixels. */
const HEIGHT = 40;

/** Room above and below the line, so that its thickness is not cut off. */
const MARGIN = 2;

/**
 * A mask that shows the line, a faint area below it, and the line that the day is measured against.
 *
 * @param closes The prices of each step up to now, in units of 0.01; at least one.
 * @param prevClose In units of 0.01; 0 where it is not known.
 * @param steps Of a whole day: the line ends where the day stands.
 */
export function sparklineMask(closes: readonly number[], prevClose: number, steps: number): string {
  const base = prevClose || (closes[0] as number);
  const [low, high] = [Math.min(base, ...closes), Math.max(base, ...closes)];
  const scale = high > low ? (HEIGHT - 2 * MARGIN) / (high - low) : 0;
  // Of a flat line the middle.
  const yOf = (price: number) => Math.round(scale === 0 ? HEIGHT / 2 : HEIGHT - MARGIN - (price - low) * scale);
  const heights = closes.map(yOf);
  const moves = heights.slice(1).map((y, i) => stepTo(y - (heights[i] as number))).join(",");
  // The first price of a day has no line yet; a path without one would be no path.
  const line = `M0,${heights[0]}${moves ? `l${moves}` : "h0"}`;
  return svg(
    steps - 1,
    `<path d='M0,${yOf(base)}H${
      steps - 1
    }' stroke-dasharray='2,2' opacity='.45'/><path d='${line}' stroke-width='1.25'/>` +
      `<path d='${line}V${HEIGHT}H0z' fill='#000' stroke='none' opacity='.14'/>`,
  );
}

/** One step to the right and `dy` down, in as few characters as a path allows: a list sends these for every row. */
function stepTo(dy: number): string {
  return dy < 0 ? `1${dy}` : `1,${dy}`;
}

function svg(width: number, inside: string): string {
  const head = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0,0,${width},${HEIGHT}' preserveAspectRatio='none'>`;
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
