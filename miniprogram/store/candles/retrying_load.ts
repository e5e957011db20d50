import { type ApiAnswer, isPassing } from "../../api/api_answer";
import type { Clock } from "../../lib/shared";
import { Backoff } from "../../net/backoff";
import { SERVER_WAIT_MAX_MS } from "../../net/pauses";
import { Timer } from "../../net/timer";

/**
 * One load at a time, tried again by itself for as long as the server cannot be reached or is not ready: after a wait that grows, and
 * never before the server wants to be asked again.
 */
export class RetryingLoad<Answer extends ApiAnswer> {
  private readonly timer: Timer;
  private readonly backoff: Backoff;
  private ticket = 0;
  private isAsking = false;
  private again: (() => void) | undefined;

  /** @param random Uniform from 0 (included) to 1 (excluded). */
  constructor(clock: Clock, random: () => number) {
    this.timer = new Timer(clock);
    this.backoff = new Backoff(random);
  }

  /** Whether an answer, or the next attempt, is awaited. */
  get isBusy(): boolean {
    return this.isAsking || this.timer.isSet;
  }

  /** Begins another load in place of the present one. `onAnswer` hears of every attempt, also of those that are tried again. */
  run(ask: () => Promise<Answer>, onAnswer: (answer: Answer) => void): void {
    this.stop();
    this.again = () => void this.attempt(ask, onAnswer);
    this.again();
  }

  /** Tries now instead of at the next planned time; nothing where none is planned. */
  retryNow(): void {
    if (!this.timer.isSet) return;
    this.timer.clear();
    this.again?.();
  }

  /** Forgets the load: an answer still on its way is not listened to. */
  stop(): void {
    this.ticket++;
    this.isAsking = false;
    this.timer.clear();
    this.backoff.reset();
  }

  private async attempt(ask: () => Promise<Answer>, onAnswer: (answer: Answer) => void): Promise<void> {
    const ticket = this.ticket;
    this.isAsking = true;
    const answer = await ask();
    if (ticket !== this.ticket) return;
    this.isAsking = false;
    if (!answer.ok && isPassing(answer.fault)) {
      const askedMs = Math.min(answer.retryAfterMs ?? 0, SERVER_WAIT_MAX_MS);
      this.timer.set(askedMs + this.backoff.nextMs(), () => this.again?.());
    }
    onAnswer(answer);
  }
}
