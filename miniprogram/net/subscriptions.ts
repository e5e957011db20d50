/**
 * Keeps the server informed of what the pages want.
 *
 * The server is sent only what differs from what it was told before on this connection. Changes of one moment go out
 * together; after that there is a pause, so that scrolling through a list never exceeds the server's limit on messages.
 */
import {
  type Channel,
  CHANNELS,
  type Clock,
  DEFAULT_LIMITS,
  type Resume,
  type ResumePosition,
  type ServerMessageOf,
  type SymbolCode,
  type Welcome,
} from "../lib/shared";
import type { RepairCause } from "./book_entry";
import { differences, without } from "./differences";
import type { Subscription, SubscriptionRequest } from "./quote_client";
import { type PendingRequest, type RequestEvents, Requests } from "./requests";
import { type PlannedResume, planResume } from "./resume";
import { Timer } from "./timer";
import { type WishBySymbol, Wishes } from "./wishes";

/** Part of the server's limit on messages that is used here, so that acknowledgements and heartbeats have theirs. */
const PART_OF_LIMIT = 0.5;

/** Pause before a request that failed for the moment is made again, where the server names none, in milliseconds. */
export const RETRY_REQUEST_MS = 1_000;

/** How long after `welcome` the answer to what hello resumed may take, in milliseconds: it follows at once, if the server knows of it. */
export const RESUME_ANSWER_MS = 2_000;

type SentLimits = Pick<Welcome["limits"], "inboundBytesMax" | "inboundMessagesPerSecond" | "symbolsMax">;

export interface SubscriptionEvents extends RequestEvents {
  /** The server was told that these symbols are not wanted any more. */
  left(symbols: readonly SymbolCode[]): void;
  /** The server has confirmed that it sends nothing more of these channels. */
  leftChannels(symbols: readonly SymbolCode[], channels: readonly Channel[]): void;
  /** A server has taken a hello or a poll: what it asked for is told, and nothing else yet. */
  taken(): void;
  /** What is wanted may be something else, and there is no connection to say it on. */
  changedUnsaid(): void;
}

/** What is known here of the server's state, for a hello that builds on it. */
export interface Known {
  readonly epoch: string;
  position(symbol: SymbolCode, channels: readonly Channel[]): ResumePosition;
}

export class Subscriptions {
  private readonly events: SubscriptionEvents;
  private readonly soon: Timer;
  private readonly pause: Timer;
  private readonly resumeAnswer: Timer;
  private readonly wishes: Wishes;
  private readonly requests: Requests;
  private isConnected = false;
  private isDue = false;
  private limits: SentLimits = DEFAULT_LIMITS;
  /** What the server offers; before it has said so, all that there is. */
  private channels: readonly string[] = CHANNELS;
  private ratePerSecond: number | undefined;
  /** What the server was told on this connection. */
  private told: WishBySymbol = new Map();
  private toldRate: number | undefined;
  /** What the last hello said: the server takes it as told once it says `welcome`. */
  private offered: PlannedResume | undefined;
  private offeredPoll: PlannedResume | undefined;
  private readonly refused = new Map<string, string>();
  private readonly repairs = new Map<SymbolCode, RepairCause>();
  /** Whether a symbol has moved that could not be told of, because its subscription is not answered yet. */
  private hasWaitingMoves = false;

  constructor(clock: Clock, events: SubscriptionEvents) {
    this.events = events;
    this.soon = new Timer(clock);
    this.pause = new Timer(clock);
    this.resumeAnswer = new Timer(clock);
    this.wishes = new Wishes(() => this.schedule());
    this.requests = new Requests(events);
  }

  add(request: SubscriptionRequest): Subscription {
    return this.wishes.add(request);
  }

  /** Every symbol that the server was told of. */
  toldSymbols(): SymbolCode[] {
    return Array.from(this.told.keys());
  }

  /** Whether some page wants the symbol, granted or not. */
  isWanted(symbol: string): boolean {
    return this.wishes.isWanted(symbol);
  }

  /** Whether the server, on this connection, was told that the symbol is wanted. */
  isTold(symbol: string): boolean {
    return this.told.has(symbol as SymbolCode);
  }

  /** Whether the server, on this connection, was told that this channel of the symbol is wanted. */
  isToldOf(symbol: string, channel: Channel): boolean {
    const wish = this.told.get(symbol as SymbolCode);
    return wish !== undefined && wish.channels.includes(channel);
  }

  /** The fastest rate wanted from now on, in update frames a second. */
  setRate(perSecond: number): void {
    if (perSecond === this.ratePerSecond) return;
    this.ratePerSecond = perSecond;
    this.schedule();
  }

