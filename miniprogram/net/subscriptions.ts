/**
 * Keeps the server informed of what the pages want.
 *
 * The server is sent only what differs from what it was told before on this connection. Changes of one moment go out
 * together; after that there is a pause, so that scrolling through a list never exceeds the server's limit on messages.
 */
import {
  type Channel,
  type ClientMessage,
  type Clock,
  DEFAULT_LIMITS,
  type SymbolCode,
  type Welcome,
} from "../lib/shared";
import type { Subscription, SubscriptionRequest } from "./quote_client";
import { Timer } from "./timer";
import { type ChannelsBySymbol, Wishes } from "./wishes";

/** Messages of one flush at most, chunks aside: leave, join, repair. Twice that is what a pause lets grow back, so that acknowledgements have their half. */
const MESSAGES_PER_PAUSE = 6;

/** Bytes of one symbol in a JSON array, `"600519.SH",`, and of everything else in such a message, generously. */
const BYTES_PER_SYMBOL = 12;
const BYTES_AROUND_SYMBOLS = 200;

/** Pause before a request that failed for the moment is made again, where the server names none, in milliseconds. */
export const RETRY_REQUEST_MS = 1_000;

type SentLimits = Pick<Welcome["limits"], "inboundBytesMax" | "inboundMessagesPerSecond" | "symbolsMax">;

interface Request {
  readonly symbols: readonly SymbolCode[];
  readonly channels: readonly Channel[];
}

export interface SubscriptionEvents {
  /** Sends one message on the present connection. */
  send(message: ClientMessage): void;
  /** The server was told that these symbols are not wanted any more. */
  left(symbols: readonly SymbolCode[]): void;
}

export class Subscriptions {
  private readonly events: SubscriptionEvents;
  private readonly soon: Timer;
  private readonly pause: Timer;
  private readonly wishes: Wishes;
  private isConnected = false;
  private isDue = false;
  private limits: SentLimits = DEFAULT_LIMITS;
  /** What the server was told on this connection. */
  private told: ChannelsBySymbol = new Map();
  private readonly refused = new Map<string, string>();
  private readonly pending = new Map<number, Request>();
  private readonly repairs = new Set<SymbolCode>();
  private nextId = 1;

  constructor(clock: Clock, events: SubscriptionEvents) {
    this.events = events;
    this.soon = new Timer(clock);
    this.pause = new Timer(clock);
    this.wishes = new Wishes(() => this.schedule());
  }

  add(request: SubscriptionRequest): Subscription {
    return this.wishes.add(request);
  }

  /** Whether some page wants the symbol, granted or not. */
  isWanted(symbol: string): boolean {
    return this.wishes.isWanted(symbol);
  }

  /** Whether the server, on this connection, was told that the symbol is wanted. */
  isTold(symbol: string): boolean {
    return this.told.has(symbol as SymbolCode);
  }

  /** A `welcome` came: everything is asked for anew, and at once. What was refused may be granted this time. */
  connected(limits: SentLimits): void {
    this.disconnected();
    this.isConnected = true;
    this.limits = limits;
    this.refused.clear();
    this.flush();
  }

  /** The line is gone, and with it all that the server knew. */
  disconnected(): void {
    this.isConnected = false;
    this.told = new Map();
    this.pending.clear();
    this.repairs.clear();
    this.soon.clear();
    this.pause.clear();
    // A wish of this very moment would otherwise never be looked at, and its owner never told of a symbol in bad form.
    if (this.isDue) this.schedule();
  }

  /** Asks for the snapshots of these symbols, with whatever else is sent next. */
  repair(symbols: readonly SymbolCode[]): void {
    symbols.forEach((symbol) => this.repairs.add(symbol));
    if (symbols.length > 0) this.schedule();
  }

  /** The server's answer to one request. */
  answered(id: number, rejected: readonly { symbol: string; code: string }[]): void {
    const request = this.takePending(id);
    if (!request || rejected.length === 0) return;
    rejected.forEach(({ symbol, code }) => this.refused.set(symbol, code));
    this.untell(request, (symbol) => this.refused.has(symbol));
    this.schedule();
  }

