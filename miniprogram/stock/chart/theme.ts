import type { Palette, Scheme } from "../../format/palettes";

export { type Palette, PALETTES, type Scheme } from "../../format/palettes";

/** The colours of a chart, as CSS colours. All opaque: blending a translucent area costs a phone more than the rest of the chart. */
export interface ChartTheme {
  readonly background: string;
  readonly grid: string;
  readonly baseline: string;
  readonly text: string;
  /** What is written on a tag, and the tag under a crosshair. */
  readonly tagText: string;
  readonly tag: string;
  readonly crosshair: string;
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

/** The colours that app.wxss gives to text, which a test holds equal to these. */
const HUES = {
  light: { red: "#d0303a", green: "#0e8048", blue: "#1a5fd0", orange: "#b15000", muted: "#646b78" },
  dark: { red: "#ff6b72", green: "#35c283", blue: "#6ea8ff", orange: "#ff9f45", muted: "#8b93a1" },
} as const;

const NEUTRAL = {
  light: {
    background: "#ffffff",
    grid: "#eceef2",
    baseline: "#9aa1ad",
    text: "#646b78",
    tagText: "#ffffff",
    tag: "#4b5261",
    crosshair: "#646b78",
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
    tagText: "#16181d",
    tag: "#b6bdc9",
    crosshair: "#8b93a1",
    priceLine: "#5b9dff",
    priceFill: "#1a2434",
    averageLine: "#e3b341",
    auction: "#1b1e24",
  },
} as const;

/** Lines that are told from the candles by hue, whatever the candles' own are, and from each other by lightness too. */
const LINES = {
  light: { ink: "#14171c", amber: "#c27a00", purple: "#a53bb5", teal: "#0b7f86", azure: "#1f6feb", grey: "#8a8f98" },
  dark: { ink: "#e8eaed", amber: "#e3b341", purple: "#d98ae6", teal: "#4fc3c9", azure: "#5b9dff", grey: "#8a8f98" },
} as const;

export interface ChartThemeOptions {
  readonly scheme: Scheme;
  readonly palette: Palette;
  /** False greys the lines: a chart that no longer moves must not look as if it did. */
  readonly live: boolean;
}

export function chartTheme({ scheme, palette, live }: ChartThemeOptions): ChartTheme {
  const hues = HUES[scheme];
  const neutral = NEUTRAL[scheme];
  const lines = lineColors(LINES[scheme], palette);
  if (!live) {
    const grey = neutral.baseline;
    const faded = { priceLine: grey, averageLine: neutral.grid, priceFill: neutral.background };
    return { ...neutral, ...faded, up: grey, down: grey, flat: grey, lines: lines.map(() => grey), isLive: false };
  }
  return { ...neutral, ...directionColors(hues, palette), flat: hues.muted, lines, isLive: true };
}

function directionColors(hues: (typeof HUES)[Scheme], palette: Palette): { up: string; down: string } {
  switch (palette) {
    case "red-up":
      return { up: hues.red, down: hues.green };
    case "green-up":
      return { up: hues.green, down: hues.red };
    case "color-blind":
      return { up: hues.blue, down: hues.orange };
  }
}

function lineColors({ ink, amber, purple, teal, azure, grey }: (typeof LINES)[Scheme], palette: Palette): string[] {
  // Amber and azure would be the candles' own colours where these are orange and blue.
  return palette === "color-blind" ? [ink, purple, teal, grey] : [ink, amber, purple, azure];
}
