/**
 * The client's public face: live quotes by symbol over one WebSocket that looks after itself, and by polling where there can
 * be none.
 *
 * A page subscribes, listens and reads; it never sees a socket. An app makes one client and shares it:
 *
 * ```ts
 * const client = createQuoteClient({ url, transport: wxTransport(wx), clock: systemClock, random: Math.random, clientName: "tickwire-mp/1.0.0" });
 * client.open();
 * const subscription = client.subscribe({ symbols: ["600519.SH"], channels: ["quote", "candle"] });
 * const off = client.on("change", ({ quotes }) => { if (quotes.has(symbol)) show(client.quote(symbol)); });
 * // when the page goes: off(); subscription.release();
 * ```
 */
import type { Candle, Channel, Clock, Depth, Instrument, Quote, SymbolCode, Tier, Trade, Welcome } from "../lib/shared";
import type { ClientState } from "./client_state";
import type { PollTransport } from "./poll_transport";
import type { WireForm } from "./protocol_choice";
import type { TapEntry } from "./tap";
import type { Transport } from "./transport";

export type { ClientState } from "./client_state";
export type { TapEntry } from "./tap";

export interface QuoteClientOptions {
  /** The server's address, such as `ws://192.168.1.20:8000/ws`. */
  readonly url: string;
  readonly transport: Transport;
  /** HTTP, for a network that lets no socket through. @default none: then the client only waits for a socket */
  readonly pollTransport?: PollTransport;
  readonly clock: Clock;
  /** Uniform from 0 (included) to 1 (excluded). */
  readonly random: () => number;
  /** Name and version of this program for the server's logs, such as `tickwire-mp/1.0.0`; at most 200 characters. */
  readonly clientName: string;
}

/** One instrument and the latest that is known of it. An update makes a new object; the old one never changes. */
export type KnownQuote = Readonly<
  & Instrument
  & Quote
  & {
    /** Version of this symbol's state: it grows by one with every tick of the exchange. */
    seq: number;
    /** Ticks merged into the last update, itself included; 0 straight after a snapshot. */
    merged: number;
  }
>;

/** Trades of one symbol's day, as far as they are held. A new one makes a new object; the old one never changes. */
export interface KnownTrades {
  /** The day, yyyymmdd; `undefined` before the first trades were heard of. */
  readonly tradingDate: number | undefined;
  /** In order of `no`, the newest 300. Numbers rise by one, but for the gaps below. */
  readonly trades: readonly Trade[];
  /** Where trades between two of the list cannot be had any more; the oldest first. */
  readonly gaps: readonly TradeGap[];
}

export interface TradeGap {
  /** `no` of the first trade behind the gap. */
  readonly beforeNo: number;
  /** Trades in the gap. */
  readonly missed: number;
}

/** How often something had to be asked for again since the client was made. */
export interface Repairs {
  /** Snapshots asked for because a message did not build on what was here. */
  readonly gap: number;
  /** Snapshots asked for because a checksum did not agree. */
  readonly checksum: number;
  /** Checksums that did agree. */
  readonly agreed: number;
}

/** Symbols refused and why: `unknown_symbol`, `bad_symbol` (not of the form 600519.SH), `too_many_symbols`, or what the server says. */
export type Rejections = ReadonlyMap<string, string>;

export interface SubscriptionRequest {
  readonly symbols: readonly string[];
  /** `quote` for prices; `candle` as well for the minutes of the day, `depth` for the book, `trades` for each match. */
  readonly channels: readonly Channel[];
  /** How near these symbols are to the eye, until `setTiers` says otherwise. @default visible */
  readonly tier?: Tier;
  /** Called whenever this owner's refused symbols become others, the empty map included. */
  readonly onRejected?: (rejected: Rejections) => void;
}

/** What one page wants. Each page has its own; the client asks the server for the union. */
export interface Subscription {
  /**
   * Replaces what this owner wants.
   *
   * @param channels @default unchanged
   * @throws Error after `release()`.
   */
  update(symbols: readonly string[], channels?: readonly Channel[]): void;
  /**
   * Says which of this owner's symbols are in view (`visible`), a screen away (`near`) and out of sight (`hidden`), as a list
   * scrolls. A symbol in no list keeps its tier; one that several owners want has the nearest that any of them gives it.
   * Cheap: what moves goes out in one message, at the pace that the server allows.
   *
   * @throws Error after `release()`.
   */
  setTiers(tiers: Readonly<Partial<Record<Tier, readonly string[]>>>): void;
  /** This owner's symbols that were refused. */
  readonly rejected: Rejections;
  /** Wants nothing any more. Other owners of the same symbols keep them. Twice is allowed. */
  release(): void;
}

/** What one message changed: at most one `change` event for each message received. */
export interface QuoteChanges {
  /** Symbols whose quote, or whose freshness, is another one now. */
  readonly quotes: ReadonlySet<SymbolCode>;
  /** Symbols of which a candle, finished or open, is another one now. */
  readonly candles: ReadonlySet<SymbolCode>;
  /** Symbols whose book is another one now. */
  readonly depths: ReadonlySet<SymbolCode>;
  /** Symbols of which there are other trades now. */
  readonly trades: ReadonlySet<SymbolCode>;
}

/**
 * - `offline`: the device says that it has no network;
 * - `cannot_connect`: the server cannot be reached, or refuses the handshake;
 * - `no_answer`: a socket opened, but no `welcome` came;
 * - `wrong_protocol`: the server speaks none of the protocols offered;
 * - `lost`: the connection broke;
 * - `silent`: the server was not heard for too long;
 * - `nonsense`: several messages on one connection could not be understood;
 * - `closed_by_server`: the server closed with a code, in `closeCode`;
 * - `refused`: the server sent an `error`, its code in `serverCode`.
 */
