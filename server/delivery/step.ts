import type { FrameBody } from "./frame_forms.ts";
import type { FrameKind, Position } from "./position.ts";

/** A frame, and where it leads. */
export interface Step {
  readonly kind: FrameKind;
  readonly body: FrameBody;
  readonly next: Position;
  /** Whether nothing is owed beyond it. */
  readonly isLast?: boolean;
  /** Quotes, or runs, in it. */
  readonly parts: number;
  /** Ticks that its updates stand for. */
  readonly merged: number;
}
