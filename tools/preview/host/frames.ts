/// <reference lib="dom" />

/** Animation frames for canvases; the boot replaces `request` by one that stops when the mini-program is frozen. */
export const frames = {
  request: (callback: (timeMs: number) => void): number => requestAnimationFrame(callback),
};
