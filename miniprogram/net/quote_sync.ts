/**
 * Keeps what is known in step with the server, whichever way messages come: what was asked for, what of it came, what may be
 * called fresh. It knows nothing of sockets and of polls.
 */
import type {
  ClientMessage,
  Resume,
  ResumePosition,
  ServerMessage,
  ServerMessageOf,
  SymbolCode,
  Welcome,
} from "../lib/shared";
import { CarryOver } from "./carry_over";
import type { DataMessage, Greeting } from "./conversation";
import { HiddenSymbols } from "./hidden_symbols";
import { QuoteBook, quotesOf } from "./quote_book";
import type { QuoteChanges } from "./quote_client";
import type { SteadyClock } from "./steady_clock";
import { type Known, Subscriptions } from "./subscriptions";

/** Symbols in the book beyond which those that no page wants are forgotten. */
export const KNOWN_SYMBOLS_MAX = 1_000;

export interface QuoteSyncEvents {
  /** Sends one message on the present connection. */
  send(message: ClientMessage): void;
  /** Something is another one now; never told of nothing. */
  changed(changes: QuoteChanges): void;
  /** What is wanted may be something else, and there is no connection to say it on. */
  changedUnsaid(): void;
}

export class QuoteSync {
  readonly book = new QuoteBook();
  readonly subscriptions: Subscriptions;
  private readonly clock: SteadyClock;
  private readonly events: QuoteSyncEvents;
  private readonly hidden: HiddenSymbols;
  private readonly carried: CarryOver;
  private met: Welcome | undefined;
  private inForcePerSecond: number | undefined;
  private mostMerged = 0;
  /** What a new epoch took away; it is told once the client may be asked about it. */
  private takenAway: QuoteChanges | undefined;

  constructor(clock: SteadyClock, events: QuoteSyncEvents) {
    this.clock = clock;
    this.events = events;
    this.hidden = new HiddenSymbols(clock, (symbols) => this.tell(quotesOf(symbols)));
    this.carried = new CarryOver(clock, (symbols) => {
      this.book.goCold(symbols);
      this.tell(quotesOf(symbols));
    });
    this.subscriptions = new Subscriptions(clock, {
      send: events.send,
      left: (symbols) => {
        this.book.goCold(symbols);
        this.hidden.left(symbols);
      },
      leftChannels: (symbols, channels) => {
        if (channels.includes("depth")) this.tell(this.book.dropDepths(symbols));
      },
      moved: (tier, symbols, id) => {
        if (tier === "hidden") this.hidden.hid(symbols);
        else this.hidden.cameNearer(symbols, id);
      },
      taken: () => this.settle(),
      changedUnsaid: events.changedUnsaid,
    });
  }

  /** What the server last introduced itself with. */
  get welcome(): Welcome | undefined {
    return this.met;
  }

  /** Update frames a second, as the server last stated them. */
  get ratePerSecond(): number | undefined {
    return this.inForcePerSecond;
  }

  /** Ticks merged into the quotes of the last update frame: the most in one of them. */
  get mergedLast(): number {
    return this.mostMerged;
  }

  /** Whether the symbol is in step, as far as messages tell; whether they still come is another matter. */
  isInStep(symbol: string): boolean {
    return this.subscriptions.isTold(symbol) && this.hidden.isFresh(symbol) && this.book.isInStep(symbol);
  }

  /** What the hello of a new connection asks for, given what is here. */
  greet(): Greeting {
    const resume = this.subscriptions.offer(this.known());
    const named = (resume?.groups ?? []).map(({ symbols }) => symbols.filter(({ seq }) => seq !== undefined));
    const symbols = ([] as ResumePosition[]).concat(...named).map(({ symbol }) => symbol);
    return { resume, held: this.book.held(symbols) };
  }

  /** What the next poll asks for. */
  pollResume(): Resume | undefined {
    return this.subscriptions.offerPoll(this.known());
  }

  /** A server introduced itself. Nothing is sent and nothing told yet. */
  meet(welcome: Welcome): void {
    if (this.met && this.met.epoch !== welcome.epoch) this.takenAway = this.book.startEpoch();
    this.met = welcome;
    if (this.book.size > KNOWN_SYMBOLS_MAX) this.book.retain((symbol) => this.subscriptions.isWanted(symbol));
  }

