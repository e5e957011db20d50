/** A bound on a rate with room for bursts: full at first, refilled steadily, one token a message. */
export class TokenBucket {
  #tokens: number;
  #filledMs: number;

  /**
   * @param perSecond Tokens that flow in per second.
   * @param burst Tokens it holds at the most.
   * @param nowMs The time now, in milliseconds of any clock; the same one as in {@link take}.
   */
  constructor(readonly perSecond: number, readonly burst: number, nowMs: number) {
    this.#tokens = burst;
    this.#filledMs = nowMs;
  }

  /** Takes one token and says whether there was one. A clock that went back refills nothing. */
  take(nowMs: number): boolean {
    const elapsedMs = Math.max(0, nowMs - this.#filledMs);
    this.#filledMs = nowMs;
    this.#tokens = Math.min(this.burst, this.#tokens + elapsedMs * this.perSecond / 1000);
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
