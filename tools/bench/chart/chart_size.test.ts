import { assertLess } from "@std/assert";
import { stopBundler } from "../../build/bundler.ts";
import { chartSize } from "./chart_size.ts";

/** Some hundred bytes above what the charts take today; the file that outgrows it tells what for. */
const MINIFIED_BYTES_MAX = 33_000;
const GZIPPED_BYTES_MAX = 13_300;

Deno.test("the charts' code does not grow unnoticed", async () => {
  const { minified, gzipped } = await chartSize();
  await stopBundler();
  console.log(`The charts are ${minified} bytes minified, ${gzipped} after gzip.`);
  assertLess(minified, MINIFIED_BYTES_MAX);
  assertLess(gzipped, GZIPPED_BYTES_MAX);
});
