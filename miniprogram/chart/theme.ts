/** The colours of a chart, as CSS colours. All opaque: blending a translucent area costs a phone more than the rest of the chart. */
export interface ChartTheme {
  readonly background: string;
  readonly grid: string;
  readonly baseline: string;
  readonly text: string;
  readonly priceLine: string;
  readonly priceFill: string;
  readonly averageLine: string;
  readonly up: string;
  readonly down: string;
  readonly flat: string;
}

/** Light or dark, as the phone says. */
export type Scheme = "light" | "dark";

/** Which colours mean up and down: 红涨绿跌, 绿涨红跌, or a pair that a colour-blind eye can tell apart. */
export const PALETTES = ["red-up", "green-up", "color-blind"] as const;
export type Palette = (typeof PALETTES)[number];

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
    priceLine: "#1f6feb",
    priceFill: "#edf4fe",
    averageLine: "#c27a00",
  },
  dark: {
    background: "#16181d",
    grid: "#262a32",
    baseline: "#5b6270",
    text: "#8b93a1",
    priceLine: "#5b9dff",
    priceFill: "#1a2434",
    averageLine: "#e3b341",
  },
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
  if (!live) {
    const grey = neutral.baseline;
    const faded = { priceLine: grey, averageLine: neutral.grid, priceFill: neutral.background };
    return { ...neutral, ...faded, up: grey, down: grey, flat: grey };
  }
  return { ...neutral, ...directionColors(hues, palette), flat: hues.muted };
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
