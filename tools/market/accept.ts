/**
 * Says whether the simulated market moves as real ones do: prints the table of stylised facts, measured on fresh seeds through the
 * whole exchange, after rounding, limits and auctions, and on a real series for comparison. Exits with 1 when a row fails.
 */
import { parseArgs } from "node:util";
import { ORDINARY, type SampleStock } from "../../server/exchange/day/sample_day.ts";
import { SEED_MAX } from "../../server/exchange/random.ts";
import { type Fact, FACTS, holds, measuredFacts } from "./facts.ts";
import { sampleMarket } from "./market_sample.ts";
import { readSp500, sampleOf } from "./sp500.ts";

/** A row passes when so large a part of the seeds lies in its band. */
const PASS_SHARE = 0.9;

/**
 * A stock is measured whose price step is small against its moves, as is the case for most. Of a stock at 4 CNY a step is 25 basis
 * points, more than a minute moves: there the bounce between bid and ask outweighs everything else, in truth as here.
 */
const STOCKS: Readonly<Record<string, SampleStock>> = {
  ordinary: ORDINARY,
  dear: { ...ORDINARY, basePrice: 143_000, averageDailyVolume: 3_800_000 },
  star: { ...ORDINARY, basePrice: 11_500, limit: 0.2, lot: 200, sizeStep: 1, volatility: 0.028 },
};

const USAGE =
  "Usage: deno task market:accept [--stock ordinary|dear|star] [--seeds 20] [--first-seed random] [--days 1000] [--minute-days 240]";

interface Options {
  readonly stock: SampleStock;
  readonly seeds: number;
  readonly firstSeed: number;
  readonly days: number;
  readonly minuteDays: number;
}

function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      stock: { type: "string", default: "ordinary" },
      seeds: { type: "string", default: "20" },
      "first-seed": { type: "string" },
      days: { type: "string", default: "1000" },
      "minute-days": { type: "string", default: "240" },
    },
  });
  const whole = (name: keyof typeof values, low: number, high: number): number => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new RangeError(`--${name} must be a whole number from ${low} to ${high}, got "${values[name]}". ${USAGE}`);
    }
    return value;
  };
  const seeds = whole("seeds", 1, 10_000);
  const days = whole("days", 30, 100_000);
  const fresh = crypto.getRandomValues(new Uint32Array(1))[0]! % (SEED_MAX - seeds);
  const stock = STOCKS[values.stock];
  if (!stock) {
    throw new RangeError(`--stock must be one of ${Object.keys(STOCKS).join(", ")}, got "${values.stock}". ${USAGE}`);
  }
  return {
    stock,
    seeds,
    days,
    minuteDays: whole("minute-days", 10, days),
    firstSeed: values["first-seed"] === undefined ? fresh : whole("first-seed", 0, SEED_MAX - seeds),
  };
}

function printRow(name: string, band: string, cells: readonly string[], passed: string, basis: string): void {
  console.log(
    [name.padEnd(40), band.padEnd(14), ...cells.map((cell) => cell.padStart(8)), passed.padStart(8), ` ${basis}`].join(
      " ",
    ),
  );
}

/** @returns True when the row passes. */
function reportFact(fact: Fact, values: readonly number[], real: number): boolean {
  const sorted = values.toSorted((a, b) => a - b);
  const inside = values.filter((value) => holds(fact, value)).length;
  const needed = Math.ceil(PASS_SHARE * values.length);
  const realPasses = fact.minutesOnly || holds(fact, real);
  const passes = inside >= needed && realPasses;
  const figures = [sorted.at(0)!, sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!].map((value) =>
    value.toFixed(3)
  );
  const realText = Number.isNaN(real)
    ? "-"
    : fact.minutesOnly
    ? `(${real.toFixed(3)})`
    : real.toFixed(3) + (realPasses ? "" : " !");
  const band = fact.high === Infinity ? `>= ${fact.low}` : `${fact.low} .. ${fact.high}`;
  printRow(fact.name, band, [...figures, realText], `${inside}/${values.length}${passes ? "" : " !"}`, fact.basis);
  return passes;
}

/** The options given, or the end of the program with a word on what is wrong with them. */
function optionsOrExit(args: string[]): Options {
  try {
    return readOptions(args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(2);
  }
}

async function main(): Promise<void> {
  const { stock, seeds, firstSeed, days, minuteDays } = optionsOrExit(Deno.args);
  const startedMs = performance.now();
  const real = measuredFacts(sampleOf(await readSp500()));
  const measured: number[][] = [];
  for (let i = 0; i < seeds; i++) measured.push(measuredFacts(sampleMarket(stock, firstSeed + i, days, minuteDays)));

  console.log(
    `One stock through the whole exchange: seeds ${firstSeed} to ${firstSeed + seeds - 1}, ${days} days each,`,
  );
  console.log(
    `minute returns of the last ${minuteDays}. S&P 500: daily closes 2000 to 2020, in brackets where the band is one of minutes.\n`,
  );
  printRow("statistic", "band", ["least", "median", "most", "S&P 500"], "passed", "basis");
  const passed = FACTS.map((fact, row) => reportFact(fact, measured.map((values) => values[row]!), real[row]!));
  const seconds = (performance.now() - startedMs) / 1000;
  const failed = passed.filter((pass) => !pass).length;
  console.log(
    `\n${failed === 0 ? "All rows pass" : `${failed} rows fail`}: a row needs ${
      Math.ceil(PASS_SHARE * seeds)
    } of ${seeds} seeds. ` +
      `${seconds.toFixed(0)} s. Again: --first-seed ${firstSeed}`,
  );
  if (failed > 0) Deno.exit(1);
}

await main();
