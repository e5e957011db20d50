/** From values to layout pixels and back. Both ways, because a finger on the glass asks the opposite of what a pen does. */

/**
 * A number of something. A plain number fits everywhere, but a number of one thing does not fit where another is meant:
 * the compiler then knows a price from a pixel, and it costs nothing when the program runs.
 */
export type NumberOf<Thing extends string> = number & { readonly thing?: Thing };

/** A place in layout pixels, from the left or from the top of the canvas. */
export type Pixel = NumberOf<"pixel">;

/** A price in units of 0.01; of an average or an indicator a fraction of them. */
export type PriceUnits = NumberOf<"price">;

/** A place among slots or candles: 3 is where the fourth begins, 3.5 is its middle. */
export type SlotIndex = NumberOf<"slot">;

/** Maps values to pixels in proportion. Neither end is clamped. */
export class LinearScale<Value extends number = number> {
  /** Layout pixels for one unit of the value; negative where values grow upwards. */
  readonly pixelsPerUnit: number;

  /**
   * @param valueAtStart The value shown at `start`.
   * @param valueAtEnd The value shown at `end`; not the same as `valueAtStart`.
   * @param start Layout pixels.
   * @param end Layout pixels; smaller than `start` where values grow upwards.
   */
  constructor(
    readonly valueAtStart: Value,
    readonly valueAtEnd: Value,
    readonly start: Pixel,
    readonly end: Pixel,
  ) {
    this.pixelsPerUnit = (end - start) / (valueAtEnd - valueAtStart);
  }

  toPixel(value: Value): Pixel {
    return this.start + (value - this.valueAtStart) * this.pixelsPerUnit;
  }

  toValue(pixel: Pixel): Value {
    return this.valueAtStart + (pixel - this.start) / this.pixelsPerUnit as Value;
  }

  /** Whether another scale, between the same pixels, shows every value at the same place. */
  isSame(other: LinearScale<Value>): boolean {
    return this.valueAtStart === other.valueAtStart && this.valueAtEnd === other.valueAtEnd;
  }
}

/** Divides a width into equal slots, side by side. */
export class SlotScale {
  /** In layout pixels. */
  readonly slotWidth: number;

  /**
   * @param slotCount Number of slots in the width, above 0; a fraction where one is cut off.
   * @param left Where the width begins, in layout pixels.
   * @param width Of all slots together, in layout pixels.
   * @param first What lies at `left`. @default 0
   */
  constructor(readonly slotCount: number, readonly left: Pixel, readonly width: number, readonly first: SlotIndex = 0) {
    this.slotWidth = width / slotCount;
  }

  /** Where `slot` begins. The slot after the last is allowed and gives the right edge. */
  leftOf(slot: SlotIndex): Pixel {
    return this.left + (slot - this.first) * this.slotWidth;
  }

  /** The middle of `slot`, where its point on a line is drawn. */
  middleOf(slot: SlotIndex): Pixel {
    return this.leftOf(slot + 0.5);
  }

  /** The place under `pixel`, in slots and fractions of one; outside the width too. */
  placeAt(pixel: Pixel): SlotIndex {
    return this.first + (pixel - this.left) / this.slotWidth;
  }
}
