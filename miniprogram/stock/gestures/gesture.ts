/** A finger on the glass. */
export interface TouchPoint {
  /** The same from its coming to its going. */
  readonly identifier: number;
  /** In layout pixels from the left and the top of the chart. */
  readonly x: number;
  readonly y: number;
}

/** What fingers mean. Places and distances in layout pixels. */
export type Gesture =
  /** A finger came while there was none: what moves by itself must stop. */
  | { readonly type: "down" }
  | { readonly type: "tap"; readonly x: number; readonly y: number }
  /** The second of two taps at one place; it is a tap as well, and follows it. */
  | { readonly type: "doubletap"; readonly x: number; readonly y: number }
  /** A finger rests, or moves after it has rested, until `pressend`. */
  | { readonly type: "press"; readonly x: number; readonly y: number }
  | { readonly type: "pressend" }
  /** A finger moved sideways by `dx` since the last one. */
  | { readonly type: "pan"; readonly dx: number }
  /** It was lifted while it moved: pixels per millisecond; 0 when it had come to rest. */
  | { readonly type: "panend"; readonly velocity: number }
  /** Two fingers, told as soon as the second one comes: their distance grew by `factor`, and the middle between them moved by `dx` and is at `x` now. */
  | { readonly type: "pinch"; readonly factor: number; readonly x: number; readonly dx: number };
