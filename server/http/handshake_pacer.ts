import type { Clock, TimerId } from "../../shared/mod.ts";
import { LagHistogram } from "../delivery/lag_histogram.ts";

export interface PacerLimits {
  /** Handshakes let through in a second at the most. */
  readonly handshakesPerSecondMax: number;
  /** Handshakes let through whose clients have not said anything yet; each counts for a second at the most. */
  readonly handshakesInFlightMax: number;
  /** Handshakes that may wait for their turn. */
  readonly waitingHandshakesMax: number;
  /** Longest wait for a turn, in milliseconds; shorter than a client's patience, or it waits for nothing. */
  readonly handshakeWaitMsMax: number;
}

/** What came of a handshake: let through, too many before it, or the server let nobody in any more. */
export type Turn = "admitted" | "busy" | "closed";

interface Handshake {
  readonly settle: (turn: Turn) => void;
  /** When it came. */
  readonly sinceMs: number;
  /** When it was let through. */
  admittedMs: number;
}

/** Length of one turn, in milliseconds: each has a budget, so that a storm is let in by the spoonful. */
const TURN_MS = 10;

/** A turn that comes later than this, in milliseconds, says that the loop has too much to do already. */
const LATE_MS = 50;

/**
 * Share of the full pace that is kept however late the loop is: it may be late for other reasons, and a crowd that is let
 * in too slowly loses its patience, comes again, and costs all of it twice.
 */
const PACE_MIN_SHARE = 1 / 3;

/** Turns that a late one makes up for at the most. */
const TURNS_SAVED_MAX = 20;

/**
 * Longest time for which a handshake counts as on its way, in milliseconds. A phone far away is heard within it; whoever is
 * let through and says nothing, or is gone without Deno's telling, must not hold the door against everybody else.
 */
const FLIGHT_MS_MAX = 1_000;

/** Turns without lateness after which the budget is back at its full size. */
const RECOVERY_TURNS = 50;

/**
 * Lets handshakes through at a pace that the event loop stands. Each one costs more than it seems: the upgrade, then
 * `hello`, a subscription, a screen of snapshots. Ten thousand at once would be seconds in which nobody gets a price.
 *
 * Handshakes beyond a turn's budget wait in order, a bounded number for a bounded time. A turn that comes late halves the
 * budget, and turns in time bring it back. And only so many are on their way at once: between the answer to a handshake
 * and the client's first message lies work of Deno's that no timer's lateness shows, and that takes seconds when thousands
 * are in it, which the clients' patience does not outlast. It has a timer only while somebody waits; a lone handshake is let
 * through at once.
 */
export class HandshakePacer {
  /** How long the admitted ones waited. */
  readonly waits = new LagHistogram();
  readonly #waiting = new Set<Handshake>();
  /** Let through and on their way, in the order in which they were. */
  readonly #flights = new Set<Handshake>();
  readonly #fullBudget: number;
  readonly #budgetMin: number;
  #budget: number;
  /** Handshakes that may still pass in this turn; a fraction is carried into the next. */
  #left: number;
  /** When the latest turn began. */
  #turnMs = -Infinity;
  #timer: TimerId | undefined;
  #isClosed = false;

  constructor(private readonly clock: Clock, private readonly limits: PacerLimits) {
    this.#fullBudget = limits.handshakesPerSecondMax * TURN_MS / 1000;
    this.#budgetMin = this.#fullBudget * PACE_MIN_SHARE;
    this.#budget = this.#fullBudget;
    this.#left = Math.max(1, this.#fullBudget);
  }

  /** Handshakes that wait now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Handshakes a second that it lets through as things are. */
  get perSecond(): number {
    return this.#budget * 1000 / TURN_MS;
  }