  /** What the hello of a new connection asks for. What was refused before may be granted this time. */
  offer(known: Known): Resume | undefined {
    this.refused.clear();
    this.offered = this.plan(known, 0);
    return this.offered?.resume;
  }

  /** What the hello of the next poll asks for. Where not everything fits into one, each goes on where the last ended. */
  offerPoll(known: Known): Resume | undefined {
    this.offeredPoll = this.plan(known, this.offeredPoll?.nextStart ?? 0);
    return this.offeredPoll?.resume;
  }

  /** Whether there is more to ask for than the last poll did. */
  get hasMoreToPoll(): boolean {
    return (this.offeredPoll?.nextStart ?? 0) > 0;
  }

  /**
   * A `welcome` came: what its hello asked for counts as told, and the rest is asked for at once.
   *
   * @param channels What the server offers. @default all
   */
  connected(limits: SentLimits, channels: readonly string[] = CHANNELS): void {
    const before = this.told;
    this.disconnected();
    this.isConnected = true;
    this.limits = limits;
    this.channels = channels;
    const { offered } = this;
    this.offered = undefined;
    this.tell(offered);
    this.leaveUntold(before);
    // A server that knows nothing of resuming says nothing to it: everything is asked for in the ordinary way then.
    if (offered) this.resumeAnswer.set(RESUME_ANSWER_MS, () => this.failed(offered.resume.id, "no_answer", true, 0));
    this.events.taken();
    this.flush();
  }

  /**
   * A poll was answered: what it asked for counts as told.
   *
   * @param channels What the server offers. @default all
   */
  polled(limits: SentLimits, channels: readonly string[] = CHANNELS): void {
    this.limits = limits;
    this.channels = channels;
    this.requests.clear();
    const before = this.told;
    this.told = new Map(Array.from(before).filter(([symbol]) => this.wishes.isWanted(symbol)));
    this.tell(this.offeredPoll);
    this.leaveUntold(before);
    this.events.taken();
  }

  /** The line is gone, and with it all that the server knew. */
  disconnected(): void {
    this.isConnected = false;
    this.told = new Map();
    this.toldRate = undefined;
    this.requests.clear();
    this.repairs.clear();
    this.soon.clear();
    this.pause.clear();
    this.resumeAnswer.clear();
    // A wish of this very moment would otherwise never be looked at, and its owner never told of a symbol in bad form.
    if (this.isDue) this.schedule();
  }

  /** Asks for the snapshots of these symbols, with whatever else is sent next. */
  repair(symbols: ReadonlyMap<SymbolCode, RepairCause>): void {
    symbols.forEach((cause, symbol) => this.repairs.set(symbol, cause));
    if (symbols.size > 0) this.schedule();
  }

  /** The server's answer to one request. */
  answered({ id, rejected }: Pick<ServerMessageOf<"subscribed">, "id" | "rejected">): void {
    const request = this.take(id);
    if (!request) return;
    if (request.kind === "leave") {
      request.groups.forEach(({ symbols, channels }) => this.events.leftChannels(symbols, channels));
      return;
    }
    if (this.hasWaitingMoves) this.schedule();
    this.hasWaitingMoves = false;
    if (rejected.length === 0) return;
    rejected.forEach(({ symbol, code }) => this.refused.set(symbol, code));
    this.untell(request, (symbol) => this.refused.has(symbol));
    this.schedule();
  }

  /**
   * The server's `error` to one request, which thereby changed nothing. One that may be retried is, after `retryAfterMs`
   * (@default {@link RETRY_REQUEST_MS}); the symbols of another are refused. Of a resume, which asks for everything at once,
   * the parts are asked for one by one instead. Returns whether `id` was a request of ours.
   */
  failed(id: number, code: string, retryable: boolean, retryAfterMs: number = RETRY_REQUEST_MS): boolean {
    const request = this.take(id);
    if (!request) return false;
    if (request.kind === "leave") return true;
    if (!retryable && request.kind === "join") {
      request.groups.forEach(({ symbols }) => symbols.forEach((symbol) => this.refused.set(symbol, code)));
    }
    this.untell(request, () => true);
    this.isDue = true;
    if (retryable) this.startPause(retryAfterMs);
    else this.schedule();
    return true;
  }

