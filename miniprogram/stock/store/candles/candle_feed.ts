import type { CandlePeriod, HistoryCandle } from "../../../lib/shared";
import type { CandlePast, CandleWish } from "../../../store/candles/candle_cache";
import { CandleHistory, type CandleSources } from "./candle_history";
import { candlePlace } from "./candle_place";

/** What takes candles: a chart. */
export interface CandleSink {
  /** Other candles, in place of all that it has. */
  setCandles(candles: readonly HistoryCandle[], period: CandlePeriod): void;
  /** Newer forms of candles that it has, and candles behind them. */
  merge(candles: readonly HistoryCandle[]): void;
  /** Candles before all that it has. */
  prepend(candles: readonly HistoryCandle[]): void;
}

/** Keeps a chart in step with a history, and tells it no more than what changed. */
export class CandleFeed {
  readonly history: CandleHistory;
  private readonly wish: CandleWish;
  private readonly sink: CandleSink;
  private readonly onChange: () => void;
  private shown: readonly HistoryCandle[] = [];
  private loaded: CandlePast | undefined;

  /** @param onChange Called when the candles or the status may be another. */
  constructor(sources: CandleSources, wish: CandleWish, sink: CandleSink, onChange: () => void) {
    this.wish = wish;
    this.sink = sink;
    this.onChange = onChange;
    this.history = new CandleHistory(sources, wish, () => this.look());
  }

  start(): void {
    this.history.start();
  }

  stop(): void {
    this.history.stop();
  }

  private look(): void {
    const { candles, tail, loaded } = this.history;
    const { period } = this.wish;
    if (candles !== this.shown) {
      const older = this.countOlder(candles);
      if (older === undefined || loaded?.edition !== this.loaded?.edition) this.sink.setCandles(candles, period);
      else {
        if (older > 0) this.sink.prepend(candles.slice(0, older));
        this.sink.merge(loaded === this.loaded ? tail : candles.slice(older));
      }
      this.shown = candles;
      this.loaded = loaded;
    }
    this.onChange();
  }

  /** How many candles lie before the first one that is shown; `undefined` where that one is gone. */
  private countOlder(candles: readonly HistoryCandle[]): number | undefined {
    const [first] = this.shown;
    if (!first) return undefined;
    const place = candlePlace(this.wish.period, first);
    const index = candles.findIndex((candle) => candlePlace(this.wish.period, candle) >= place);
    const found = candles[index];
    return found && candlePlace(this.wish.period, found) === place ? index : undefined;
  }
}
