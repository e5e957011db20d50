/** Keeps one line to the server up: when to connect, when to give up, when to try again. It knows nothing of quotes. */
import { BACKOFF_MAX_MS, type ClientMessage, type RetryRule, retryRule, type Welcome } from "../lib/shared";
import { Backoff, LIVE_RESET_MS } from "./backoff";
import { isLegalTransition, type LineState } from "./client_state";
import { Conversation, type ConversationEvents, type Greeting } from "./conversation";
import { describeEnd } from "./end_of_line";
import type { ClientError, QuoteClientOptions } from "./quote_client";
import { Pauses } from "./pauses";
import { ProtocolChoice, type WireForm } from "./protocol_choice";
import { ServerClock } from "./server_clock";
import { type SocketHandlers, SocketSlot } from "./socket_slot";
import type { SteadyClock } from "./steady_clock";
import type { Tap } from "./tap";
import { Timer } from "./timer";
import type { CloseInfo } from "./transport";

/** Time for a socket to open, in milliseconds. */
export const CONNECT_TIMEOUT_MS = 8_000;

/** How long the line outlives the app's going to the background, in milliseconds: WeChat stops scripts after about 5 s. */
export const HIDE_GRACE_MS = 3_000;

/** Code and reason of a close that is nobody's fault. */
const LEAVING = { code: 1000, reason: "leaving" };

type FromConversation = Pick<ConversationEvents, "received" | "answered" | "refused" | "measured">;

export interface LineEvents extends FromConversation {
  /** A hello is about to be said: what it is to ask for. */
  greet(): Greeting;
  /** A `welcome` came and the line is about to be `live`. Nothing may be sent yet. */
  welcomed(welcome: Welcome): void;
  /** The line has become `live` by a `welcome`: whatever is wanted may be asked for. */
  ready(welcome: Welcome): void;
  /** The line, if there was one, is gone. It may be reported of a line that never was. */
  gone(): void;
  state(state: LineState): void;
  error(error: ClientError): void;
}

/**
 * The state machine. A rule holds in all of it: first everything is put in order, then the state is set or an event
 * given, because whoever hears of it may call any method, `close` included.
 */
export class Line {
  readonly serverClock: ServerClock;
  private readonly options: QuoteClientOptions;
  private readonly events: LineEvents;
  private readonly clock: SteadyClock;
  private readonly tap: Tap;
  private readonly backoff: Backoff;
  private readonly pauses: Pauses;
  private readonly slot: SocketSlot;
  private readonly choice = new ProtocolChoice();
  /** While `waiting`, the next attempt; while `connecting`, the limit on the handshake; while `live`, the end of the probation. */
  private readonly timer: Timer;
  private readonly grace: Timer;
  private conversation: Conversation | undefined;
  private currentState: LineState = "idle";
  private currentUrl: string;
  private isWanted = false;
  private isOnline = true;
  private hiddenAtMs: number | undefined;
  private retryDueMs: number | undefined;
  private heardAtMs: number | undefined;
  private error: ClientError | undefined;

  constructor(options: QuoteClientOptions, clock: SteadyClock, tap: Tap, events: LineEvents) {
    this.options = options;
    this.tap = tap;
    this.events = events;
    this.clock = clock;
    this.currentUrl = options.url;
    this.serverClock = new ServerClock(clock);
    this.backoff = new Backoff(options.random);
    this.pauses = new Pauses(clock);
    this.slot = new SocketSlot(options.transport, clock);
    this.timer = new Timer(clock);
    this.grace = new Timer(clock);
  }

  get url(): string {
    return this.currentUrl;
  }

  get state(): LineState {
    return this.currentState;
  }

  get lastError(): ClientError | undefined {
    return this.error;
  }

  get protocol(): string | undefined {
    return this.conversation?.welcome?.protocol;
  }

  get wireForm(): WireForm {
    return this.choice.form;
  }

  get ageMs(): number | undefined {
    return this.heardAtMs === undefined ? undefined : this.clock.nowMs() - this.heardAtMs;
  }

  /** Whether the line has been silent for so long that nothing can be live: asked, because a phone's timers sleep with it. */
  get isOverdue(): boolean {
    return this.conversation !== undefined && this.conversation.isOverdue(this.ageMs ?? 0);
  }

