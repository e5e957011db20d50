import * as esbuild from "esbuild";

const ROOT = new URL("../../..", import.meta.url).pathname;

/** What a page imports to show charts: both kinds, their themes, and all indicators. */
const ENTRY = `
  export { MinuteChart } from "./miniprogram/stock/chart/minute/minute_chart";
  export { CandleChart } from "./miniprogram/stock/chart/candle/candle_chart";
  export { chartTheme } from "./miniprogram/stock/chart/theme";
`;

/** The size of the charts, in bytes. */
export interface ChartSize {
  /** Of a minified bundle of es2018, as WeChat makes it. */
  readonly minified: number;
  /** The same after gzip, as it travels. */
  readonly gzipped: number;
}

/** Only what comes from miniprogram/stock/chart: the texts and number formats are those that every page has. */
export async function chartSize(): Promise<ChartSize> {
  const { outputFiles: [output] } = await esbuild.build({
    absWorkingDir: ROOT,
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: "ts" },
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
