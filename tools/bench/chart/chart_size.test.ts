import { assertLess } from "@std/assert";
import { stopBundler } from "../../build/bundler.ts";
import { chartSize } from "./chart_size.ts";

/** Some hundred bytes above what the charts take today; the file that outgrows it tells what for. */
const BYTES_MAX = {
  minutes: { minified: 17_500, gzipped: 7_600 },
  candles: { minified: 23_700, gzipped: 9_900 },
  both: { minified: 32_900, gzipped: 13_300 },
} as const;

Deno.test("the charts' code does not grow unnoticed", async () => {
  const size = await chartSize();
  await stopBundler();
  for (const part of ["minutes", "candles", "both"] as const) {
    const { minified, gzipped } = size[part];
    console.log(`Charts, ${part}: ${minified} bytes minified, ${gzipped} after gzip.`);
    assertLess(minified, BYTES_MAX[part].minified, part);
    assertLess(gzipped, BYTES_MAX[part].gzipped, part);
  }
});
