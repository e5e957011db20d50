import type { Channel } from "../../shared/mod.ts";
import type { SymbolState } from "../market/symbol_state.ts";

/** Where one client stands with the finished candles of one symbol. */
interface CandlePosition {
  tradingDate: number;
  /** Slot of the next candle owed. */
  nextSlot: number;
}

/** One symbol on one connection: which channels, and what the client already has. */
export class Subscription {
  readonly channels = new Set<Channel>();
  /** Version of the quote the client has; 0 means that a snapshot is owed. */
  sentSeq = 0;
  /** Undefined while the client has no candles, so that the next ones come with `reset`. */
  candles: CandlePosition | undefined;

  constructor(readonly state: SymbolState) {}

  get withCandle(): boolean {
    return this.channels.has("candle");
  }

  /** Adds channels. One that brings candles brings the open minute too, which only a fresh snapshot carries whole. */
  add(channels: readonly Channel[]): void {
    const hadCandle = this.withCandle;
    for (const channel of channels) this.channels.add(channel);
    if (this.withCandle && !hadCandle) this.restart();
  }

  /** Leaves channels; true when none is left and the subscription can go. */
  remove(channels: readonly Channel[]): boolean {
    for (const channel of channels) this.channels.delete(channel);
    if (!this.withCandle) this.candles = undefined;
    return this.channels.size === 0;
  }

  /** Forgets what the client has: its next frame is a snapshot. */
  restart(): void {
    this.sentSeq = 0;
    this.candles = undefined;
  }

  get owesSnapshot(): boolean {
    return this.sentSeq === 0 && this.state.seq > 0;
  }

  get owesUpdate(): boolean {
    return this.sentSeq > 0 && this.state.seq > this.sentSeq;
  }

  get owesCandles(): boolean {
    if (!this.withCandle || this.state.seq === 0) return false;
    const { tradingDate, nextSlot } = this.state.candles;
    return !this.candles || this.candles.tradingDate !== tradingDate || this.candles.nextSlot < nextSlot;
  }
}
