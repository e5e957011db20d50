/** When to poll instead: sockets fail, and HTTP is answered. It decides; the poller polls, and the line goes on trying for a socket. */
import type { LineState } from "./client_state";
import type { PollFault } from "./poller";
import type { ClientError, ClientErrorCode } from "./quote_client";

/** Attempts in a row without a `welcome` after which HTTP is tried. */
export const FAILED_ATTEMPTS_MAX = 3;

/** Polls in a row without an answer after which polling is no better than no line. */
export const FAILED_POLLS_MAX = 3;

/** Time from one attempt at a socket to the next while polling, in milliseconds: uniform between these two. */
export const SOCKET_RETRY_MIN_MS = 20_000;
export const SOCKET_RETRY_MAX_MS = 40_000;

/** Ends of an attempt, or of a line, that say nothing against HTTP. */
const SOCKET_FAILURES: readonly ClientErrorCode[] = [
  "cannot_connect",
  "no_answer",
  "lost",
  "silent",
  "nonsense",
  "closed_by_server",
];

/** States in which the line is on its way to a socket. */
const TRYING: readonly LineState[] = ["waiting", "connecting", "negotiating"];

/** What a server answers to a handshake whose `Upgrade` got lost on the way, or what stands in between answers itself. */
const STRIPPED_STATUSES = ["200", "400", "426", "501"];

/** What a server answers that could take a socket, and does not want this one now: polls would only add to its load. */
const REFUSED_STATUSES = ["403", "429", "503"];

export interface FallBackEvents {
  startPolls(): void;
  stopPolls(): void;
  /** Polling has begun to take the place of a line, or does so no more: the client's state may be another one. */
  changed(): void;
  /** The next attempt at a socket may wait for so long, and need not wait longer. */
  retrySocketIn(delayMs: number): void;
}

export class FallBack {
  private readonly events: FallBackEvents;
  private readonly random: () => number;
  private state: LineState = "idle";
  private isOnline = true;
  private failedAttempts = 0;
  private failedPolls = 0;
  private isAsking = false;
  private isInPlace = false;
  private wasStripped = false;

  /** @param random Uniform from 0 (included) to 1 (excluded). */
  constructor(random: () => number, events: FallBackEvents) {
    this.random = random;
    this.events = events;
  }

  /** Whether polling takes the place of a line: polls are answered. */
  get isPolling(): boolean {
    return this.isInPlace;
  }

  /** The line is in another state. */
  lineChanged(state: LineState): void {
    this.state = state;
    if (state === "live") this.failedAttempts = 0;
    this.review();
  }

  /** The line, or an attempt at one, has failed. */
  lineFailed({ code, text }: ClientError): void {
    const status = handshakeStatus(text);
    this.wasStripped = STRIPPED_STATUSES.includes(status);
    if (SOCKET_FAILURES.includes(code) && !REFUSED_STATUSES.includes(status)) {
      this.failedAttempts += this.wasStripped ? FAILED_ATTEMPTS_MAX : 1;
    }
    this.review();
    if (this.isInPlace) this.postpone();
  }

  networkChanged(isConnected: boolean): void {
    this.isOnline = isConnected;
    this.review();
  }

  /** Another server: what failed before says nothing about it. */
  reset(): void {
    this.failedAttempts = 0;
    this.stop();
  }

  pollAnswered(): void {
    this.failedPolls = 0;
    if (this.isInPlace || !this.isAsking) return;
    this.isInPlace = true;
    this.events.changed();
    // A server that was away is there again, and may take a socket as well; where none passes, another attempt tells nothing.
    if (this.wasStripped) this.postpone();
    else if (this.isInPlace) this.events.retrySocketIn(0);
  }

  pollFailed(fault: PollFault): void {
    // A server that asks for patience is there.
    if (fault === "later") return;
    this.failedPolls += 1;
    if (this.isInPlace && this.failedPolls < FAILED_POLLS_MAX) return;
    // Neither way works: as if nothing had been tried, the line goes on, and the next failed attempt tries HTTP again.
    const wasInPlace = this.isInPlace;
    this.failedAttempts = FAILED_ATTEMPTS_MAX - 1;
    this.stop();
    if (wasInPlace) this.events.retrySocketIn(0);
  }

  private review(): void {
    const isMeant = this.isOnline && this.failedAttempts >= FAILED_ATTEMPTS_MAX && TRYING.includes(this.state);
    if (!isMeant) return this.stop();
    if (this.isAsking) return;
    this.isAsking = true;
    this.failedPolls = 0;
    this.events.startPolls();
  }

  private stop(): void {
    if (!this.isAsking) return;
    const wasInPlace = this.isInPlace;
    this.isAsking = false;
    this.isInPlace = false;
    this.events.stopPolls();
    if (wasInPlace) this.events.changed();
  }

  private postpone(): void {
    const spanMs = SOCKET_RETRY_MAX_MS - SOCKET_RETRY_MIN_MS;
    this.events.retrySocketIn(SOCKET_RETRY_MIN_MS + this.random() * spanMs);
  }
}

/** The HTTP status by which a handshake was answered, where the platform's words tell; else "". */
export function handshakeStatus(text: string): string {
  const [, status = ""] = /(?:status|response|code|HTTP)\D{0,12}\b(\d{3})\b/i.exec(text) ?? [];
  return status;
}
