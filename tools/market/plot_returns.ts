/** How the returns are spread, as a picture: tails, clustering, and the profile of the day. */
import { ORDINARY } from "../../server/exchange/day/sample_day.ts";
import { Random } from "../../server/exchange/random.ts";
import { Panel, roundTicks, svgOf, type Tick } from "./chart_svg.ts";
import { type MarketSample, RETURNS_PER_DAY, sampleMarket } from "./market_sample.ts";
import { autocorrelations } from "./statistics/correlation.ts";
import { aggregated, magnitudes, mean, standardDeviation } from "./statistics/moments.ts";
import { deseasonalised } from "./statistics/season.ts";

const BLUE = "#2767c4";
const GOLD = "#d99a1c";
const GREY = "#9aa0a6";
const LAGS = 100;

const POWERS: Tick[] = [0, -1, -2, -3, -4].map((power) => ({
  value: 10 ** power,
  label: power === 0 ? "1" : `10^${power}`,
}));

/** How large a share of the magnitudes lies above each value, in standard deviations: about 200 points, dense in the tail. */
function* survival(values: Float64Array): Generator<readonly [number, number]> {
  const sd = standardDeviation(values);
  const sorted = magnitudes(values).sort();
  for (let share = 1; share >= 1 / sorted.length; share *= 0.955) {
    yield [sorted[sorted.length - Math.max(1, Math.floor(share * sorted.length))]! / sd, share];
  }
}

function tailPanel(plain: Float64Array): Panel {
  const random = Random.stream(1, "normal");
  const normal = Float64Array.from({ length: plain.length }, () => random.normal());
  return new Panel({
    title: "Share of the returns beyond x standard deviations: tails",
    x: { low: 0.3, high: 60, log: true },
    y: { low: 2e-5, high: 1, log: true },
    xTicks: [0.3, 1, 2, 5, 10, 20, 50].map((value) => ({ value, label: String(value) })),
    yTicks: POWERS,
    height: 300,
  }).line("1 min", BLUE, survival(plain)).line("30 min", GOLD, survival(aggregated(plain, 30)))
    .line("normal", GREY, survival(normal)).line("x^-3", GREY, [[1.5, 0.08], [30, 0.08 * (1.5 / 30) ** 3]], true);
}

function memoryPanel(plain: Float64Array, returns: Float64Array): Panel {
  const points = (values: Float64Array) => [...values].map((value, i) => [i + 1, value] as const);
  return new Panel({
    title: "Autocorrelation over the lag in minutes: memory",
    x: { low: 1, high: LAGS, log: true },
    y: { low: -0.05, high: 0.35 },
    xTicks: [1, 2, 5, 10, 20, 50, 100].map((value) => ({ value, label: String(value) })),
    yTicks: roundTicks(-0.05, 0.35, 5, (value) => value.toFixed(1)),
    height: 240,
  }).line("magnitudes", BLUE, points(autocorrelations(magnitudes(plain), LAGS)))
    .line("returns", GOLD, points(autocorrelations(returns, LAGS))).line("", GREY, [[1, 0], [LAGS, 0]], true);
}

/** Mean of each minute of the day, with a mean of 1 over the day. */
function profileOf(values: Float64Array): (readonly [number, number])[] {
  const whole = mean(values);
  return Array.from({ length: RETURNS_PER_DAY - 1 }, (_, place) => {
    return [place + 1, mean(values.filter((_, i) => i % RETURNS_PER_DAY === place)) / whole] as const;
  });
}

function dayPanel({ minuteReturns, minuteVolumes }: MarketSample): Panel {
  const ticks: [number, string][] = [[0, "09:30"], [60, "10:30"], [120, "11:30 | 13:00"], [180, "14:00"], [
    237,
    "14:57",
  ]];
  return new Panel({
    title: "Minute by minute, against the day's mean: profile",
    x: { low: 0, high: 237 },
    y: { low: 0, high: 5 },
    xTicks: ticks.map(([value, label]) => ({ value, label })),
    yTicks: roundTicks(0, 5, 5, String),
    height: 220,
  }).line("volume", GOLD, profileOf(minuteVolumes)).line(
    "size of the move",
    BLUE,
    profileOf(magnitudes(minuteReturns)),
  );
}

/** The picture of `days` days' minute returns as SVG. */
export function plotReturns(seed: number, days: number): string {
  const sample = sampleMarket(ORDINARY, seed, days, days);
  const plain = deseasonalised(sample.minuteReturns, RETURNS_PER_DAY);
  return svgOf(`One-minute returns of ${days} simulated days`, [
    tailPanel(plain),
    memoryPanel(plain, sample.minuteReturns),
    dayPanel(sample),
  ]);
}
