import type { Settings } from "./settings";

/**
 * The class names of a page's root. They carry the two things that colour everything below: the palette, and whether the
 * line is live. One name changes, and every price on the screen turns grey. Another one stills what flashes.
 */
export function rootClass(settings: Pick<Settings, "palette" | "motion">, isLive: boolean): string {
  const stilled = settings.motion === "reduced" ? " motion-reduced" : "";
  return `page palette-${settings.palette} ${isLive ? "is-live" : "is-stale"}${stilled}`;
}
