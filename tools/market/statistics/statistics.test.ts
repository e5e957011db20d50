import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Random } from "../../../server/exchange/random.ts";
import { autocorrelations, correlation, decayExponent, leverage } from "./correlation.ts";
import { fanoFactor, hillExponent } from "./extremes.ts";
import { aggregated, excessKurtosis, kurtosis, magnitudes, mean, standardDeviation } from "./moments.ts";
import { deseasonalised } from "./season.ts";

const COUNT = 60_000;

function series(name: string, next: (random: Random, before: number) => number, count = COUNT): Float64Array {
  const random = Random.stream(1, name);
  let value = 0;
  return Float64Array.from({ length: count }, () => value = next(random, value));
}

/** A GARCH(1, 1) series: today's variance is 1 − a − b + a × yesterday's square + b × yesterday's variance. */
function garch(a: number, b: number, asymmetry = 0): Float64Array {
  let variance = 1;
  return series(`garch ${a} ${b} ${asymmetry}`, (random, before) => {
    variance = 1 - a - b + (a + asymmetry * Math.sign(-before)) * before * before + b * variance;
    return Math.sqrt(variance) * random.normal();
  });
}

Deno.test("moments of a short series come out as on paper", () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  assertEquals([mean(values), standardDeviation(values)], [5, 2]);
  // Fourth powers of the distances: 81 + 3 × 1 + 0 + 0 + 16 + 256 = 356, over 8 × 16.
  assertAlmostEquals(kurtosis(values), 356 / 128, 1e-12);
  assertEquals([...aggregated([1, 2, 3, 4, 5], 2)], [3, 7]);
  assertThrows(() => mean([]), RangeError, "empty");
});

Deno.test("excess kurtosis: 0 for normal, 3 for Laplace, 1 for Student with 10 degrees of freedom", () => {
  const normal = series("normal", (random) => random.normal());
  const laplace = series("laplace", (random) => random.exponential() * (random.uniform() < 0.5 ? 1 : -1));
  const student = series("student", (random) => {
    let chiSquare = 0;
    for (let i = 0; i < 5; i++) chiSquare += 2 * random.exponential();
    return random.normal() / Math.sqrt(chiSquare / 10);
  });
  assertAlmostEquals(excessKurtosis(normal), 0, 0.08);
  assertAlmostEquals(excessKurtosis(laplace), 3, 0.3);
  assertAlmostEquals(excessKurtosis(student), 1, 0.3);
});

Deno.test("the autocorrelation of an AR(1) series is its coefficient to the power of the lag", () => {
  const values = autocorrelations(series("ar", (random, before) => 0.7 * before + random.normal()), 6);
  for (const [i, value] of values.entries()) assertAlmostEquals(value, 0.7 ** (i + 1), 0.03);
});

Deno.test("GARCH: returns are not correlated, their magnitudes are, and only an asymmetric one shows leverage", () => {
  const plain = garch(0.1, 0.85);
  assertAlmostEquals(autocorrelations(plain, 1)[0]!, 0, 0.02);
  const clustering = autocorrelations(magnitudes(plain), 40);
  assert(clustering[0]! > 0.12 && clustering[39]! < clustering[0]! / 2);
  // Bollerslev 1986: kurtosis 3 (1 − (a + b)²) / (1 − (a + b)² − 2 a²).
  assertAlmostEquals(kurtosis(plain), 3 * 0.0975 / (0.0975 - 0.02), 0.5);
  assertAlmostEquals(leverage(plain), 0, 0.015);
  assert(leverage(garch(0.1, 0.85, 0.08)) < -0.05);
});

Deno.test("Hill finds the exponent of a power law", () => {
  for (const exponent of [2, 3, 4]) {
    const pareto = series(`pareto ${exponent}`, (random) => (1 - random.uniform()) ** (-1 / exponent));
    assertAlmostEquals(hillExponent(pareto, 0.02), exponent, 0.25);
  }
  assertThrows(() => hillExponent(new Float64Array(100), 0.02), RangeError, "not 0");
});

Deno.test("the decay exponent is the slope of the logarithms", () => {
  assertAlmostEquals(decayExponent(Float64Array.from({ length: 100 }, (_, i) => 0.3 * (i + 1) ** -0.35)), 0.35, 1e-9);
  assertAlmostEquals(decayExponent([1, 0, -1, 0.25]), 1, 1e-9);
});

Deno.test("the Fano factor is about 1 for independent moves and large for bursts", () => {
  const independent = series("independent", (random) => random.normal());
  assertAlmostEquals(fanoFactor(independent, 0.01, 60), 1, 0.15);
  const bursts = independent.map((value, i) => value * (i % 6_000 < 120 ? 9 : 1));
  assert(fanoFactor(bursts, 0.01, 60) > 10);
});

Deno.test("correlation of two series is 1, −1 or 0 where it must be, and needs equal lengths", () => {
  assertAlmostEquals(correlation([1, 2, 3], [5, 7, 9]), 1, 1e-12);
  assertAlmostEquals(correlation([1, 2, 3], [3, 2, 1]), -1, 1e-12);
  assertAlmostEquals(correlation([1, 2, 1, 2], [1, 1, 2, 2]), 0, 1e-12);
  assertThrows(() => correlation([1], [1, 2]), RangeError, "got 1 and 2");
});

Deno.test("deseasonalising takes the profile out and leaves a still place still", () => {
  const profile = [4, 1, 0, 2];
  const values = series("season", (random) => random.normal(), 40_000).map((value, i) => value * profile[i % 4]!);
  const plain = deseasonalised(values, 4);
  for (const place of [0, 1, 3]) {
    assertAlmostEquals(mean(magnitudes(plain.filter((_, i) => i % 4 === place))), 1, 1e-9);
  }
  assert(plain.every((value, i) => i % 4 !== 2 || value === 0));
  assertThrows(() => deseasonalised(values, 7), RangeError, "not whole days of 7");
});
