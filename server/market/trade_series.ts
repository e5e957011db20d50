import type { Trade } from "../../shared/mod.ts";

/** Where a client stands: it has the trades of `tradingDate` before number `nextNo`. */
export interface TradePosition {
  readonly tradingDate: number;
  readonly nextNo: number;
}

export interface TradesSince {
  /** Trades between what was asked for and the first one here, which are not kept any more. */
  readonly missed: number;
  readonly trades: readonly Trade[];
}

/** The trades of one instrument's day, the newest of which are kept; numbered from 1 without gaps. */
export class TradeSeries {
  #tradingDate = 0;
  #position: TradePosition = { tradingDate: 0, nextNo: 1 };
  #kept: Trade[] = [];

  /** @param keptMax How many are kept at the least; up to half as many again, so that dropping the old costs little. */
  constructor(private readonly keptMax: number) {}

  /** The day these trades belong to, yyyymmdd; 0 before the first. */
  get tradingDate(): number {
    return this.#tradingDate;
  }

  /** Where a client that has everything stands. The same object until there is more. */
  get position(): TradePosition {
    return this.#position;
  }

  /** Begins a new day; the trades of the day before are no longer kept here. */
  startDay(tradingDate: number): void {
    this.#tradingDate = tradingDate;
    this.#kept = [];
    this.#position = { tradingDate, nextNo: 1 };
  }

  /** Takes the next trade. A feed that comes late may begin with any number; after a hole in the numbers, only the new ones are kept. */
  add(trade: Trade): void {
    if (trade.no < this.#position.nextNo) return;
    if (trade.no > this.#position.nextNo) this.#kept = [];
    this.#kept.push(trade);
    if (this.#kept.length > this.keptMax * 1.5) this.#kept = this.#kept.slice(-this.keptMax);
    this.#position = { tradingDate: this.#tradingDate, nextNo: trade.no + 1 };
  }

  /** The trades from number `no` on, as far as they are kept, and how many are not. */
  since(no: number): TradesSince {
    const first = this.#position.nextNo - this.#kept.length;
    const missed = Math.max(0, first - no);
    return { missed, trades: this.#kept.slice(Math.max(0, no - first)) };
  }

  /** The newest `count` trades. */
  newest(count: number): readonly Trade[] {
    return this.#kept.slice(-count);
  }
}
