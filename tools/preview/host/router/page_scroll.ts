/// <reference lib="dom" />
import { callMethod, type OpenPage } from "./page.ts";

/** Distance from the end at which onReachBottom is called, in CSS px. */
const REACH_BOTTOM_PX = 50;

/** Calls onPageScroll and onReachBottom as the page scrolls. */
export function watchPageScroll(page: OpenPage): void {
  const { scroller, instance, config } = page;
  let wasAtBottom = false;
  scroller.addEventListener("scroll", () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    callMethod(instance, "onPageScroll", { scrollTop });
    const isAtBottom = scrollTop + clientHeight >= scrollHeight - (config.onReachBottomDistance ?? REACH_BOTTOM_PX);
    if (isAtBottom && !wasAtBottom) callMethod(instance, "onReachBottom");
    wasAtBottom = isAtBottom;
  }, { passive: true });
}
