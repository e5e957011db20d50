/** Light or dark, as the phone says. */
export type Scheme = "light" | "dark";

/** Which colours mean up and down: 红涨绿跌, 绿涨红跌, or a pair that a colour-blind eye can tell apart. */
export const PALETTES = ["red-up", "green-up", "color-blind"] as const;
export type Palette = (typeof PALETTES)[number];