  /**
   * Asks for a turn. `settle` is called once: during this call, or later from a timer.
   *
   * @returns Tells that the handshake is over: its peer is gone, and `settle` is not called any more, or it was let through
   * and its client has spoken. Twice is once.
   */
  enter(settle: (turn: Turn) => void): () => void {
    const nowMs = this.clock.nowMs();
    this.beginTurn(nowMs);
    const handshake: Handshake = { settle, sinceMs: nowMs, admittedMs: NaN };
    if (this.#isClosed) settle("closed");
    else if (this.#waiting.size === 0 && this.hasRoom(nowMs)) this.admit(handshake, nowMs);
    else if (this.#waiting.size >= this.limits.waitingHandshakesMax) settle("busy");
    else {
      this.#waiting.add(handshake);
      if (this.#timer === undefined) this.schedule(nowMs);
    }
    return () => this.leave(handshake);
  }

  /** Sends everybody away who waits, and from now on everybody who comes. */
  close(): void {
    this.#isClosed = true;
    for (const { settle } of this.#waiting) settle("closed");
    this.#waiting.clear();
    this.stopWhenIdle();
  }

  private hasRoom(nowMs: number): boolean {
    if (this.#left < 1) return false;
    for (const flight of this.#flights) {
      if (nowMs - flight.admittedMs < FLIGHT_MS_MAX) break;
      this.#flights.delete(flight);
    }
    return this.#flights.size < this.limits.handshakesInFlightMax;
  }

  private leave(handshake: Handshake): void {
    this.#flights.delete(handshake);
    this.#waiting.delete(handshake);
    this.stopWhenIdle();
  }

  private stopWhenIdle(): void {
    if (this.#waiting.size > 0) return;
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** While nobody waits there is no timer, so whoever comes finds out how many turns have passed. */
  private beginTurn(nowMs: number): void {
    if (this.#waiting.size > 0 || nowMs - this.#turnMs < TURN_MS) return;
    this.grow((nowMs - this.#turnMs) / TURN_MS);
    this.refill(nowMs);
  }

  private schedule(nowMs: number): void {
    const dueMs = Math.max(this.#turnMs + TURN_MS, nowMs);
    this.#timer = this.clock.setTimeout(() => this.run(dueMs), dueMs - nowMs);
  }

  private run(dueMs: number): void {
    this.#timer = undefined;
    const nowMs = this.clock.nowMs();
    if (nowMs - dueMs > LATE_MS) this.#budget = Math.max(this.#budgetMin, this.#budget / 2);
    else this.grow(1);
    this.refill(nowMs);
    for (const waiting of this.#waiting) {
      if (nowMs - waiting.sinceMs >= this.limits.handshakeWaitMsMax) {
        this.#waiting.delete(waiting);
        waiting.settle("busy");
      } else if (this.hasRoom(nowMs)) {
        this.#waiting.delete(waiting);
        this.admit(waiting, nowMs);
      } else break;
    }
    // Whoever was settled may have come again, or closed the door.
    if (this.#waiting.size > 0 && this.#timer === undefined) this.schedule(nowMs);
  }

  private admit(handshake: Handshake, nowMs: number): void {
    this.#left--;
    handshake.admittedMs = nowMs;
    this.#flights.add(handshake);
    this.waits.record(nowMs - handshake.sinceMs);
    handshake.settle("admitted");
  }

  /**
   * Begins a turn. A late one has the budget of the time that has passed, because the pace is one in time; but a quiet time
   * saves nothing up: after an hour of rest a storm is let in as slowly as ever.
   */
  private refill(nowMs: number): void {
    const turns = (nowMs - this.#turnMs) / TURN_MS;
    const most = Math.max(1, this.#budget * (this.#waiting.size > 0 ? TURNS_SAVED_MAX : 1));
    this.#left = Math.min(most, this.#left + turns * this.#budget);
    this.#turnMs = nowMs;
  }

  private grow(turns: number): void {
    this.#budget = Math.min(this.#fullBudget, this.#budget + turns * this.#fullBudget / RECOVERY_TURNS);
  }
}