  get retryAtMs(): number | undefined {
    if (this.currentState !== "waiting" || this.retryDueMs === undefined) return undefined;
    return this.clock.wallMs() + this.retryDueMs - this.clock.nowMs();
  }

  open(): void {
    if (this.isWanted && this.currentState !== "closed") return;
    this.isWanted = true;
    this.error = undefined;
    this.backoff.reset();
    if (this.hiddenAtMs === undefined) this.attemptIn(0);
    else if (this.currentState === "closed") this.setState("idle");
  }

  close(): void {
    this.isWanted = false;
    this.grace.clear();
    this.hangUp(LEAVING);
    if (this.currentState !== "closed") this.setState("closed");
  }

  hide(): void {
    if (this.hiddenAtMs !== undefined) return;
    this.hiddenAtMs = this.clock.nowMs();
    this.grace.set(HIDE_GRACE_MS, () => this.suspend());
  }

  show(): void {
    if (this.hiddenAtMs === undefined) return;
    // Where scripts stood still in the background, so did the grace's own timer, and the socket may have died unheard.
    const wasLong = this.clock.nowMs() - this.hiddenAtMs >= HIDE_GRACE_MS;
    this.hiddenAtMs = undefined;
    this.grace.clear();
    if (this.isWanted) this.revive(wasLong);
  }

  networkChanged(isConnected: boolean): void {
    const wasOnline = this.isOnline;
    this.isOnline = isConnected;
    if (this.currentState === "idle" || this.currentState === "closed") return;
    if (isConnected) this.revive(false);
    else if (wasOnline) this.lose({ code: "offline", text: "The device has no network." }, "reconnect", LEAVING);
  }

  /** Another server. Returns false, and does nothing, where it is the same one. */
  setUrl(url: string): boolean {
    if (url === this.currentUrl) return false;
    this.currentUrl = url;
    this.hangUp(LEAVING);
    this.heardAtMs = undefined;
    this.error = undefined;
    this.pauses.reset();
    this.serverClock.reset();
    this.choice.reset();
    this.backoff.reset();
    if (this.isWanted && this.hiddenAtMs === undefined) this.attemptIn(0);
    else this.suspend();
    return true;
  }

  /** Begins anew in that form, and at once; nothing where it is that form already. */
  setWireForm(form: WireForm): void {
    if (form === this.choice.form) return;
    const isAtRest = this.currentState === "idle" || this.currentState === "closed";
    this.hangUp(LEAVING);
    this.choice.want(form);
    if (!isAtRest) this.attemptIn(0);
  }

  /** Moves the next attempt, where one is planned, to `delayMs` from now. */
  retryIn(delayMs: number): void {
    if (this.currentState === "waiting") this.attemptIn(delayMs);
  }

  /** Sends on the present line; without one it does nothing. */
  send(message: ClientMessage): void {
    if (this.conversation) this.conversation.send(message);
  }

  /** The one place where the state changes. An illegal change is a defect of this file, never of what a server sent. */
  private setState(next: LineState): void {
    if (!isLegalTransition(this.currentState, next)) {
      throw new Error(`Defect in the quote client: it went from ${this.currentState} to ${next}.`);
    }
    this.currentState = next;
    this.events.state(next);
  }

  /** Connects after `delayMs` at the earliest; at once only from rest. */
  private attemptIn(delayMs: number): void {
    const nowMs = this.clock.nowMs();
    const waitMs = Math.max(delayMs, this.pauses.remainingMs);
    const isAtRest = this.currentState === "idle" || this.currentState === "closed";
    if (waitMs === 0 && isAtRest) return this.connect();
    this.retryDueMs = nowMs + waitMs;
    this.timer.set(waitMs, () => this.connect());
    if (this.currentState !== "waiting") this.setState("waiting");
  }

  private connect(): void {
    this.retryDueMs = undefined;
    const { offered } = this.choice;
    const request = { url: this.currentUrl, protocols: offered, timeoutMs: CONNECT_TIMEOUT_MS };
    this.slot.open(request, this.socketHandlers(offered));
    if (this.slot.isWaiting && this.currentState !== "waiting") this.setState("waiting");
  }

