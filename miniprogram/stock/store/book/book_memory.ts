import type { Depth, DepthLevel } from "../../../lib/shared";
import type { BookSide } from "./book_view";

interface Remembered {
  readonly size: number;
  readonly flash: string;
}

/** Remembers what waited at each price, so that a level which grew or shrank knows it, wherever in the list it has moved to. */
export class BookMemory {
  private depth: Depth | undefined;
  private levels: ReadonlyMap<string, Remembered> = new Map();

  /** Takes the newest book. The same one again changes nothing. */
  take(depth: Depth | undefined): void {
    if (depth === this.depth) return;
    const before = this.depth ? this.levels : undefined;
    const levels = new Map<string, Remembered>();
    for (const [side, ofSide] of [["ask", depth?.asks], ["bid", depth?.bids]] as const) {
      for (const level of ofSide ?? []) {
        const key = keyOf(side, level);
        levels.set(key, { size: level[1], flash: before ? nextFlash(before.get(key), level[1]) : "" });
      }
    }
    this.depth = depth;
    this.levels = levels;
  }

  flashOf(side: BookSide, level: DepthLevel): string {
    return this.levels.get(keyOf(side, level))?.flash ?? "";
  }

  /** Forgets everything: the next book does not flash. */
  clear(): void {
    this.depth = undefined;
    this.levels = new Map();
  }
}

/** The names of a flash take turns, because an animation runs again only when its name changes. */
function nextFlash(before: Remembered | undefined, size: number): string {
  if (before?.size === size) return before.flash;
  const kind = size > (before?.size ?? 0) ? "more" : "less";
  return `${kind}-${before?.flash.endsWith("-0") ? 1 : 0}`;
}

function keyOf(side: BookSide, [price]: DepthLevel): string {
  return `${side}${price}`;
}
