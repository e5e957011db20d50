/// <reference lib="dom" />
import { startTimeout } from "../browser_timers.ts";
import { byId } from "../phone.ts";
import { make } from "./layer.ts";

/** What a toast shows; `loading` stays until it is hidden. */
export interface ToastOptions {
  title: string;
  icon: "success" | "error" | "loading" | "none";
  /** @default 1500 */
  durationMs: number;
  /** Whether presses outside are held off. */
  mask: boolean;
}

let current: HTMLElement | null = null;
let timer = 0;

/** Shows a toast in place of the one before. */
export function showToast(options: ToastOptions): void {
  hideToast();
  const toast = make("div", `toast toast-${options.icon}`);
  toast.setAttribute("role", "status");
  if (options.icon !== "none") toast.append(make("span", "toast-icon"));
  toast.append(make("span", "toast-title", options.title));
  const layer = make("div", options.mask ? "toast-layer toast-mask" : "toast-layer");
  layer.append(toast);
  byId("overlays").append(layer);
  current = layer;
  if (options.icon !== "loading") timer = startTimeout(hideToast, options.durationMs);
}

/** Takes the toast away. */
export function hideToast(): void {
  globalThis.clearTimeout(timer);
  current?.remove();
  current = null;
}
