/// <reference lib="dom" />
// The opening auction left of 09:30, from the exchange to the pixels, as a real Chromium draws it.
import { assert, assertEquals } from "@std/assert";
import { AuctionPage } from "../../shared/mod.ts";
import { findChromium, launchChromium } from "../testing/chromium.ts";
import { ServerProcess } from "../testing/server_process.ts";
import { Phone, until } from "./phone.ts";

const SYMBOL = "600519.SH";
const CHART = `?path=stock/pages/chart/index&symbol=${SYMBOL}`;
const AUCTIONS = "**/api/v1/auctions/**";

/** The region's share of the chart's width, a little inside of it, and the part of it in which prices are written. */
const REGION = 0.115;
const LABELS = 0.06;

/** The region's columns of pixels, each as a hash; of the price pane alone. */
function columns(phone: Phone): Promise<number[]> {
  return phone.page.evaluate((share) => {
    const canvas = document.querySelector<HTMLCanvasElement>(".page-frame:not([hidden]) canvas")!;
    const [width, height] = [Math.floor(share * canvas.width), Math.floor(0.7 * canvas.height)];
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, width, height);
    return Array.from({ length: width }, (_, x) => {
      let hash = 7;
      for (let y = 0; y < height; y++) hash = (hash * 31 + data[4 * (y * width + x)]!) | 0;
      return hash;
    });
  }, REGION);
}

/** What the crosshair reads where a finger rests, at a share of the chart's width. */
async function readAt(phone: Phone, share: number): Promise<{ time: string; price: string }> {
  const box = await phone.screen.locator("canvas").first().boundingBox();
  assert(box);
  await phone.touch(Array.from({ length: 10 }, () => [[box.x + share * box.width, box.y + 60]]), 60);
  const figures = phone.screen.locator("stock-chart [aria-live=polite] > *");
  await figures.first().waitFor();
  const text = (await figures.allInnerTexts()).join(" ");
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
  // Held sideways the region is wider than what is written in it.
  await phone.page.setViewportSize({ width: 844, height: 390 });
  await phone.page.goto(`http://127.0.0.1:${port}/${CHART}`);
  await until(async () => (await phone.ink()).pixels > 0 && failed > 1, 20_000, "nothing is asked for again");
  const empty = await columns(phone);
  const answered = phone.page.waitForResponse((response) => response.url().includes("/auctions/") && response.ok());
  await phone.page.unroute(AUCTIONS);
  await answered;
  // Where the line runs under a label it does not show.
  const beside = empty.map((_, x) => x).filter((x) => x > LABELS / REGION * empty.length);
  // A tick may draw the chart once more before it draws what has come.
  const isThrough = async () => {
    const drawn = await columns(phone);
    return beside.every((x) => drawn[x] !== empty[x]);
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
