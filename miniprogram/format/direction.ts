/** Which way a number points: the one thing a colour says on every screen. */
export type Direction = "up" | "down" | "flat";

/** The direction from `from` to `to`; `flat` when they are equal or when either is 0, which stands for "no price". */
export function directionOf(from: number, to: number): Direction {
  if (from === 0 || to === 0 || from === to) return "flat";
  return to > from ? "up" : "down";
}
