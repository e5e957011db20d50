/**
 * Shortest span over which drained clients return, in milliseconds: whoever comes next needs a moment to start, and a few
 * clients in one instant find nobody there.
 */
const SPAN_MIN_MS = 2_000;

/**
 * When each of `clients` drained clients comes back, in milliseconds from now: one in each slot of equal width, at a random
 * moment of it. Drawn over the whole span instead, the moments would bunch, now twice the rate and now none.
 *
 * @param returnsPerSecond Clients that the successor takes back in a second; the span grows with the clients.
 * @param random Uniform from 0 (included) to 1 (excluded).
 */
export function* drainSlots(clients: number, returnsPerSecond: number, random: () => number): Generator<number> {
  const spanMs = Math.max(SPAN_MIN_MS, clients / returnsPerSecond * 1000);
  for (let slot = 0; slot < clients; slot++) yield Math.floor((slot + random()) * spanMs / clients);
}
