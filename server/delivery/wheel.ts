import { assert } from "@std/assert";
import type { Clock, TimerId } from "../../shared/mod.ts";
import { FlushRound } from "./flush_round.ts";
import type { LagHistogram } from "./lag_histogram.ts";

interface Spoke<Member> {
  readonly member: Member;
  readonly phase: number;
  /** Turns of the wheel from one visit to the next, at least 1; a fraction makes the rate exact over many turns. */
  everyTurns: number;
  /** The next visit is at the first turn that is not before this. */
  dueTurn: number;
}

/** Phases of one turn. Ten spread the work of a turn thinly enough that no visit waits long for the others. */
const PHASES = 10;

/**
 * Visits every member at its own rate, with the members spread over the phases of the interval: a thousand visits at one
 * instant would each wait for all before it. One timer serves them all, and none runs while nobody is there.
 */
export class Wheel<Member extends object> {
  readonly #phases: Set<Spoke<Member>>[] = Array.from({ length: PHASES }, () => new Set<Spoke<Member>>());
  readonly #spokes = new Map<Member, Spoke<Member>>();
  #timer: TimerId | undefined;
  /** Steps of one phase since the wheel was made; the turn is `step / PHASES`. */
  #step = 0;
  #startedMs = 0;

  /**
   * @param turnMs Shortest interval between two visits of one member, in milliseconds.
   * @param visit Flushes one member, or looks after it; all that are visited at one moment are given the same round.
   * @param lag Told how late each phase was. @default nobody is
   */
  constructor(
    private readonly clock: Clock,
    private readonly turnMs: number,
    private readonly visit: (member: Member, round: FlushRound) => void,
    private readonly lag?: LagHistogram,
  ) {}

  get size(): number {
    return this.#spokes.size;
  }

  /** Adds a member. @throws AssertionError when it is there already. */
  add(member: Member): void {
    assert(!this.#spokes.has(member), "A member of the wheel is added once");
    const phase = this.emptiestPhase();
    const spoke: Spoke<Member> = { member, phase, everyTurns: 1, dueTurn: 0 };
    this.#spokes.set(member, spoke);
    this.#phases[phase]?.add(spoke);
    if (this.#timer === undefined) this.start();
  }

  /**
   * Sets a member's rate to one visit every `intervalMs` on average, at most one a turn. Visits happen at turns of the
   * wheel, so an interval of two and a half turns is two and three in alternation.
   */
  setInterval(member: Member, intervalMs: number): void {
    const spoke = this.#spokes.get(member);
    if (!spoke) return;
    spoke.everyTurns = Math.max(1, intervalMs / this.turnMs);
    spoke.dueTurn = Math.min(spoke.dueTurn, this.turn + spoke.everyTurns);
  }

  remove(member: Member): void {
    const spoke = this.#spokes.get(member);
    if (!spoke) return;
    this.#spokes.delete(member);
    this.#phases[spoke.phase]?.delete(spoke);
    if (this.#spokes.size === 0) {
      this.clock.clearTimeout(this.#timer);
      this.#timer = undefined;
    }
  }

  private get turn(): number {
    return Math.floor(this.#step / PHASES);
  }

  private start(): void {
    this.#startedMs = this.clock.nowMs() - this.#step * this.stepMs;
    this.schedule();
  }

  private get stepMs(): number {
    return this.turnMs / PHASES;
  }

  /** Sleeps to the next phase that has members: a lone client wakes the server once a turn, not once a phase. */
  private schedule(): void {
    do this.#step++; while (this.#phases[this.#step % PHASES]?.size === 0);
    let waitMs = this.#startedMs + this.#step * this.stepMs - this.clock.nowMs();
    // After a suspended process or a jump of the clock the missed turns are not made up for: a visit deals with what is newest.
    if (Math.abs(waitMs) > 10 * this.turnMs) {
      this.#startedMs -= waitMs;
      waitMs = 0;
    }
    this.#timer = this.clock.setTimeout(() => this.run(), Math.max(0, waitMs));
  }

  private run(): void {
    this.#timer = undefined;
    const { turn } = this;
    const round = new FlushRound(this.clock.nowMs());
    this.lag?.record(round.nowMs - this.#startedMs - this.#step * this.stepMs);
    // A visit may remove members, itself or others: a Set's own iteration leaves those out.
    for (const spoke of this.#phases[this.#step % PHASES] ?? []) {
      if (turn < spoke.dueTurn) continue;
      // Counted on from when it was due, lest fractions get lost; but a member that is new begins from now.
      spoke.dueTurn = (turn - spoke.dueTurn < 1 ? spoke.dueTurn : turn) + spoke.everyTurns;
      this.visit(spoke.member, round);
    }
    // A visit may have ended the last member, or the first of a new generation may have started the timer again.
    if (this.#spokes.size > 0 && this.#timer === undefined) this.schedule();
  }

  private emptiestPhase(): number {
    let best = 0;
    this.#phases.forEach((phase, index) => {
      if (phase.size < (this.#phases[best]?.size ?? 0)) best = index;
    });
    return best;
  }
}
