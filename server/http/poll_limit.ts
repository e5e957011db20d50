import { TokenBucket } from "../delivery/token_bucket.ts";
import { networkOf } from "./client_network.ts";

/** Polls that one address may make in a second, over time, and at once: a household behind one address has several phones. */
export const POLLS_PER_SECOND = 10;
export const POLLS_BURST = 40;

/** Addresses that are remembered at the most: beyond that those are forgotten that have not asked for longest. */
const ADDRESSES_MAX = 10_000;

/** Bounds how often each address may poll. */
export class PollLimit {
  readonly #buckets = new Map<string, TokenBucket>();

  /** Whether `address` may poll now. */
  admits(address: string, nowMs: number): boolean {
    const network = networkOf(address);
    const bucket = this.#buckets.get(network) ?? new TokenBucket(POLLS_PER_SECOND, POLLS_BURST, nowMs);
    // Put anew at the end, so that the first in the map is the one that has not asked for longest.
    this.#buckets.delete(network);
    this.#buckets.set(network, bucket);
    if (this.#buckets.size > ADDRESSES_MAX) this.#buckets.delete(this.#buckets.keys().next().value ?? "");
    return bucket.take(nowMs);
  }
}
