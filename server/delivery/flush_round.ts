import type { Position } from "./position.ts";
import type { Step } from "./step.ts";
import type { View } from "./view.ts";

/**
 * One moment at which clients are flushed. The market does not move while it lasts, so what leads on from a position is made
 * for the first client that stands there, and taken by all others.
 */
export class FlushRound {
  /** What leads on from a position; null where nothing is owed. */
  readonly steps = new Map<Position, Step | null>();
  /** Where clients of a view stand that have everything, so that those who were apart are together again. */
  readonly arrivals = new Map<View, Position>();

  /** @param nowMs The server's clock. */
  constructor(readonly nowMs: number) {}
}
