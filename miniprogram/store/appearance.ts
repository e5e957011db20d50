import type { Settings } from "./settings";

/**
 * The class names of a page's root. They carry the two things that colour everything below: the palette, and whether the
 * line is live. One name changes, and every price on the screen turns grey. Another one stills what flashes, or
 * lets it flash though the phone is set to less motion; without it the phone decides.
 */
export function rootClass(settings: Pick<Settings, "palette" | "motion">, isLive: boolean): string {
  const motion = settings.motion === "system" ? "" : ` motion-${settings.motion}`;
  return `page palette-${settings.palette} ${isLive ? "is-live" : "is-stale"}${motion}`;
}
