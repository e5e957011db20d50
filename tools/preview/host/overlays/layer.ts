/// <reference lib="dom" />
import { byId } from "../phone.ts";

/** Makes an element with a class and, where given, text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text?: string,
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/**
 * Shows a panel over a dimmed phone. A press beside the panel calls `dismiss`.
 *
 * @returns what takes it away again.
 */
export function showPanel(panel: HTMLElement, kind: "bottom" | "center", dismiss?: () => void): () => void {
  const layer = make("div", `overlay overlay-${kind}`);
  layer.append(panel);
  layer.addEventListener("click", (event) => {
    if (event.target === layer) dismiss?.();
  });
  byId("overlays").append(layer);
  return () => layer.remove();
}
