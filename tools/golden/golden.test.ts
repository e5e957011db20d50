import { assert, assertEquals } from "@std/assert";
import { findChromium } from "../testing/chromium.ts";
import { GoldenBrowser, readPicture, writePicture } from "./golden_browser.ts";

const hasChromium = findChromium() !== null;

/** One pixel in so many may differ: fonts are smoothed a little otherwise by each version of a browser. */
const PIXELS_PER_DIFFERENCE = 5_000;

/** Where what differs is shown in red. */
const DIFFERENCES = new URL("../../build/golden/", import.meta.url);

Deno.test({
  name: "the charts look as in the pictures that are kept",
  ignore: !hasChromium,
  async fn() {
    const browser = await GoldenBrowser.open();
    try {
      const faults: string[] = [];
      for (const name of await browser.call("names")) {
        const { different, pixels, difference } = await browser.call("compare", name, await readPicture(name));
        if (different <= pixels / PIXELS_PER_DIFFERENCE) continue;
        const shown = difference ? ` Look at ${(await writePicture(name, difference, DIFFERENCES)).pathname}.` : "";
        faults.push(`${name}: ${different} of ${pixels} pixels differ.${shown}`);
      }
      assertEquals(faults, [], "If it should look so, draw the pictures anew by `deno task golden:update`");
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  name: "drawn tick by tick, a chart is what it is when it is drawn at once",
  ignore: !hasChromium,
  async fn() {
    const browser = await GoldenBrowser.open();
    try {
      for (const ratio of [1, 2, 2.75, 3]) {
        const minutes = await browser.call("minuteByMinute", ratio);
        assertEquals(Math.max(...minutes), 0, `minutes at ${ratio}: ${minutes}`);
      }
      for (const [ratio, zoom] of [[3, 1], [2.75, 0.2], [1, 3]] as const) {
        const candles = await browser.call("candleByCandle", ratio, zoom);
        assert(candles.length > 30);
        assertEquals(Math.max(...candles), 0, `candles at ${ratio}, zoomed by ${zoom}: ${candles}`);
      }
    } finally {
      await browser.close();
    }
  },
});
