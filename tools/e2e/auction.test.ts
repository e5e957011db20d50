/// <reference lib="dom" />
// The opening auction left of 09:30, from the exchange to the pixels, as a real Chromium draws it.
import { assert, assertEquals } from "@std/assert";
import { AuctionPage } from "../../shared/mod.ts";
import { findChromium, launchChromium } from "../testing/chromium.ts";
import { ServerProcess } from "../testing/server_process.ts";
import { until } from "../testing/until.ts";
import { Phone } from "./phone.ts";

const SYMBOL = "600519.SH";
const CHART = `?path=stock/pages/chart/index&symbol=${SYMBOL}`;
const AUCTIONS = "**/api/v1/auctions/**";

/** The region's share of the chart's width, a little inside of it. */
const REGION = 0.115;

/** How wide a stretch of it is that must show the line, in layout pixels: a line beyond the day's prices is dotted. */
const STRETCH = 4;

/** The region's pixels, stretch by stretch, each as a hash; down to the times, above the volumes. */
function stretches(phone: Phone): Promise<number[]> {
  return phone.page.evaluate(([share, stretch]) => {
    const canvas = document.querySelector<HTMLCanvasElement>(".page-frame:not([hidden]) canvas")!;
    const [width, height] = [Math.floor(share * canvas.width), Math.floor(0.75 * canvas.height)];
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, width, height);
    const step = Math.round(stretch * canvas.width / canvas.clientWidth);
    return Array.from({ length: Math.floor(width / step) }, (_, i) => {
      let hash = 7;
      for (let y = 0; y < height; y++) {
        for (let x = i * step; x < (i + 1) * step; x++) hash = (hash * 31 + data[4 * (y * width + x)]!) | 0;
      }
      return hash;
    });
  }, [REGION, STRETCH] as const);
}

/** What the crosshair reads where a finger rests, at a share of the chart's width, which goes down an upright window. */
async function readAt(phone: Phone, share: number): Promise<{ time: string; price: string }> {
  const box = await phone.screen.locator("canvas").first().boundingBox();
  assert(box);
  const read = async () => (await phone.screen.locator("stock-chart [aria-live=polite] > *").allInnerTexts()).join(" ");
  // What was read last stays for a while.
  const before = await read();
  await phone.touch(Array.from({ length: 10 }, () => [[box.x + box.width - 60, box.y + share * box.height]]), 60);
  await until(async () => ![before, ""].includes(await read()), 10_000, "nothing is read under the finger");
  const text = await read();
  await phone.touch([[]]);
  return { time: /\d\d:\d\d/.exec(text)?.[0] ?? "", price: /\d+\.\d\d/.exec(text)?.[0] ?? "" };
}

/** Every price at which the auction stood in a minute, as the screen writes it. */
function pricesIn({ steps }: AuctionPage, time: string): string[] {
  const from = (Number(time.slice(3)) - 15) * 60;
  const before = steps.findLast(({ second }) => second <= from);
  return [...before ? [before] : [], ...steps.filter(({ second }) => second >= from && second < from + 60)]
    .map(({ price }) => (price / 100).toFixed(2));
}

async function seeAuction(phone: Phone, { port }: ServerProcess): Promise<void> {
  let failed = 0;
  await phone.page.route(AUCTIONS, (route) => {
    failed++;
    return route.abort("connectionrefused");
  });
  await phone.page.goto(`http://127.0.0.1:${port}/${CHART}`);
  await until(async () => (await phone.ink()).pixels > 0 && failed > 1, 20_000, "nothing is asked for again");
  const empty = await stretches(phone);
  const answered = phone.page.waitForResponse((response) => response.url().includes("/auctions/") && response.ok());
  await phone.page.unroute(AUCTIONS);
  await answered;
  // A tick may draw the chart once more before it draws what has come.
  const isThrough = async () => {
    const drawn = await stretches(phone);
    return drawn.every((stretch, i) => stretch !== empty[i]);
  };
  await until(isThrough, 10_000, "the line does not run through the whole region");
  const auction = AuctionPage.parse(await (await fetch(`http://127.0.0.1:${port}/api/v1/auctions/${SYMBOL}`)).json());
  for (const share of [0.03, 0.06, 0.1]) {
    const { time, price } = await readAt(phone, share);
    assert(pricesIn(auction, time).includes(price), `${price} at ${time}`);
  }
}

Deno.test({
  name: "in the afternoon the auction is drawn as soon as it can be had, and read",
  ignore: findChromium() === null,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await using server = await ServerProcess.start(["--seed", "20", "--warm-up-minutes", "200"]);
    const browser = await launchChromium();
    try {
      const phone = await Phone.open(browser, "about:blank");
      await seeAuction(phone, server);
      assertEquals(phone.faults, []);
    } finally {
      await browser.close();
    }
  },
});
