import type { Pixel } from "./scales";
import type { Path } from "./trace";

/**
 * Writes what is traced as the path of an SVG. Points are rounded to whole units and written as the distance from the
 * one before, in as few characters as a path allows; the rounded places are what is kept, so that errors do not add up.
 */
export class SvgPath implements Path {
  private text = "";
  private isInLine = false;
  private x = 0;
  private y = 0;

  moveTo(x: Pixel, y: Pixel): void {
    [this.x, this.y] = [Math.round(x), Math.round(y)];
    this.text += `M${this.x}${after(this.y)}`;
    this.isInLine = false;
  }

  lineTo(x: Pixel, y: Pixel): void {
    const [dx, dy] = [Math.round(x) - this.x, Math.round(y) - this.y];
    this.text += `${this.isInLine ? after(dx) : `l${dx}`}${after(dy)}`;
    this.x += dx;
    this.y += dy;
    this.isInLine = true;
  }

  /** The path so far, as the attribute `d` takes it. */
  toString(): string {
    return this.text;
  }
}

/** A number behind another one; a minus parts them by itself. */
function after(value: number): string {
  return value < 0 ? `${value}` : `,${value}`;
}