  /**
   * The server's `error` to one request, which thereby changed nothing. One that may be retried is, after `retryAfterMs`
   * (@default {@link RETRY_REQUEST_MS}); the symbols of another are refused. Returns whether `id` was a request of ours.
   */
  failed(id: number, code: string, retryable: boolean, retryAfterMs: number = RETRY_REQUEST_MS): boolean {
    const request = this.takePending(id);
    if (!request) return false;
    if (!retryable) request.symbols.forEach((symbol) => this.refused.set(symbol, code));
    this.untell(request, () => true);
    this.isDue = true;
    if (retryable) this.startPause(retryAfterMs);
    else this.schedule();
    return true;
  }

  private takePending(id: number): Request | undefined {
    const request = this.pending.get(id);
    this.pending.delete(id);
    return request;
  }

  /** Takes back what was assumed when `request` was sent. */
  private untell(request: Request, isMeant: (symbol: string) => boolean): void {
    const told = new Map(this.told);
    request.symbols.filter(isMeant).forEach((symbol) => {
      const rest = without(told.get(symbol), request.channels);
      if (rest.length > 0) told.set(symbol, rest);
      else told.delete(symbol);
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
    const { wanted, rejected } = this.wishes.union(this.limits.symbolsMax, this.refused);
    if (this.isConnected) {
      this.sendDifference(wanted);
      this.startPause(Math.ceil(MESSAGES_PER_PAUSE * 1_000 / Math.max(1, this.limits.inboundMessagesPerSecond)));
    }
    this.wishes.tell(rejected);
  }

  private sendDifference(wanted: ChannelsBySymbol): void {
    const told = this.told;
    this.told = wanted;
    // Leaving comes first, so that the symbols that take the places do not exceed the limit for a moment.
    groups(told, wanted).forEach(({ symbols, channels }) => {
      const gone = symbols.filter((symbol) => !wanted.has(symbol));
      this.inChunks(
        symbols,
        (chunk) => this.events.send({ type: "unsubscribe", id: this.nextId++, symbols: chunk, channels }),
      );
      if (gone.length > 0) this.events.left(gone);
    });
    groups(wanted, told).forEach(({ symbols, channels }) => {
      this.inChunks(symbols, (chunk) => {
        const id = this.nextId++;
        this.pending.set(id, { symbols: chunk, channels });
        this.events.send({ type: "subscribe", id, symbols: chunk, channels });
      });
    });
    // A symbol that is new to the server gets its snapshot anyway, and one that has left needs none.
    const repairs = Array.from(this.repairs).filter((symbol) => wanted.has(symbol) && told.has(symbol));
    this.repairs.clear();
    this.inChunks(repairs, (chunk) => this.events.send({ type: "snapshot", symbols: chunk }));
  }

  private inChunks(symbols: readonly SymbolCode[], send: (chunk: SymbolCode[]) => void): void {
    const size = Math.max(1, Math.floor((this.limits.inboundBytesMax - BYTES_AROUND_SYMBOLS) / BYTES_PER_SYMBOL));
    for (let start = 0; start < symbols.length; start += size) send(symbols.slice(start, start + size));
  }
}

function without(channels: readonly Channel[] = [], taken: readonly Channel[] = []): Channel[] {
  return channels.filter((channel) => !taken.includes(channel));
}

/** What `from` has and `other` has not, symbols with the same channels together. */
function groups(from: ChannelsBySymbol, other: ChannelsBySymbol): { symbols: SymbolCode[]; channels: Channel[] }[] {
  const byChannels = new Map<string, { symbols: SymbolCode[]; channels: Channel[] }>();
  from.forEach((channels, symbol) => {
    const missing = without(channels, other.get(symbol)).sort();
    if (missing.length === 0) return;
    const group = byChannels.get(missing.join()) ?? { symbols: [], channels: missing };
    group.symbols.push(symbol);
    byChannels.set(missing.join(), group);
  });
  return Array.from(byChannels.values());
}
