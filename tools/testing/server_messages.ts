/** Messages of a server, whole and valid, of which a test states only what it is about. */
import {
  type Candle,
  type CandleRun,
  CHANNELS,
  checksumOf,
  DEFAULT_LIMITS,
  type Depth,
  price,
  type QuoteSnapshot,
  type QuoteUpdate,
  type ServerMessageOf,
  SUBPROTOCOL_JSON,
  SymbolCode,
  type Trade,
  type TradeRun,
} from "../../shared/mod.ts";

/** Brands a text that a test knows to be a symbol. */
export function symbol(text: string): SymbolCode {
  return SymbolCode.parse(text);
}

export const MOUTAI = symbol("600519.SH");
export const PING_AN = symbol("000001.SZ");
export const DAY = 20261120;

export function welcome(changes: Partial<ServerMessageOf<"welcome">> = {}): ServerMessageOf<"welcome"> {
  const { inboundBytesMax, inboundMessagesPerSecond, inboundMessagesBurst, symbolsMax } = DEFAULT_LIMITS;
  const { rateMinPerSecond, rateMaxPerSecond, nearRatePerSecond, silentTimeoutMs } = DEFAULT_LIMITS;
  return {
    type: "welcome",
    session: "s1",
    epoch: "epoch-1",
    protocol: SUBPROTOCOL_JSON,
    channels: [...CHANNELS],
    serverTimeMs: 1_800_000_000_000,
    heartbeatIntervalMs: DEFAULT_LIMITS.heartbeatIntervalMs,
    ackWindowFrames: DEFAULT_LIMITS.ackWindowFrames,
    limits: {
      inboundBytesMax,
      inboundMessagesPerSecond,
      inboundMessagesBurst,
      symbolsMax,
      rateMinPerSecond,
      rateMaxPerSecond,
      nearRatePerSecond,
      silentTimeoutMs,
    },
    market: { tradingDate: DAY, exchangeTimeMs: 1_800_000_000_000, speed: 1, simulated: true },
    ...changes,
  };
}

export function quote(code: SymbolCode, seq: number, changes: Partial<QuoteSnapshot> = {}): QuoteSnapshot {
  return {
    symbol: code,
    name: "名称",
    nameEn: "Name",
    kind: "stock",
    seq,
    lastPrice: price(1_000 + seq),
    open: price(1_000),
    high: price(2_000),
    low: price(500),
    prevClose: price(1_000),
    limitUp: price(1_100),
    limitDown: price(900),
    volume: 100 * seq,
    turnover: 100_000 * seq,
    exchangeTimeMs: 1_800_000_000_000 + seq,
    tradingDate: DAY,
    phase: "continuous",
    ...changes,
  };
}

/** A quote with its checksum, as it is once this message is applied. */
export function withCrc(known: QuoteSnapshot): QuoteSnapshot {
  return { ...known, crc: checksumOf(known.symbol, known.seq, known, known.depth) };
}

/** A book of one level a side, around the price of version `seq` of {@link quote}. */
export function depth(seq: number, changes: Partial<Depth> = {}): Depth {
  return {
    bids: [[price(999 + seq), 100 * seq]],
    asks: [[price(1_001 + seq), 200]],
    outsideVolume: 50 * seq,
    insideVolume: 50 * seq,
    indicativePrice: price(0),
    indicativeVolume: 0,
    ...changes,
  };
}

export function snapshot(frame: number, ...quotes: QuoteSnapshot[]): ServerMessageOf<"snapshot"> {
  return { type: "snapshot", frame, serverTimeMs: 1_800_000_000_000, live: true, quotes };
}

/** One update from version `prev` to version `seq`. */
export function change(code: SymbolCode, prev: number, seq: number, changes: Partial<QuoteUpdate> = {}): QuoteUpdate {
  return { symbol: code, seq, prev, merged: seq - prev, lastPrice: price(1_000 + seq), ...changes };
}

export function update(frame: number, ...quotes: QuoteUpdate[]): ServerMessageOf<"update"> {
  return { type: "update", frame, serverTimeMs: 1_800_000_000_000, quotes };
}

export function candle(slot: number, close = 1_000): Candle {
  const at = price(close);
  return { slot, open: at, high: at, low: at, close: at, volume: 100, turnover: 100_000 };
}

export function candles(
  frame: number,
  code: SymbolCode,
  slots: readonly number[],
  changes: Partial<CandleRun> = {},
): ServerMessageOf<"candles"> {
  return {
    type: "candles",
    frame,
    serverTimeMs: 1_800_000_000_000,
    period: "1m",
    runs: [{ symbol: code, tradingDate: DAY, reset: false, candles: slots.map((slot) => candle(slot)), ...changes }],
  };
}

export function trade(no: number, changes: Partial<Trade> = {}): Trade {
  return { no, price: price(1_000 + no), size: 100, side: "buy", exchangeTimeMs: 1_800_000_000_000 + no, ...changes };
}

export function trades(
  frame: number,
  code: SymbolCode,
  numbers: readonly number[],
  changes: Partial<TradeRun> = {},
): ServerMessageOf<"trades"> {
  return {
    type: "trades",
    frame,
    serverTimeMs: 1_800_000_000_000,
    runs: [{
      symbol: code,
      tradingDate: DAY,
      reset: false,
      missed: 0,
      trades: numbers.map((no) => trade(no)),
      ...changes,
    }],
  };
}

/** The answer to a resume that named `symbols`. */
export function resumed(
  id: number,
  symbols: Partial<NonNullable<ServerMessageOf<"subscribed">["resumed"]>>,
  changes: Partial<ServerMessageOf<"subscribed">> = {},
): ServerMessageOf<"subscribed"> {
  const { current = [], delta = [], snapshot: whole = [] } = symbols;
  const ok = [...current, ...delta, ...whole];
  return {
    type: "subscribed",
    id,
    ok,
    rejected: [],
    active: ok.length,
    rate: DEFAULT_LIMITS.rateMaxPerSecond,
    resumed: { current, delta, snapshot: whole },
    ...changes,
  };
}