  /** Whatever is wanted may be asked for on the connection that the last `welcome` opened. */
  connected({ limits, channels }: Welcome): void {
    this.subscriptions.connected(limits, channels);
  }

  /** The messages of one poll. @param goesOn Whether the client still polls: whoever hears of a change may close it. */
  takePolled(messages: readonly ServerMessage[], goesOn: () => boolean): void {
    for (const message of messages) {
      if (!goesOn()) return;
      if (message.type === "welcome") {
        this.meet(message);
        this.subscriptions.polled(message.limits, message.channels);
      } else if (message.type === "subscribed") this.answer(message);
      else if (isData(message)) this.receive(message);
    }
  }

  /** A socket takes over from polls that keep symbols fresh for so long: until it has spoken of each, they do. */
  takeOver(freshForMs: number): void {
    this.carried.start(this.subscriptions.toldSymbols().filter((symbol) => this.isInStep(symbol)), freshForMs);
  }

  /** There is no connection any more: nothing is told, nothing is in step. */
  disconnected(): void {
    this.carried.clear();
    this.subscriptions.disconnected();
    this.hidden.clear();
    this.book.goCold();
  }

  /** Another server: everything of the former one is forgotten. @returns what that was. */
  forget(): QuoteChanges {
    this.met = undefined;
    this.inForcePerSecond = undefined;
    return this.book.clear();
  }

  answer(message: ServerMessageOf<"subscribed">): void {
    this.inForcePerSecond = message.rate;
    this.subscriptions.answered(message);
    this.hidden.answered(message.id);
    const { resumed } = message;
    if (!resumed) return;
    const current = resumed.current.filter((symbol) => this.subscriptions.isTold(symbol));
    this.heard(current);
    this.tell(this.book.confirm(current));
  }

  receive(message: DataMessage): void {
    const changed = this.apply(message);
    const isTold = (symbol: string) => this.subscriptions.isTold(symbol);
    // Of a symbol that was left a moment ago some news is still on the way. It may have holes, which nobody mends, and it
    // must not pass for fresh when the symbol is wanted again much later.
    this.subscriptions.repair(this.book.takeRepairs(isTold));
    this.book.goCold(Array.from(changed.quotes).filter((symbol) => !isTold(symbol)));
    this.heard(namedIn(message));
    this.tell(changed);
  }

  refuse({ id, code, retryable, retryAfterMs }: ServerMessageOf<"error">): void {
    if (id !== undefined) this.subscriptions.failed(id, code, retryable, retryAfterMs);
  }

  /** Tells of changes, if there are any. */
  tell(changed: QuoteChanges): void {
    const { quotes, candles, depths, trades } = changed;
    if (quotes.size + candles.size + depths.size + trades.size > 0) this.events.changed(changed);
  }

  private known(): Known {
    return {
      epoch: this.met?.epoch ?? "",
      position: (symbol, channels) => this.book.position(symbol, channels),
    };
  }

  /** What was wanted has been told to a server that may not be the one of before. */
  private settle(): void {
    // Books that were given up meanwhile: the server's checksums do not count them from here on.
    this.tell(this.book.dropOtherDepths((symbol) => this.subscriptions.isToldOf(symbol, "depth")));
    const { takenAway } = this;
    this.takenAway = undefined;
    if (takenAway) this.tell(takenAway);
  }

  private heard(symbols: Iterable<SymbolCode>): void {
    this.hidden.heard(symbols);
    this.carried.heard(symbols);
  }

  private apply(message: DataMessage): QuoteChanges {
    const nowMs = this.clock.nowMs();
    switch (message.type) {
      case "snapshot":
        return this.book.applySnapshot(message, nowMs);
      case "update":
        this.mostMerged = message.quotes.reduce((most, { merged }) => Math.max(most, merged), 0);
        return this.book.applyUpdate(message, nowMs);
      case "candles":
        return this.book.applyCandles(message);
      case "trades":
        return this.book.applyTrades(message);
    }
  }
}

/**
 * Symbols whose quotes a message names. That of a quote which is here already, by a poll that overtook the socket, changes
 * nothing, and says all the same that nothing newer is owed.
 */
function namedIn(message: DataMessage): SymbolCode[] {
  if (message.type !== "snapshot" && message.type !== "update") return [];
  return (message.quotes as readonly { symbol: SymbolCode }[]).map(({ symbol }) => symbol);
}

function isData(message: ServerMessage): message is DataMessage {
  return "frame" in message;
}
