/** Which rate the network bears. Pure: it is told of round trips and weakness with their time, and says a rate. */

/** Rates from the fastest to the slowest, in update frames a second; the first is whatever the server allows. */
export const RATE_STEPS_PER_SECOND: readonly number[] = [Infinity, 5, 2, 1];

/** A smoothed round trip beyond this many milliseconds asks for the step of the same place, or a slower one; the first step has no bound. */
export const RTT_BOUNDS_MS: readonly number[] = [0, 300, 700, 1_500];

/** A step is left upwards only when the round trip is below this part of the bound that led to it. */
export const RECOVERY_PART = 0.6;

/** Time without reason for the present step before the next faster one is tried, in milliseconds. */
export const RECOVERY_MS = 15_000;

/** Round trips that must have been measured before they lower the rate: the first of a line has the start of everything in it. */
export const SAMPLES_MIN = 3;

/** The step at which a network that the phone calls weak begins. */
const WEAK_STEP = 2;

/** Weight of a new round trip in the smoothed one (RFC 6298, section 2, has 1/8; here samples are rarer). */
const SMOOTHING = 0.3;

/**
 * Down at once, up slowly: a step down takes effect with the round trip that shows it, a step up needs {@link RECOVERY_MS} in
 * which the network would have borne it, and goes one step at a time.
 */
export class AdaptiveRate {
  private step = 0;
  private smoothedMs: number | undefined;
  private samples = 0;
  private saidWeak = false;
  /** Since when the network would bear a faster step; `undefined` while it would not. */
  private goodSinceMs: number | undefined;

  /** Update frames a second that should not be exceeded; infinite on a good network. */
  get perSecond(): number {
    return RATE_STEPS_PER_SECOND[this.step] ?? 1;
  }

  /** Whether the rate is lower than it could be. */
  get isLowered(): boolean {
    return this.step > 0;
  }

  /** The round trip, smoothed, in milliseconds. */
  get rttMs(): number | undefined {
    return this.smoothedMs;
  }

  /** One round trip was measured. */
  sample(rttMs: number, nowMs: number): void {
    const { smoothedMs } = this;
    this.samples += 1;
    this.smoothedMs = smoothedMs === undefined ? rttMs : smoothedMs + SMOOTHING * (rttMs - smoothedMs);
    this.judge(nowMs);
  }

  /** The phone says that its network is weak, or is not any more. */
  weakChanged(isWeak: boolean, nowMs: number): void {
    this.saidWeak = isWeak;
    this.judge(nowMs);
  }

  /** Another network or another server: what was measured says nothing about it. What the phone said still holds. */
  reset(nowMs: number): void {
    this.smoothedMs = undefined;
    this.samples = 0;
    this.judge(nowMs);
  }

  private judge(nowMs: number): void {
    const needed = this.neededStep(1);
    if (needed > this.step) this.step = needed;
    if (this.neededStep(RECOVERY_PART) >= this.step) {
      this.goodSinceMs = undefined;
      return;
    }
    if (this.goodSinceMs === undefined) this.goodSinceMs = nowMs;
    if (nowMs - this.goodSinceMs < RECOVERY_MS) return;
    this.step -= 1;
    this.goodSinceMs = nowMs;
  }

  /** The step that the network asks for, with every bound multiplied by `part`. */
  private neededStep(part: number): number {
    const rttMs = this.samples < SAMPLES_MIN ? 0 : this.smoothedMs ?? 0;
    const byRtt = RTT_BOUNDS_MS.filter((boundMs, step) => step > 0 && rttMs > boundMs * part).length;
    return this.saidWeak ? Math.max(WEAK_STEP, byRtt) : byRtt;
  }
}
