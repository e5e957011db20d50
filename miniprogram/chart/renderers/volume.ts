import type { Direction } from "../../format/direction";
import type { Context2d } from "../context2d";
import { bottomOf } from "../layout";
import type { MinuteFrame } from "../minute_frame";

const DIRECTIONS: readonly Direction[] = ["up", "down", "flat"];

/** The share of a slot's width that its column fills. */
const COLUMN_SHARE = 0.66;

/** One column a minute, coloured by the minute's direction. One path a colour, because a path a column costs ten times as much. */
export function drawVolume(context: Context2d, frame: MinuteFrame): void {
  const { series, layout, pixels, slots, volume, theme } = frame;
  const bottom = bottomOf(layout.volume);
  const width = Math.max(pixels.hairline, pixels.edge(slots.slotWidth * COLUMN_SHARE));
  for (const direction of DIRECTIONS) {
    let columns = 0;
    context.beginPath();
    for (const point of series.points) {
      if (point.direction !== direction || point.volume === 0) continue;
      // A minute with a trade shows at least one device pixel: an empty slot must mean that nobody traded.
      const top = Math.min(pixels.edge(volume.toPixel(point.volume)), bottom - pixels.hairline);
      context.rect(pixels.edge(slots.middleOf(point.slot) - width / 2), top, width, bottom - top);
      columns++;
    }
    if (columns === 0) continue;
    context.fillStyle = theme[direction];
    context.fill();
  }
}
