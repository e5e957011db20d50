/// <reference lib="dom" />
import type { Contender, MinuteBoard } from "./contender.ts";
import { COLORS } from "./drawing.ts";

/** Its width and height, in device pixels. */
const DOT_PIXELS = 9;

/**
 * No chart: what the browser itself takes to bring a changed canvas to the screen, at each update and at each frame of
 * panning, on a canvas as large as a chart's.
 */
export const dot: Contender = {
  name: "one dot on an empty canvas",
  minutes: blinking,
  candles(host) {
    const { tick, dispose } = blinking(host);
    return { tick, show: tick, dispose };
  },
};

function blinking(host: HTMLElement): MinuteBoard & { tick(): void } {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(host.clientWidth * devicePixelRatio);
  canvas.height = Math.round(host.clientHeight * devicePixelRatio);
  canvas.style.cssText = "width:100%;height:100%";
  host.append(canvas);
  const context = canvas.getContext("2d")!;
  let isRed = false;
  return {
    tick() {
      isRed = !isRed;
      context.clearRect(0, 0, DOT_PIXELS, DOT_PIXELS);
      context.fillStyle = isRed ? COLORS.up : COLORS.down;
      context.fillRect(0, 0, DOT_PIXELS, DOT_PIXELS);
    },
    dispose: () => canvas.remove(),
  };
}
