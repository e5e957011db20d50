import * as esbuild from "esbuild";

const ROOT = new URL("../../..", import.meta.url).pathname;

const CHARTS = "./miniprogram/stock/chart";

/** What a page imports to show a chart, by what it shows. All indicators come with the candles. */
const PARTS = {
  minutes: [`export { MinuteChart } from "${CHARTS}/minute/minute_chart"`],
  candles: [`export { CandleChart } from "${CHARTS}/candle/candle_chart"`],
} as const;

const THEME = `export { chartTheme } from "${CHARTS}/theme"`;

/** The size of some code, in bytes. */
export interface CodeSize {
  /** Of a minified bundle of es2018, as WeChat makes it. */
  readonly minified: number;
  /** The same after gzip, as it travels. */
  readonly gzipped: number;
}

/** The size of the charts: of both together, and of each for who needs no other. */
export interface ChartSize extends Readonly<Record<keyof typeof PARTS, CodeSize>> {
  readonly both: CodeSize;
}

/**
 * Only what comes from the folders of the charts: the texts and number formats are those that every page has.
 */
export async function chartSize(): Promise<ChartSize> {
  const [minutes, candles, both] = await Promise.all(
    [PARTS.minutes, PARTS.candles, [...PARTS.minutes, ...PARTS.candles]].map((part) => bundleSize([...part, THEME])),
  ) as [CodeSize, CodeSize, CodeSize];
  return { minutes, candles, both };
}

async function bundleSize(entry: readonly string[]): Promise<CodeSize> {
  const { outputFiles: [output] } = await esbuild.build({
    absWorkingDir: ROOT,
    stdin: { contents: entry.join(";\n"), resolveDir: ROOT, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2018",
    logLevel: "silent",
    plugins: [{
      name: "charts alone",
      setup(build) {
        build.onResolve({ filter: /\/(lib|i18n|format)\// }, ({ path }) => ({ path, external: true }));
      },
    }],
  });
  const bytes = output!.contents;
  const gzipped = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream("gzip"));
  return { minified: bytes.length, gzipped: (await new Response(gzipped).bytes()).length };
}
