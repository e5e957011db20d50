/// <reference lib="dom" />
import { frames } from "../frames.ts";
import { type BuiltinComponent } from "./builtin.ts";

/** The canvas node as `fields({ node: true })` hands it to the mini-program. */
export interface CanvasNode extends HTMLCanvasElement {
  requestAnimationFrame(callback: (timeMs: number) => void): number;
  cancelAnimationFrame(id: number): void;
  createImage(): HTMLImageElement;
  createPath2D(path?: Path2D): Path2D;
}

/** `<canvas type="2d">`, 300 × 150 px unless styled otherwise. The old drawing context is not offered. */
export const canvasComponent: BuiltinComponent = {
  tag: "canvas",
  properties: { type: String, canvasId: String, disableScroll: Boolean },
  create({ element }) {
    const canvas = document.createElement("canvas") as CanvasNode;
    canvas.requestAnimationFrame = (callback) => frames.request(callback);
    canvas.cancelAnimationFrame = (id) => cancelAnimationFrame(id);
    canvas.createImage = () => new Image();
    canvas.createPath2D = (path) => path ? new Path2D(path) : new Path2D();
    element.append(canvas);
    let disablesScroll = false;
    // Unlike a style, this takes effect for a finger that is down already, as long as nothing has scrolled yet.
    element.addEventListener("touchmove", (event) => {
      if (disablesScroll && event.cancelable) event.preventDefault();
    }, { passive: false });
    return {
      update(name, value) {
        if (name === "type" && value !== "2d" && value !== "") {
          throw new Error(`<canvas type="${value}"> is not offered by the preview. Use type="2d".`);
        }
        if (name === "disableScroll") disablesScroll = Boolean(value);
      },
    };
  },
};
