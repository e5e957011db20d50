/** From values to layout pixels and back. Both ways, because a finger on the glass asks the opposite of what a pen does. */

/** Maps values to pixels in proportion. Neither end is clamped. */
export class LinearScale {
  /**
   * @param valueAtStart The value shown at `start`.
   * @param valueAtEnd The value shown at `end`; not the same as `valueAtStart`.
   * @param start Layout pixels.
   * @param end Layout pixels; smaller than `start` where values grow upwards.
   */
  constructor(
    readonly valueAtStart: number,
    readonly valueAtEnd: number,
    readonly start: number,
    readonly end: number,
  ) {}

  toPixel(value: number): number {
    return this.start + (value - this.valueAtStart) / (this.valueAtEnd - this.valueAtStart) * (this.end - this.start);
  }

  toValue(pixel: number): number {
    return this.valueAtStart + (pixel - this.start) / (this.end - this.start) * (this.valueAtEnd - this.valueAtStart);
  }
}

/** Divides a width into equal slots, side by side. */
export class SlotScale {
  /**
   * @param slotCount Number of slots, at least 1.
   * @param left Where slot 0 begins, in layout pixels.
   * @param width Of all slots together, in layout pixels.
   */
  constructor(readonly slotCount: number, readonly left: number, readonly width: number) {}

  get slotWidth(): number {
    return this.width / this.slotCount;
  }

  /** Where `slot` begins. `slotCount` itself is allowed and gives the right edge. */
  leftOf(slot: number): number {
    return this.left + slot * this.slotWidth;
  }

  /** The middle of `slot`, where its point on a line is drawn. */
  middleOf(slot: number): number {
    return this.leftOf(slot + 0.5);
  }

  /** The slot under `pixel`; outside the width, the nearest one. */
  slotAt(pixel: number): number {
    const slot = Math.floor((pixel - this.left) / this.slotWidth);
    return Math.min(this.slotCount - 1, Math.max(0, slot));
  }
}
