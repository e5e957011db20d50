import type { Clock, TimerId } from "../../shared/mod.ts";

interface Member {
  readonly flush: () => void;
  phase: number;
  /** Turns of the wheel from one flush to the next. */
  everyTurns: number;
  /** Turn at which the next flush is due. */
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

  /** Adds a member; `key` names it in the other calls. */
  add(key: object, flush: () => void): void {
    const phase = this.emptiestPhase();
    const member: Member = { flush, phase, everyTurns: 1, dueTurn: 0 };
    this.#members.set(key, member);
    this.#phases[phase]?.add(member);
    if (this.#timer === undefined) this.start();
  }

  /** Sets a member's rate to one flush in about `intervalMs`, rounded to whole turns, at least one. */
  setInterval(key: object, intervalMs: number): void {
    const member = this.#members.get(key);
    if (!member) return;
    member.everyTurns = Math.max(1, Math.round(intervalMs / this.turnMs));
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
    const dueMs = this.#startedMs + this.#step * this.stepMs;
    const lateMs = this.clock.nowMs() - dueMs;
    // After a suspended process or a jump of the clock the missed turns are not made up for: a flush sends what is newest.
    if (Math.abs(lateMs) > 10 * this.turnMs) this.#startedMs += lateMs;
    this.#timer = this.clock.setTimeout(() => this.run(), Math.max(0, -lateMs));
  }

  private run(): void {
    this.#timer = undefined;
    for (const member of [...this.#phases[this.#step % PHASES] ?? []]) {
      if (this.turn < member.dueTurn) continue;
      member.dueTurn = this.turn + member.everyTurns;
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