  private socketHandlers(offered: readonly string[]): SocketHandlers {
    return {
      onStart: () => {
        this.timer.set(CONNECT_TIMEOUT_MS, () => {
          const text = `The server at ${this.currentUrl} did not answer within ${CONNECT_TIMEOUT_MS} ms.`;
          this.lose({ code: "cannot_connect", text }, "reconnect", LEAVING);
        });
        this.setState("connecting");
      },
      onOpen: (info) => {
        this.timer.clear();
        if (info.protocol === undefined && offered.length > 1) return this.offerLess();
        const conversation = this.converse(offered);
        this.conversation = conversation;
        this.setState("negotiating");
        if (this.conversation === conversation) conversation.begin(info);
      },
      onMessage: (data) => {
        if (this.conversation) this.conversation.hear(data);
      },
      onEnd: (info, error) => {
        // A handshake that failed says nothing that this protocol defines, so only an open line obeys the code.
        const isOpening = this.currentState === "connecting";
        this.lose(
          describeEnd(this.currentUrl, isOpening, info, error),
          isOpening ? "reconnect" : retryRule(info.code),
          LEAVING,
        );
      },
    };
  }

  /** A socket that may speak either form, and nobody says which, is of no use. */
  private offerLess(): void {
    this.choice.cannotBeSeen();
    this.hangUp(LEAVING);
    this.attemptIn(0);
  }

  private converse(offered: readonly string[]): Conversation {
    const { received, answered, measured } = this.events;
    return new Conversation({
      clock: this.clock,
      serverClock: this.serverClock,
      clientName: this.options.clientName,
      tap: this.tap,
      offered,
      greet: () => this.events.greet(),
      send: (data) => this.slot.send(data),
      events: {
        received,
        answered,
        measured,
        heard: () => {
          this.heardAtMs = this.clock.nowMs();
        },
        welcomed: (welcome) => this.becomeLive(welcome),
        stalled: () => this.setState("stalled"),
        recovered: () => this.setState("live"),
        refused: (message) => {
          if (message.id === undefined) this.pauses.ask(message.retryAfterMs ?? 0);
          this.error = { code: "refused", text: message.message, serverCode: message.code };
          this.events.refused(message);
          this.events.error(this.error);
        },
        draining: ({ reconnectAfterMs }) => this.pauses.announce(reconnectAfterMs),
        brokenOff: ({ error, retry, close, isUnreadable }) => this.lose(error, retry, close, isUnreadable),
      },
    });
  }

  private becomeLive(welcome: Welcome): void {
    const { conversation } = this;
    this.error = undefined;
    this.timer.set(LIVE_RESET_MS, () => this.backoff.reset());
    this.events.welcomed(welcome);
    this.setState("live");
    if (this.conversation === conversation) this.events.ready(welcome);
  }

  /** There is a reason to think that a line can be had now. @param isDoubtful Whether one that is open is to be replaced. */
  private revive(isDoubtful: boolean): void {
    const isOpen = this.conversation !== undefined || this.currentState === "connecting";
    if (isOpen && !isDoubtful && this.currentState !== "stalled") {
      if (this.conversation) this.conversation.probe();
      return;
    }
    if (this.currentState === "closed") return;
    if (isOpen) this.hangUp(LEAVING);
    this.attemptIn(this.backoff.immediateMs());
  }

  private suspend(): void {
    this.hangUp(LEAVING);
    if (this.currentState !== "idle" && this.currentState !== "closed") this.setState("idle");
  }

  /** The line failed, or an attempt at one. */
  private lose(error: ClientError, retry: RetryRule, close: CloseInfo, isUnreadable = false): void {
    this.hangUp(close, isUnreadable);
    this.error = error;
    if (retry === "stop") this.setState("closed");
    // Without a network no attempt can succeed; a rare one is made all the same, should the device be wrong about it.
    else if (!this.isOnline) this.attemptIn(BACKOFF_MAX_MS);
    else this.attemptIn(retry === "reconnect_later" ? this.backoff.nextLaterMs() : this.backoff.nextMs());
    this.events.error(error);
  }

  /** Ends what there is of a line and of attempts at one, and leaves no timer but the one that waits for the socket's end. */
  private hangUp({ code, reason }: CloseInfo, isUnreadable = false): void {
    if (this.conversation) {
      this.conversation.stop();
      this.choice.ended(isUnreadable);
    }
    this.conversation = undefined;
    this.retryDueMs = undefined;
    this.timer.clear();
    this.slot.end(code, reason);
    this.pauses.lineEnded();
    this.events.gone();
  }
}
