/** The value itself, or the bound that it is beyond. Where the bounds cross, the lower one holds. */
export function within(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
