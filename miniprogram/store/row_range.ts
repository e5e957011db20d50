/** Which rows of a long list are on the screen, and which are made although they are not, so that scrolling finds them. */

/** Rows made beyond each edge of what is seen. */
const OVERSCAN_ROWS = 5;

/** A part of a list: from `first` up to, not including, `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

export interface ListPlace {
  readonly rowCount: number;
  /** In layout pixels. */
  readonly rowHeight: number;
  /** Of the list's visible part, in layout pixels. */
  readonly height: number;
  readonly scrollTop: number;
}

/** The rows to make. The range moves in steps of the overscan, so that scrolling a little makes none. */
export function rowsToMake({ rowCount, rowHeight, height, scrollTop }: ListPlace): RowRange {
  const firstSeen = Math.max(0, Math.floor(scrollTop / rowHeight));
  const seen = Math.ceil(height / rowHeight) + 1;
  const block = Math.floor(firstSeen / OVERSCAN_ROWS) * OVERSCAN_ROWS;
  const first = Math.max(0, Math.min(block - OVERSCAN_ROWS, rowCount - seen - OVERSCAN_ROWS));
  return { first, end: Math.min(rowCount, block + seen + 2 * OVERSCAN_ROWS) };
}
