/** The number at `index`; a list that is too short has zeros there. */
export function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}

/** A prediction that no field could hold is 0 instead, so that its error is a number that the wire can hold. */
export function inRange(value: number): number {
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : 0;
}
