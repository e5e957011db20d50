import type { Context2d } from "../context2d";
import type { Frame } from "../frame";
import { drawLabel, HALO_WIDTH, setFont } from "../text";

/** Draws the labels that show in the frame's strip. */
export function drawLabels(context: Context2d, { labels, strip, fontSize, style }: Frame): void {
  setFont(context, fontSize);
  for (const label of labels) {
    const rim = label.hasHalo ? HALO_WIDTH / 2 : 0;
    if (label.right + rim <= strip.left || label.left - rim >= strip.right) continue;
    drawLabel(context, label, style.theme);
  }
}
