import type { Settings } from "./settings";

/**
 * The class names of a page's root. They carry the two things that colour everything below: the palette, and whether the
 * line is live. One name changes, and every price on the screen turns grey.
 */
export function rootClass(settings: Pick<Settings, "palette">, isLive: boolean): string {
  return `page palette-${settings.palette} ${isLive ? "is-live" : "is-stale"}`;
}
