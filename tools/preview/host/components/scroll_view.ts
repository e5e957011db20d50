/// <reference lib="dom" />
import { logicalBox } from "../phone.ts";
import { type BuiltinComponent, reflect } from "./builtin.ts";

/** `<scroll-view>`: an area that scrolls, with WeChat's events for its ends. */
export const scrollViewComponent: BuiltinComponent = {
  tag: "scroll-view",
  properties: {
    scrollX: Boolean,
    scrollY: Boolean,
    scrollTop: { type: null, value: null },
    scrollLeft: { type: null, value: null },
    scrollIntoView: String,
    scrollWithAnimation: Boolean,
    upperThreshold: { type: null, value: 50 },
    lowerThreshold: { type: null, value: 50 },
    enhanced: Boolean,
    bounces: Boolean,
    fastDeceleration: Boolean,
    pagingEnabled: Boolean,
    showScrollbar: { type: Boolean, value: true },
    enableFlex: Boolean,
    enablePassive: Boolean,
    scrollAnchoring: Boolean,
    enableBackToTop: Boolean,
    refresherEnabled: Boolean,
    refresherTriggered: Boolean,
    type: String,
  },
  create(instance) {
    const { element } = instance;
    watchScroll(instance.fire, element, () => ({
      upper: Number(instance.get("upperThreshold")),
      lower: Number(instance.get("lowerThreshold")),
    }));
    const behavior = (): ScrollBehavior => (instance.get<boolean>("scrollWithAnimation") ? "smooth" : "auto");
    return {
      update(name, value) {
        if (name === "scrollX") reflect(element, "scroll-x", value);
        if (name === "scrollY") reflect(element, "scroll-y", value);
        if (name === "enableFlex") reflect(element, "enable-flex", value);
        if (name === "showScrollbar") element.toggleAttribute("no-scrollbar", !value);
        if (name === "pagingEnabled") reflect(element, "paging", value);
        if (name === "scrollTop" && value !== null) element.scrollTo({ top: Number(value), behavior: behavior() });
        if (name === "scrollLeft" && value !== null) element.scrollTo({ left: Number(value), behavior: behavior() });
        if (name === "scrollIntoView" && value) scrollToId(element, String(value), behavior());
      },
    };
  },
};

function scrollToId(element: HTMLElement, id: string, behavior: ScrollBehavior): void {
  // The target may be part of the same update; it exists after it.
  requestAnimationFrame(() => {
    const target = element.querySelector(`[id="${CSS.escape(id)}"], [id$="--${CSS.escape(id)}"]`);
    if (target) scrollToElement(element, target, behavior);
  });
}

/** Scrolls to a target within. The browser's own scrollIntoView would scroll the page around the phone too. */
export function scrollToElement(element: HTMLElement, target: Element, behavior: ScrollBehavior): void {
  const { left, top } = logicalBox(target.getBoundingClientRect(), element.getBoundingClientRect());
  element.scrollBy({ left, top, behavior });
}

function watchScroll(
  fire: (type: string, detail: unknown) => void,
  element: HTMLElement,
  thresholds: () => { upper: number; lower: number },
): void {
  let lastTop = 0;
  let lastLeft = 0;
  let edge = "upper";
  element.addEventListener("scroll", () => {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight } = element;
    fire("scroll", {
      scrollTop,
      scrollLeft,
      scrollHeight,
      scrollWidth,
      deltaX: lastLeft - scrollLeft,
      deltaY: lastTop - scrollTop,
    });
    lastTop = scrollTop;
    lastLeft = scrollLeft;
    const { upper, lower } = thresholds();
    const now = scrollTop <= upper ? "upper" : scrollTop + clientHeight >= scrollHeight - lower ? "lower" : "";
    if (now === "upper" && edge !== now) fire("scrolltoupper", { direction: "top" });
    if (now === "lower" && edge !== now) fire("scrolltolower", { direction: "bottom" });
    edge = now;
  });
}
