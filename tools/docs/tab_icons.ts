/**
 * Draws the tab bar's icons into miniprogram/icons: WeChat takes only PNG there. Greys and blues that stand out from both a
 * light and a dark bar, so that one set of four serves both.
 */
import { launchChromium } from "../testing/chromium.ts";

/** Width and height in pixels, as WeChat recommends. */
const SIZE_PX = 81;

const COLORS = { "": "#7f8794", "-selected": "#3b82f6" } as const;

/** Strokes in a square of 24. */
const SHAPES: Readonly<Record<string, string>> = {
  // A line that rises over its axis.
  watchlist: "<path d='M4 4v16h16'/><path d='M8 14l3.5-4 3 2.5L20 6.5'/>",
  // Three sliders.
  settings:
    "<path d='M4 7h9M17 7h3M4 12h3M11 12h9M4 17h9M17 17h3'/><circle cx='15' cy='7' r='2'/><circle cx='9' cy='12' r='2'/><circle cx='15' cy='17' r='2'/>",
};

const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: SIZE_PX, height: SIZE_PX } });
  for (const [name, shape] of Object.entries(SHAPES)) {
    for (const [suffix, color] of Object.entries(COLORS)) {
      const stroke = `fill='none' stroke='${color}' stroke-width='1.8' stroke-linecap='round' stroke-linejoin='round'`;
      await page.setContent(
        `<style>*{margin:0}svg{display:block}</style><svg width='${SIZE_PX}' height='${SIZE_PX}' viewBox='0 0 24 24' ${stroke}>${shape}</svg>`,
      );
      const path = `miniprogram/icons/${name}${suffix}.png`;
      await page.screenshot({ path: new URL(`../../${path}`, import.meta.url).pathname, omitBackground: true });
      console.log(path);
    }
  }
} finally {
  await browser.close();
}
