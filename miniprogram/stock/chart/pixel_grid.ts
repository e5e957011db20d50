/**
 * Device pixels, addressed from layout pixels. A line or a column whose edges fall between device pixels is blended over
 * two of them: it looks grey, and it costs the phone more to fill.
 */
export class PixelGrid {
  /** @param ratio Device pixels per layout pixel, as `wx.getWindowInfo().pixelRatio` gives it: 1 to about 4. */
  constructor(readonly ratio: number) {}

  /** The width, in layout pixels, of one device pixel: the thinnest line there is. */
  get hairline(): number {
    return 1 / this.ratio;
  }

  /** The nearest edge between device pixels. */
  edge(position: number): number {
    return Math.round(position * this.ratio) / this.ratio;
  }

  /** The middle of the device pixel that `position` lies in: where a hairline must run to fill exactly that pixel. */
  middle(position: number): number {
    return (Math.floor(position * this.ratio) + 0.5) / this.ratio;
  }
}
