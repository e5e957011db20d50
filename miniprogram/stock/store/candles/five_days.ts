import type { ApiFault } from "../../../api/api_answer";
import type { CandleAnswer } from "../../../api/candle_api";
import type { MinuteDay } from "../../chart/series/minute_series";
import { type Candle, type HistoryCandle, SLOTS_PER_DAY, type SymbolCode } from "../../../lib/shared";
import { type CandleSources, type HistoryStatus, waitingStatus } from "./candle_history";
import { RetryingLoad } from "../../../store/candles/retrying_load";

/** Days of 五日, today included. */
export const DAYS_SHOWN = 5;

/** The days before one, as they were loaded. */
interface EarlierDays {
  readonly before: number;
  readonly epoch: string | undefined;
  readonly days: readonly EarlierDay[];
}

/** What an earlier day was: nothing of it will change. */
type EarlierDay = Pick<MinuteDay, "tradingDate" | "prevClose" | "candles">;

/** Today and the four trading days before it, minute by minute. Those are loaded once; today is the client's. */
export class FiveDays {
  private readonly sources: Omit<CandleSources, "cache">;
  private readonly symbol: string;
  private readonly onChange: () => void;
  private readonly load: RetryingLoad<CandleAnswer>;
  private earlier: EarlierDays | undefined;
  private fault: ApiFault | undefined;
  private stopListening: (() => void) | undefined;

  constructor(sources: Omit<CandleSources, "cache">, symbol: string, onChange: () => void) {
    this.sources = sources;
    this.symbol = symbol;
    this.onChange = onChange;
    this.load = new RetryingLoad(sources.clock, sources.random);
  }

  /** Oldest first, today last; none until the earlier ones are known. A finished day has the same candles at each call. */
  get days(): readonly MinuteDay[] {
    const { client } = this.sources;
    const quote = client.quote(this.symbol);
    if (!quote || this.earlier?.before !== quote.tradingDate) return [];
    const { tradingDate, prevClose } = quote;
    const today = { tradingDate, prevClose, candles: client.candles(this.symbol) };
    // Over five days limits would lie outside the picture, and another day's are not known.
    const common = { limitUp: 0, limitDown: 0, hasAverage: quote.kind === "stock" };
    return [...this.earlier.days, today].map((day) => ({ ...day, ...common }));
  }

  get status(): HistoryStatus {
    return this.earlier ? "ready" : waitingStatus(this.fault, this.load.isBusy);
  }

  /** Twice in a row is allowed. */
  start(): void {
    if (this.stopListening) return;
    const { client } = this.sources;
    const stops = [
      client.on("change", ({ quotes, candles }) => {
        const symbol = this.symbol as SymbolCode;
        if (quotes.has(symbol) || candles.has(symbol)) this.look();
      }),
      client.on("state", (state) => {
        if (state === "live") this.load.retryNow();
      }),
    ];
    this.stopListening = () => stops.forEach((stop) => stop());
    this.look();
  }

  stop(): void {
    this.stopListening?.();
    this.stopListening = undefined;
    // What was not refused goes on with the next start.
    if (this.load.isBusy) this.fault = undefined;
    this.load.stop();
  }

  /** Tries at once what failed. */
  retryNow(): void {
    this.fault = undefined;
    if (this.load.isBusy) this.load.retryNow();
    else this.look();
  }

  private look(): void {
    const { client } = this.sources;
    const before = client.quote(this.symbol)?.tradingDate;
    const isKnown = this.earlier?.before === before && this.earlier?.epoch === client.epoch;
    // What was refused is asked for again only by a person.
    if (before !== undefined && !isKnown && !this.load.isBusy && !this.fault) this.loadBefore(before);
    this.onChange();
  }

  private loadBefore(before: number): void {
    const { api, client } = this.sources;
    const { epoch } = client;
    const common = { symbol: this.symbol, before } as const;
    let paid: readonly HistoryCandle[] = [];
    const ask = async () => {
      // One minute more than the days have: its close is what the first of them is measured against.
      const limit = (DAYS_SHOWN - 1) * SLOTS_PER_DAY + 1;
      const minutes = api.newest({ ...common, period: "1m", adjust: "forward", limit });
      const days = await api.newest({ ...common, period: "day", adjust: "none", limit: DAYS_SHOWN - 1 });
      if (!days.ok) return days;
      paid = days.page.candles;
      return minutes;
    };
    this.load.run(ask, (answer: CandleAnswer) => {
      this.fault = answer.ok ? undefined : answer.fault;
      if (answer.ok) this.earlier = { before, epoch, days: daysOf(answer.page.candles, paid) };
      this.onChange();
    });
  }
}

/**
 * The last days, each measured against the close before it.
 *
 * @param paid The same days as they were paid.
 */
function daysOf(minutes: readonly HistoryCandle[], paid: readonly HistoryCandle[]): EarlierDay[] {
  const days: { tradingDate: number; prevClose: number; candles: Candle[] }[] = [];
  let before = 0;
  for (const minute of minutes) {
    const candle = { ...minute, slot: minute.slot ?? 0 };
    const day = days[days.length - 1];
    if (day?.tradingDate === minute.tradingDate) day.candles.push(candle);
    else days.push({ tradingDate: minute.tradingDate, prevClose: before, candles: [candle] });
    before = minute.close;
  }
  return days.slice(-(DAYS_SHOWN - 1)).map((day) => inOneMoney(day, paid));
}

/**
 * A day whose turnovers are in the terms of its prices. Those of the past are what was paid, whatever was adjusted since:
 * before an ex-dividend day an average made of them would lie above every price.
 */
function inOneMoney(day: EarlierDay, paid: readonly HistoryCandle[]): EarlierDay {
  const { candles, tradingDate } = day;
  const adjusted = candles[candles.length - 1]?.close ?? 0;
  const { close = adjusted } = paid.find((other) => other.tradingDate === tradingDate) ?? {};
  if (close === adjusted) return day;
  return { ...day, candles: candles.map((candle) => ({ ...candle, turnover: candle.turnover * adjusted / close })) };
}
