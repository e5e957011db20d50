import { magnitudes, mean } from "./moments.ts";

/**
 * Takes the intraday profile out: each value is divided by the mean magnitude of its place in the day, over all days.
 *
 * @param values Day after day, `placesPerDay` values each. A place where nothing ever happens stays 0.
 */
export function deseasonalised(values: Float64Array, placesPerDay: number): Float64Array {
  const days = values.length / placesPerDay;
  if (!Number.isInteger(days)) throw new RangeError(`${values.length} values are not whole days of ${placesPerDay}`);
  const sizes = magnitudes(values);
  const means = Float64Array.from({ length: placesPerDay }, (_, place) => {
    return mean(Float64Array.from({ length: days }, (_, day) => sizes[day * placesPerDay + place]!));
  });
  return values.map((value, i) => means[i % placesPerDay]! === 0 ? 0 : value / means[i % placesPerDay]!);
}
