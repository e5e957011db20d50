/// <reference lib="dom" />
import { startTimeout } from "../browser_timers.ts";
import type { BuiltinBehavior, BuiltinInstance } from "./builtin.ts";

/**
 * The look of a pressed component. `hover-class="none"` has none; any other value sets the attribute `wx-pressed`,
 * and the named class where the component's styles have it.
 */
export function pressable(instance: BuiltinInstance, startAfterMs: number, stayMs: number): BuiltinBehavior {
  const { element } = instance;
  let timer = 0;
  let className = "";
  const show = (pressed: boolean) => {
    element.toggleAttribute("wx-pressed", pressed);
    for (const name of className.split(/\s+/)) if (name) element.classList.toggle(scoped(element, name), pressed);
  };
  const later = (pressed: boolean, delayMs: number) => {
    globalThis.clearTimeout(timer);
    timer = startTimeout(() => show(pressed), delayMs);
  };
  instance.on("touchstart", () => {
    if (className !== "" && className !== "none" && !instance.get<boolean>("disabled")) later(true, startAfterMs);
  });
  instance.on("touchend", () => later(false, stayMs / 4));
  instance.on("touchcancel", () => later(false, 0));
  instance.on("touchmove", () => later(false, 0));
  return {
    update(name, value) {
      if (name === "hoverClass") className = String(value ?? "");
    },
    detached: () => globalThis.clearTimeout(timer),
  };
}

/** A class name with the style scope that the component's other classes have. */
function scoped(element: HTMLElement, name: string): string {
  const prefix = /(?:^|\s)([\w-]+?--)/.exec(element.className)?.[1] ?? "";
  return prefix + name;
}
