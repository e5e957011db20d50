import { formatPrice } from "../../../format/price";
import type { Context2d } from "../context2d";
import { bottomOf } from "../layout";
import { horizontalRule, verticalRule } from "../renderers/rules";
import { showsIn } from "../strip";
import { drawHaloLabel, drawLabel, fontOf, type Label, leftOfLabel, textWidth } from "../text";
import type { CandleFrame } from "./candle_frame";
import { extremeLabels } from "./extreme_labels";

/** Between a label and the edge it stands at, in layout pixels. */
const PADDING = 4;

/** More than the longest price is wide, as a multiple of the labels' size. */
const EMS_OF_A_PRICE = 9;

/** The net of thin lines: round prices, the beginnings of times, the edges of the panes. */
export function drawCandleGrid(context: Context2d, frame: CandleFrame): void {
  const { layout, pixels, style, price } = frame;
  context.fillStyle = style.theme.grid;
  for (const tick of frame.ticks) horizontalRule(context, pixels, layout.price, price.toPixel(tick));
  for (const pane of [layout.price, ...layout.lower]) {
    horizontalRule(context, pixels, pane, pane.top);
    horizontalRule(context, pixels, pane, bottomOf(pane));
  }
  for (const { x } of frame.marks) {
    for (const pane of [layout.price, ...layout.lower]) verticalRule(context, pixels, pane, x);
  }
}

/** The prices on the left and the times below. They lie above the candles, with a rim that keeps them legible. */
export function drawCandleAxes(context: Context2d, frame: CandleFrame): void {
  const { layout, price, style: { theme }, strip, fontSize } = frame;
  context.font = fontOf(fontSize);
  const shows = (label: Label) => {
    const left = leftOfLabel(label, fontSize);
    return showsIn(strip, left - PADDING, left + textWidth(label.text, fontSize) + PADDING);
  };
  // What lies right of all prices has none to look at: most ticks.
  const hasPrices = strip.left < PADDING + fontSize * EMS_OF_A_PRICE;
  const extremes = hasPrices ? extremeLabels(frame) : [];
  for (const tick of hasPrices ? frame.ticks : []) {
    const place = { x: PADDING, y: price.toPixel(tick) - 2, align: "left", baseline: "bottom" } as const;
    const label: Label = { ...place, text: formatPrice(tick), color: theme.text };
    // A price of the axis can be read off its neighbours, that of an extreme cannot.
    const isCovered = extremes.some(({ y, left }) =>
      Math.abs(y - (place.y - fontSize / 2)) < fontSize && left < place.x + textWidth(label.text, fontSize)
    );
    if (!isCovered && shows(label)) drawHaloLabel(context, label, theme.background);
  }
  const y = layout.timeAxis.top + layout.timeAxis.height / 2;
  for (const { x, text } of frame.marks) {
    const label: Label = { text, x, y, align: "center", baseline: "middle", color: theme.text };
    if (text !== "" && shows(label)) drawLabel(context, label);
  }
}
