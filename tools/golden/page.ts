/// <reference lib="dom" />
/** What runs in the browser: draws sheets, and compares them with the pictures that are kept. */
import pixelmatch from "pixelmatch";
import { CandleChart } from "../../miniprogram/stock/chart/candle/candle_chart.ts";
import { MinuteChart } from "../../miniprogram/stock/chart/minute/minute_chart.ts";
import type { ChartStyle } from "../../miniprogram/stock/chart/surface.ts";
import { chartTheme } from "../../miniprogram/stock/chart/theme.ts";
import { Layers, newCanvas } from "./layers.ts";
import { sampleCandles, sampleDay } from "./sample_data.ts";
import { SHEETS } from "./sheets.ts";

/** How different two pixels may be, from 0 to 1, as pixelmatch measures it; below it lies what a font's smoothing does. */
const PIXEL_THRESHOLD = 0.1;

/**
 * How much a pixel at the edge of a line may differ, of 255: a browser smooths short paths in another way than long ones.
 * What is missing or there twice differs by more.
 */
const SMOOTHING = 64;

const STYLE: ChartStyle = {
  theme: chartTheme({ scheme: "light", palette: "red-up", live: true }),
  language: "en",
  textScale: 1,
  candles: "hollow",
  breathes: false,
};

export const golden = {
  /** Names of the pictures: sheet and density, as in "minutes@3x". */
  names(): string[] {
    return Object.entries(SHEETS).flatMap(([name, { ratios }]) =>
      Object.keys(ratios).map((ratio) => `${name}@${ratio}x`)
    );
  },

  /** Draws a picture. @returns it as a PNG in a data URL */
  async draw(name: string): Promise<string> {
    return (await sheetOf(name)).canvas.toDataURL();
  },

  /** Compares a picture with the one that is kept. @returns how many of its pixels differ, of how many, and where */
  async compare(name: string, kept: string): Promise<{ different: number; pixels: number; difference: string }> {
    const drawn = await sheetOf(name);
    const { width, height } = drawn.canvas;
    const image = new Image();
    image.src = kept;
    await image.decode();
    const pixels = width * height;
    if (image.width !== width || image.height !== height) return { different: pixels, pixels, difference: "" };
    const expected = newCanvas(width, height);
    expected.drawImage(image, 0, 0);
    const output = newCanvas(width, height);
    const data = output.createImageData(width, height);
    const [one, other] = [drawn, expected].map((sheet) => sheet.getImageData(0, 0, width, height).data);
    const different = pixelmatch(one!, other!, data.data, width, height, { threshold: PIXEL_THRESHOLD });
    output.putImageData(data, 0, 0);
    return { different, pixels, difference: different > 0 ? output.canvas.toDataURL() : "" };
  },

  /** Draws a day minute by minute, and at once. @returns how many pixels differ after each of the last minutes */
  minuteByMinute(pixelRatio: number): number[] {
    const size = { width: 375, height: 340, pixelRatio };
    const day = sampleDay({ seed: 7, prevClose: 1000 });
    const state = (minutes: number) => [{ ...day, candles: day.candles.slice(0, minutes) }];
    const ticked = new Layers(size);
    const chart = new MinuteChart(ticked.surface, size, STYLE);
    return Array.from({ length: 240 }, (_, minute) => {
      chart.setDays(state(minute + 1));
      ticked.frame();
      // To look at each of 240 would take long, and the first have other scales every time.
      if (minute < 30 || minute % 15 < 12) return 0;
      const whole = new Layers(size);
      new MinuteChart(whole.surface, size, STYLE).setDays(state(minute + 1));
      whole.frame();
      return differentPixels(ticked.pixels(), whole.pixels());
    });
  },

  /** Draws candles tick by tick, and at once, at a width of a candle. @returns how many pixels differ after each tick */
  candleByCandle(pixelRatio: number, zoom: number): number[] {
    const size = { width: 375, height: 340, pixelRatio };
    const candles = sampleCandles({ seed: 3, count: 160, start: 1000 });
    const ticked = new Layers(size);
    const chart = new CandleChart(ticked.surface, size, STYLE);
    chart.setCandles(candles.slice(0, 150), "day");
    chart.zoomAt(375, zoom);
    ticked.frame();
    return candles.slice(149).flatMap((candle, i) =>
      [0.3, 0.7, 1].map((share) => {
        const close = Math.round(candle.open + (candle.close - candle.open) * share);
        chart.merge([{ ...candle, close }]);
        ticked.frame();
        const whole = new Layers(size);
        const other = new CandleChart(whole.surface, size, STYLE);
        other.setCandles([...candles.slice(0, 149 + i), { ...candle, close }], "day");
        other.zoomAt(375, zoom);
        whole.frame();
        return differentPixels(ticked.pixels(), whole.pixels());
      })
    );
  },
};

async function sheetOf(picture: string): Promise<CanvasRenderingContext2D> {
  const [name = "", density = ""] = picture.split("@");
  const pixelRatio = parseFloat(density);
  const { cells, columns, ratios, ...full } = SHEETS[name]!;
  const [width, height] = [full.width, full.height].map((length) => length * ratios[pixelRatio]!) as [number, number];
  const [cellWidth, cellHeight] = [width * pixelRatio, height * pixelRatio];
  const sheet = newCanvas(cellWidth * columns, cellHeight * Math.ceil(cells.length / columns));
  for (const [i, cell] of cells.entries()) {
    const layers = new Layers({ width, height, pixelRatio });
    const background = await cell(layers.surface, { width, height, pixelRatio });
    layers.frame();
    layers.copyTo(sheet, i % columns * cellWidth, Math.floor(i / columns) * cellHeight, background);
  }
  return sheet;
}

/** Pixels of which any part differs by more than smoothing does. */
function differentPixels(one: ImageData, other: ImageData): number {
  let different = 0;
  for (let i = 0; i < one.data.length; i += 4) {
    if ([0, 1, 2].some((part) => Math.abs(one.data[i + part]! - other.data[i + part]!) > SMOOTHING)) different++;
  }
  return different;
}

Object.assign(globalThis, { golden });
