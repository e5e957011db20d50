/** Asks by HTTP what a socket would have brought, again and again. It knows nothing of sockets, nor of quotes. */
import { type ClientMessageOf, decodePoll, type Resume, type ServerMessage } from "../lib/shared";
import { type PollAnswer, type PollTransport, pollUrl } from "./poll_transport";
import type { SteadyClock } from "./steady_clock";
import { Timer } from "./timer";

/** Time from one poll's answer to the next poll, in milliseconds. */
export const POLL_INTERVAL_MS = 2_000;

/** The same where nothing is in view. */
export const POLL_HIDDEN_INTERVAL_MS = 10_000;

/** How late a poll's answer may be for prices to go on being fresh, in milliseconds. */
export const POLL_GRACE_MS = 2_000;

/** How long an answer may take, in milliseconds. */
export const POLL_TIMEOUT_MS = 8_000;

/** Time between a poll and one that has a reason not to wait for the interval, in milliseconds. */
export const POLL_SOON_MS = 200;

/** Polls that may follow each other without the interval because something was left: beyond them the server never gives it. */
export const POLLS_AT_ONCE_MAX = 20;

/** Longest pause that a server may ask for, in milliseconds. */
const RETRY_AFTER_MAX_MS = 60_000;

/** Why a poll brought nothing: no answer, one that is none, or one that asks for patience. */
export type PollFault = "no_answer" | "refused" | "later";

export interface PollerEvents {
  /** What the next poll says; `undefined` where there is nothing to ask for. */
  hello(): ClientMessageOf<"hello"> | undefined;
  /**
   * A poll was answered.
   *
   * @param askedMs When it was sent, on the {@link SteadyClock}.
   * @returns Whether there is more to ask for at once.
   */
  answered(messages: readonly ServerMessage[], askedMs: number): boolean;
  failed(fault: PollFault): void;
}

export class Poller {
  private readonly clock: SteadyClock;
  private readonly transport: PollTransport;
  private readonly events: PollerEvents;
  private readonly timer: Timer;
  private url: string | undefined;
  private abort: (() => void) | undefined;
  private askedMs = 0;
  private answeredMs: number | undefined;
  private intervalMs = POLL_INTERVAL_MS;
  private atOnce = 0;
  private isPaused = false;
  /** Whether something else was wanted while an answer was awaited. */
  private isDueSoon = false;

  constructor(clock: SteadyClock, transport: PollTransport, events: PollerEvents) {
    this.clock = clock;
    this.transport = transport;
    this.events = events;
    this.timer = new Timer(clock);
  }

  /** Milliseconds since the last answer; `undefined` before the first since the start. */
  get ageMs(): number | undefined {
    return this.answeredMs === undefined ? undefined : this.clock.nowMs() - this.answeredMs;
  }

  /** How long what the last answer brought may still be called fresh, in milliseconds; 0 where it may not. */
  get freshForMs(): number {
    const { ageMs } = this;
    return ageMs === undefined ? 0 : Math.max(0, this.intervalMs + POLL_GRACE_MS - ageMs);
  }

  /** Polls at once, and from now on. @param socketUrl Where the server's sockets would be. */
  start(socketUrl: string): void {
    this.stop();
    this.url = pollUrl(socketUrl);
    this.poll();
  }

  /** Asks nothing more and hears nothing more. */
  stop(): void {
    if (this.abort) this.abort();
    this.abort = undefined;
    this.url = undefined;
    this.answeredMs = undefined;
    this.isPaused = false;
    this.isDueSoon = false;
    this.atOnce = 0;
    this.timer.clear();
  }

  /** Something else is wanted: it is asked for without waiting for the interval, unless the server asked for a pause. */
  soon(): void {
    this.isDueSoon = this.abort !== undefined;
    if (this.url === undefined || this.abort || this.isPaused) return;
    this.pollIn(Math.max(0, this.askedMs + POLL_SOON_MS - this.clock.nowMs()));
  }

  private pollIn(delayMs: number): void {
    this.timer.set(delayMs, () => this.poll());
  }

  private poll(): void {
    const { url } = this;
    if (url === undefined) return;
    this.isPaused = false;
    const hello = this.events.hello();
    // Nothing is wanted now; a wish will say so.
    if (!hello) return;
    const groups = hello.resume?.groups ?? [];
    this.intervalMs = groups.every(({ tier }) => tier === "hidden") ? POLL_HIDDEN_INTERVAL_MS : POLL_INTERVAL_MS;
    this.askedMs = this.clock.nowMs();
    const body = JSON.stringify(hello);
    let isDone = false;
    const abort = this.transport.post({ url, body, timeoutMs: POLL_TIMEOUT_MS }, (answer) => {
      isDone = true;
      this.abort = undefined;
      this.take(answer, hello.resume);
    });
    if (!isDone) this.abort = abort;
  }

  private take(answer: PollAnswer, resume: Resume | undefined): void {
    const decoded = answer.status === 200 ? decodePoll(answer.body) : undefined;
    if (!decoded || !decoded.ok) return this.fail(answer);
    const messages = decoded.message;
    const refusal = messages.find(({ type }) => type === "error");
    if (refusal || messages[0]?.type !== "welcome") return this.fail(answer);
    this.answeredMs = this.clock.nowMs();
    const { url } = this;
    const hasMore = this.events.answered(messages, this.askedMs);
    // Whoever heard of it may have stopped the polls, or begun them anew.
    if (this.url !== url || this.abort) return;
    this.atOnce = hasMore || isLeft(messages, resume) ? this.atOnce + 1 : 0;
    if (this.atOnce > 0 && this.atOnce <= POLLS_AT_ONCE_MAX) this.pollIn(0);
    else if (!this.timer.isSet) this.pollIn(this.isDueSoon ? POLL_SOON_MS : this.intervalMs);
    this.isDueSoon = false;
  }

  private fail({ status, retryAfterMs }: PollAnswer): void {
    const isLater = status === 429 || status === 503;
    this.isPaused = isLater;
    const askedForMs = Math.min(RETRY_AFTER_MAX_MS, retryAfterMs ?? POLL_INTERVAL_MS);
    // What was wanted meanwhile may be in view, though nothing was when this poll was made.
    const intervalMs = this.isDueSoon ? POLL_INTERVAL_MS : this.intervalMs;
    this.isDueSoon = false;
    this.pollIn(isLater ? Math.max(POLL_INTERVAL_MS, askedForMs) : intervalMs);
    this.events.failed(isLater ? "later" : status === 0 ? "no_answer" : "refused");
  }
}

/** Whether an answer owes something: a snapshot after the last one, or a symbol that was promised and did not come. */
export function isLeft(messages: readonly ServerMessage[], resume: Resume | undefined): boolean {
  const promised = new Set<string>();
  const hidden = new Set<string>();
  (resume?.groups ?? []).forEach(({ tier, symbols }) => {
    if (tier === "hidden") symbols.forEach(({ symbol }) => hidden.add(symbol));
  });
  let isLive = true;
  for (const message of messages) {
    if (message.type === "subscribed" && message.resumed) {
      message.resumed.delta.forEach((symbol) => promised.add(symbol));
      message.resumed.snapshot.forEach((symbol) => promised.add(symbol));
    }
    if (message.type === "snapshot") isLive = message.live;
    if (message.type === "snapshot" || message.type === "update") {
      (message.quotes as readonly { symbol: string }[]).forEach(({ symbol }) => promised.delete(symbol));
    }
  }
  // Nothing comes of a hidden symbol until it comes nearer, so none is waited for.
  return !isLive || Array.from(promised).some((symbol) => !hidden.has(symbol));
}
