import { assert } from "@std/assert";
import type { Clock, TimerId } from "../../shared/mod.ts";

interface Member {
  readonly flush: () => void;
  readonly phase: number;
  /** Turns of the wheel from one flush to the next, at least 1; a fraction makes the rate exact over many turns. */
  everyTurns: number;
  /** The next flush is at the first turn that is not before this. */
  dueTurn: number;
}

/** Phases of one turn. Ten spread the work of a turn thinly enough that no flush waits long for the others. */
const PHASES = 10;

/**
 * Calls every member at its own rate, with the members spread over the phases of the interval: a thousand flushes at one
 * instant would each wait for all before it. One timer serves them all, and none runs while nobody is there.
 */
export class FlushWheel {
  readonly #phases: Set<Member>[] = Array.from({ length: PHASES }, () => new Set<Member>());
  readonly #members = new Map<object, Member>();
  #timer: TimerId | undefined;
  /** Steps of one phase since the wheel was made; the turn is `step / PHASES`. */
  #step = 0;
  #startedMs = 0;

  /** @param turnMs Shortest interval between two flushes of one member, in milliseconds. */
  constructor(private readonly clock: Clock, private readonly turnMs: number) {}

  get size(): number {
    return this.#members.size;
  }

  /** Adds a member; `key` names it in the other calls. @throws AssertionError when the key is taken. */
  add(key: object, flush: () => void): void {
    assert(!this.#members.has(key), "Each member of the wheel needs a key of its own");
    const phase = this.emptiestPhase();
    const member: Member = { flush, phase, everyTurns: 1, dueTurn: 0 };
    this.#members.set(key, member);
    this.#phases[phase]?.add(member);
    if (this.#timer === undefined) this.start();
  }

  /**
   * Sets a member's rate to one flush every `intervalMs` on average, at most one a turn. Flushes happen at turns of the
   * wheel, so an interval of two and a half turns is two and three in alternation.
   */
  setInterval(key: object, intervalMs: number): void {
    const member = this.#members.get(key);
    if (!member) return;
    member.everyTurns = Math.max(1, intervalMs / this.turnMs);
    member.dueTurn = Math.min(member.dueTurn, this.turn + member.everyTurns);
  }

  remove(key: object): void {
    const member = this.#members.get(key);
    if (!member) return;
    this.#members.delete(key);
    this.#phases[member.phase]?.delete(member);
    if (this.#members.size === 0) {
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
    // After a suspended process or a jump of the clock the missed turns are not made up for: a flush sends what is newest.
    if (Math.abs(waitMs) > 10 * this.turnMs) {
      this.#startedMs -= waitMs;
      waitMs = 0;
    }
    this.#timer = this.clock.setTimeout(() => this.run(), Math.max(0, waitMs));
  }

  private run(): void {
    this.#timer = undefined;
    const { turn } = this;
    // A flush may remove members, itself or others: a Set's own iteration leaves those out.
    for (const member of this.#phases[this.#step % PHASES] ?? []) {
      if (turn < member.dueTurn) continue;
      // Counted on from when it was due, lest fractions get lost; but a member that is new begins from now.
      member.dueTurn = (turn - member.dueTurn < 1 ? member.dueTurn : turn) + member.everyTurns;
      member.flush();
    }
    // A flush may have ended the last member, or the first of a new generation may have started the timer again.
    if (this.#members.size > 0 && this.#timer === undefined) this.schedule();
  }

  private emptiestPhase(): number {
    let best = 0;
    this.#phases.forEach((phase, index) => {
      if (phase.size < (this.#phases[best]?.size ?? 0)) best = index;
    });
    return best;
  }
}
