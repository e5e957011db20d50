import type { Palette, Scheme } from "../../format/palettes";

export { type Palette, PALETTES, type Scheme } from "../../format/palettes";

/** The colours of a chart, as CSS colours. All opaque: blending a translucent area costs a phone more than the rest of the chart. */
export interface ChartTheme {
  readonly background: string;
  readonly grid: string;
  readonly baseline: string;
  /** Labels, and the lines of a crosshair. */
  readonly text: string;
  /** Under what is written in the background's colour at the ends of a crosshair. */
  readonly tag: string;
  readonly priceLine: string;
  readonly priceFill: string;
  readonly averageLine: string;
  /** Behind the minutes of an auction. */
  readonly auction: string;
  readonly up: string;
  readonly down: string;
  readonly flat: string;
  /** Of an indicator's lines, in their order; as many as any indicator has. */
  readonly lines: readonly string[];
  /** False when nothing moves any more: then nothing breathes either. */
  readonly isLive: boolean;
}

const NEUTRAL = {
  light: {
    background: "#ffffff",
    grid: "#eceef2",
    baseline: "#9aa1ad",
    text: "#646b78",
    tag: "#4b5261",
    priceLine: "#1f6feb",
    priceFill: "#edf4fe",
    averageLine: "#c27a00",
    auction: "#f7f8fa",
  },
  dark: {
    background: "#16181d",
    grid: "#262a32",
    baseline: "#5b6270",
    text: "#8b93a1",
    tag: "#b6bdc9",
    priceLine: "#5b9dff",
    priceFill: "#1a2434",
    averageLine: "#e3b341",
    auction: "#1b1e24",
  },
} as const;

/**
 * The colours that app.wxss gives to red, green, blue and orange text, which a test holds equal to these, and those of
 * lines, which are told from the candles by hue, whatever the candles' own are, and from each other by lightness too.
 */
const HUES = {
  light: {
    ...{ red: "#d0303a", green: "#0e8048", blue: "#1a5fd0", orange: "#b15000" },
    ...{ ink: "#14171c", purple: "#a53bb5", teal: "#0b7f86" },
  },
  dark: {
    ...{ red: "#ff6b72", green: "#35c283", blue: "#6ea8ff", orange: "#ff9f45" },
    ...{ ink: "#e8eaed", purple: "#d98ae6", teal: "#4fc3c9" },
  },
} as const;

/** Of the fourth line where the price line's blue is a candle's. */
const GREY = "#8a8f98";

export interface ChartThemeOptions {
  readonly scheme: Scheme;
  readonly palette: Palette;
  /** False greys the lines: a chart that no longer moves must not look as if it did. */
  readonly live: boolean;
}

export function chartTheme({ scheme, palette, live }: ChartThemeOptions): ChartTheme {
  const neutral = NEUTRAL[scheme];
  const { red, green, blue, orange, ink, purple, teal } = HUES[scheme];
  const { baseline, priceLine, averageLine, text } = neutral;
  if (!live) {
    const faded = { priceLine: baseline, averageLine: neutral.grid, priceFill: neutral.background };
    const lines = Array<string>(4).fill(baseline);
    return { ...neutral, ...faded, up: baseline, down: baseline, flat: baseline, lines, isLive: false };
  }
  const isColorBlind = palette === "color-blind";
  const [up, down] = isColorBlind ? [blue, orange] : palette === "red-up" ? [red, green] : [green, red];
  // Amber and azure would be the candles' own colours where these are orange and blue.
  const lines = isColorBlind ? [ink, purple, teal, GREY] : [ink, averageLine, purple, priceLine];
  return { ...neutral, up, down, flat: text, lines, isLive: true };
}

/** @param direction Above 0 for up, below it for down. */
export function colorOf({ up, down, flat }: ChartTheme, direction: number): string {
  return direction > 0 ? up : direction < 0 ? down : flat;
}
