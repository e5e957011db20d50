/** Polling in the place of a line: the parts that belong to it, behind one face. */
import type { ClientMessageOf, Resume, ServerMessage } from "../lib/shared";
import type { LineState } from "./client_state";
import { FallBack } from "./fall_back";
import { Poller } from "./poller";
import type { ClientError, QuoteClientOptions } from "./quote_client";
import type { SteadyClock } from "./steady_clock";
import type { Tap } from "./tap";

export interface PollingEvents {
  /** Where the server's sockets would be. */
  url(): string;
  /** What the next poll asks for. */
  resume(): Resume | undefined;
  /** The messages of one answer. @returns Whether there is more to ask for at once. */
  answered(messages: readonly ServerMessage[], askedMs: number): boolean;
  /** Polling has begun to take the place of a line, or does so no more. */
  changed(): void;
  /** The line's next attempt comes after so long. */
  retrySocketIn(delayMs: number): void;
}

export class Polling {
  private readonly options: QuoteClientOptions;
  private readonly tap: Tap;
  private readonly events: PollingEvents;
  private readonly fallBack: FallBack | undefined;
  private readonly poller: Poller | undefined;

  constructor(options: QuoteClientOptions, clock: SteadyClock, tap: Tap, events: PollingEvents) {
    this.options = options;
    this.tap = tap;
    this.events = events;
    const { pollTransport, random } = options;
    if (!pollTransport) return;
    const poller = new Poller(clock, pollTransport, {
      hello: () => this.hello(),
      answered: (messages, askedMs) => this.take(messages, askedMs),
      failed: (fault) => this.fallBack?.pollFailed(fault),
    });
    this.poller = poller;
    this.fallBack = new FallBack(random, {
      startPolls: () => poller.start(events.url()),
      stopPolls: () => poller.stop(),
      changed: () => events.changed(),
      retrySocketIn: (delayMs) => events.retrySocketIn(delayMs),
    });
  }

  /** Whether polls take the place of a line now. */
  get isActive(): boolean {
    return this.fallBack?.isPolling ?? false;
  }

  /** Milliseconds since the last answer; `undefined` where polling is not active. */
  get ageMs(): number | undefined {
    return this.isActive ? this.poller?.ageMs : undefined;
  }

  /** How long what the last answer brought may still be called fresh, in milliseconds. */
  get freshForMs(): number {
    return this.isActive ? this.poller?.freshForMs ?? 0 : 0;
  }

  lineChanged(state: LineState): void {
    this.fallBack?.lineChanged(state);
  }

  lineFailed(error: ClientError): void {
    this.fallBack?.lineFailed(error);
  }

  networkChanged(isConnected: boolean): void {
    this.fallBack?.networkChanged(isConnected);
  }

  /** Another server. */
  reset(): void {
    this.fallBack?.reset();
  }

  /** Something else is wanted. */
  soon(): void {
    this.poller?.soon();
  }

  private hello(): ClientMessageOf<"hello"> | undefined {
    const resume = this.events.resume();
    if (!resume) return undefined;
    const hello: ClientMessageOf<"hello"> = { type: "hello", client: this.options.clientName, resume };
    if (this.tap.isOpen) this.tap.record("out", "poll", JSON.stringify(hello), hello);
    return hello;
  }

  private take(messages: readonly ServerMessage[], askedMs: number): boolean {
    const { tap } = this;
    if (tap.isOpen) messages.forEach((message) => tap.record("in", "poll", JSON.stringify(message), message));
    // First of all the client is polling, so that what it hears of the messages it hears as a client that may show them.
    this.fallBack?.pollAnswered();
    // Whoever was told of that may have closed the client.
    return this.isActive && this.events.answered(messages, askedMs);
  }
}