export type ClientErrorCode =
  | "offline"
  | "cannot_connect"
  | "no_answer"
  | "wrong_protocol"
  | "lost"
  | "silent"
  | "nonsense"
  | "closed_by_server"
  | "refused";

export interface ClientError {
  readonly code: ClientErrorCode;
  /** One sentence in English, for logs and terminals. A screen chooses its own words by `code`. */
  readonly text: string;
  readonly closeCode?: number;
  readonly serverCode?: string;
}

export interface QuoteClientEvents {
  change: QuoteChanges;
  state: ClientState;
  error: ClientError;
}

export interface QuoteClient {
  /** Wants a line from now on. Also the way out of `closed`. */
  open(): void;
  /** Wants no line any more, until `open()`. Subscriptions and last known values stay. */
  close(): void;
  /** The app went to the background: the line ends after a grace of 3 s, unless `show()` comes first. */
  hide(): void;
  /** The app is in front again: connects at once if there is no line. */
  show(): void;
  /** What `wx.onNetworkStatusChange` says. Without a network the line is given up at once; with it again, tried at once. */
  networkChanged(isConnected: boolean): void;
  /** What `wx.onNetworkWeakChange` says: a weak network gets a slower rate at once. */
  networkWeakChanged(isWeak: boolean): void;
  /**
   * The fastest rate wanted, in update frames a second; the server clamps it to its limits. While the network is weak, or round
   * trips are slow, the rate in force is lower. @default the fastest that the server allows
   *
   * @throws RangeError for what is no positive number.
   */
  setRate(perSecond: number): void;
  /** Another server: forgets every value and reconnects. The same address changes nothing. */
  setUrl(url: string): void;
  /**
   * How messages are to be written, for who reads along: the line begins anew and resumes what it knows. The form in force
   * changes nothing. Text comes by itself where binary has failed. @default binary
   */
  setWireForm(form: WireForm): void;

  subscribe(request: SubscriptionRequest): Subscription;
  /** Listens; the function returned stops it. A listener may be removed, and others added, while events are delivered. */
  on<Name extends keyof QuoteClientEvents>(name: Name, listener: (event: QuoteClientEvents[Name]) => void): () => void;

  /** The last known quote, fresh or not; `undefined` before the first. */
  quote(symbol: string): KnownQuote | undefined;
  /**
   * Whether the quote may be shown as live: the line is `live`, or `polling` with a last poll that is not older than its interval
   * and a grace; and this symbol is in step with the server on this very connection. If not, show it as stale.
   *
   * A symbol in the tier `near` is fresh like a visible one: it is a second behind at the most. One in the tier `hidden` stays
   * fresh for 2 s, and is stale from then on: nothing comes of it. When it comes nearer it is fresh with its update, or, because
   * a quote that stood still has none, 1.2 s after the server's answer.
   */
  isFresh(symbol: string): boolean;
  /** Milliseconds since this symbol's last change was received; `undefined` before the first. */
  changeAgeMs(symbol: string): number | undefined;
  /** Candles of the trading day in order of `slot`: finished ones, then the open one. Another array when one has changed, else the same. */
  candles(symbol: string): readonly Candle[];
  /** The five best levels of both sides; `undefined` before the first, for an index, and once no page wants the channel. */
  depth(symbol: string): Depth | undefined;
  /** The newest trades of the day. Another object when there are others, else the same. */
  trades(symbol: string): KnownTrades;

  /**
   * Listens to every message in both directions, for a page that shows them: first what is remembered, then what comes. The
   * last 200 are remembered as long as anybody listens; while nobody does, this costs nothing. The function returned stops it.
   */
  tap(listener: (entry: TapEntry) => void): () => void;

  readonly url: string;
  readonly state: ClientState;
  /** Milliseconds since any message was heard; `undefined` before the first. */
  ageMs(): number | undefined;
  /** The last measured round trip, in milliseconds. */
  readonly rttMs: number | undefined;
  /** Update frames a second in force, as the server last stated it; `undefined` before it did. */
  readonly ratePerSecond: number | undefined;
  /** Whether the rate is lowered, because the phone says that its network is weak or because round trips are slow. */
  readonly isWeakNetwork: boolean;
  /** How often something had to be asked for again, and how often a checksum agreed. */
  readonly repairs: Repairs;
  /** Ticks merged into the quotes of the last update frame: the most in one of them; 0 before the first. */
  readonly mergedLast: number;
  /** The server's clock, in milliseconds since 1970-01-01 UTC: measured by `welcome` and every `pong`, our own before that. */
  serverNowMs(): number;
  /** When the next attempt at a socket comes, on our own clock; `undefined` unless `waiting` or `polling`. */
  readonly retryAtMs: number | undefined;
  /** Why there is no line, or what the server last complained of; `undefined` again once a line is live. */
  readonly lastError: ClientError | undefined;
  /** Names one run of the market's state; `undefined` before the first `welcome`. */
  readonly epoch: string | undefined;
  /** How messages are written, from the next connection on if there is none. */
  readonly wireForm: WireForm;
  /** The subprotocol in force on the present line. */
  readonly protocol: string | undefined;
  /** The exchange's clock as the last `welcome` stated it, and whether its prices are simulated. */
  readonly market: Welcome["market"] | undefined;
  /** Whether the server has a channel, as the last `welcome` said; true before the first. */
  offers(channel: Channel): boolean;
}