  private plan({ epoch, position }: Known, start: number): PlannedResume | undefined {
    const { inboundBytesMax: bytesMax, symbolsMax } = this.limits;
    const { wanted } = this.wishes.union(symbolsMax, this.refused, this.channels);
    const { ratePerSecond } = this;
    return planResume({ id: this.requests.nextId(), epoch, ratePerSecond, wanted, position, bytesMax, start });
  }

  /** The server has taken a hello: what it asked for counts as told. */
  private tell(offered: PlannedResume | undefined): void {
    if (!offered) return;
    this.told = new Map([...Array.from(this.told), ...Array.from(offered.told)]);
    this.toldRate = offered.resume.rate;
    this.requests.resumed(offered.resume);
  }

  /** What polls followed and the server is told of no more has ended, with its tier. */
  private leaveUntold(before: WishBySymbol): void {
    const gone = Array.from(before.keys()).filter((symbol) => !this.told.has(symbol));
    if (gone.length > 0) this.events.left(gone);
  }

  private take(id: number): PendingRequest | undefined {
    const request = this.requests.take(id);
    if (request?.kind === "resume") this.resumeAnswer.clear();
    return request;
  }

  /** Takes back what was assumed when `request` was sent. */
  private untell({ groups }: PendingRequest, isMeant: (symbol: string) => boolean): void {
    const told = new Map(this.told);
    groups.forEach(({ symbols, channels }) => {
      symbols.filter(isMeant).forEach((symbol) => {
        const wish = told.get(symbol);
        const rest = without(wish?.channels, channels);
        if (wish && rest.length > 0) told.set(symbol, { ...wish, channels: rest });
        else told.delete(symbol);
      });
    });
    this.told = told;
  }

  private schedule(): void {
    this.isDue = true;
    if (!this.pause.isSet && !this.soon.isSet) this.soon.set(0, () => this.flush());
  }

  private startPause(durationMs: number): void {
    this.soon.clear();
    this.pause.set(durationMs, () => {
      if (this.isDue) this.flush();
    });
  }

  private flush(): void {
    this.isDue = false;
    Array.from(this.refused.keys()).forEach((symbol) => {
      if (!this.wishes.isWanted(symbol)) this.refused.delete(symbol);
    });
    const { wanted, rejected } = this.wishes.union(this.limits.symbolsMax, this.refused, this.channels);
    if (this.isConnected) {
      const before = this.requests.sent;
      this.sendDifference(wanted);
      const perSecond = Math.max(1, this.limits.inboundMessagesPerSecond) * PART_OF_LIMIT;
      this.startPause(Math.ceil(Math.max(1, this.requests.sent - before) * 1_000 / perSecond));
    } else this.events.changedUnsaid();
    this.wishes.tell(rejected);
  }

  private sendDifference(wanted: WishBySymbol): void {
    const { told } = this;
    this.told = this.withoutMoves(wanted, told);
    const { leaves, gone, joins, moves } = differences(told, this.told);
    // Leaving comes first, so that the symbols that take the places do not exceed the limit for a moment.
    this.requests.bytesMax = this.limits.inboundBytesMax;
    leaves.forEach((group) => this.requests.leave(group));
    if (gone.length > 0) this.events.left(gone);
    joins.forEach((group) => this.requests.join(group));
    this.requests.move(moves, this.ratePerSecond === this.toldRate ? undefined : this.ratePerSecond);
    this.toldRate = this.ratePerSecond;
    this.sendRepairs((symbol) => wanted.has(symbol) && told.has(symbol));
  }

  /**
   * What is wanted, but with the tiers as they were told of symbols whose subscription is not answered yet: the server may
   * refuse those, and a move of a symbol that it does not know is an error. They move once the answer is there.
   */
  private withoutMoves(wanted: WishBySymbol, told: WishBySymbol): WishBySymbol {
    const awaited = this.requests.awaited();
    if (awaited.size === 0) return wanted;
    return new Map(Array.from(wanted, ([symbol, wish]) => {
      const tier = awaited.has(symbol) ? told.get(symbol)?.tier : undefined;
      if (tier === undefined || tier === wish.tier) return [symbol, wish];
      this.hasWaitingMoves = true;
      return [symbol, { ...wish, tier }];
    }));
  }

  /** A symbol that is new to the server gets its snapshot anyway, and one that has left needs none. */
  private sendRepairs(isMeant: (symbol: SymbolCode) => boolean): void {
    const of = (cause: RepairCause) =>
      Array.from(this.repairs).filter(([symbol, why]) => why === cause && isMeant(symbol)).map(([symbol]) => symbol);
    this.requests.repair(of("gap"), "gap");
    this.requests.repair(of("checksum"), "checksum");
    this.repairs.clear();
  }
}
