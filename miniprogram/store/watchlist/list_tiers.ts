import type { SymbolCode, Tier } from "../../lib/shared";

/** Where a list lies on a page that scrolls. In layout pixels. */
export interface ListPlace {
  /** From the page's top to the first row. */
  readonly top: number;
  readonly rowHeight: number;
  /** Of the page's visible part. */
  readonly screenHeight: number;
  readonly scrollTop: number;
}

/** How near each symbol is to the eye. */
export type ListTiers = Readonly<Record<Tier, readonly SymbolCode[]>>;

/**
 * Rows on the screen are `visible`, those up to one screen away `near`, and the others `hidden`. What stands above the
 * list is visible with the page's top.
 */
export function listTiers(above: readonly SymbolCode[], rows: readonly SymbolCode[], place: ListPlace): ListTiers {
  const { screenHeight, scrollTop, top } = place;
  const [first, end] = [rowAt(scrollTop, place), rowAt(scrollTop + screenHeight - 1, place) + 1];
  const [nearFirst, nearEnd] = [
    rowAt(scrollTop - screenHeight, place),
    rowAt(scrollTop + 2 * screenHeight - 1, place) + 1,
  ];
  const isTopSeen = scrollTop < top;
  const part = (from: number, to: number) => rows.slice(Math.max(0, from), Math.max(0, to));
  return {
    visible: [...(isTopSeen ? above : []), ...part(first, end)],
    near: [...(isTopSeen ? [] : above), ...part(nearFirst, first), ...part(end, nearEnd)],
    hidden: [...part(0, nearFirst), ...part(Math.max(nearEnd, 0), rows.length)],
  };
}

/** Nothing is seen of a page that is left. */
export function hiddenTiers(symbols: readonly SymbolCode[]): ListTiers {
  return { visible: [], near: [], hidden: symbols };
}

export function sameTiers(one: ListTiers, other: ListTiers): boolean {
  return one.visible.join() === other.visible.join() && one.near.join() === other.near.join() &&
    one.hidden.join() === other.hidden.join();
}

/** The row at a height of the page; below 0 above the list. */
function rowAt(y: number, { top, rowHeight }: ListPlace): number {
  return Math.floor((y - top) / rowHeight);
}
