import { isPassing } from "../../api/api_answer";
import type { SparklineAnswer, SparklineApi } from "../../api/sparkline_api";
import { sparklineMask } from "../../chart/sparkline";
import { type Clock, nearestSlot, type Sparkline, SPARKLINE_STEP_MINUTES, SPARKLINES_MAX } from "../../lib/shared";
import { Timer } from "../../net/timer";
import type { KnownQuote } from "../../net/quote_client";
import { RetryingLoad } from "../candles/retrying_load";

/**
 * How often at most the end of a line follows its price, in milliseconds, and only on the screen: as many rows as a tablet
 * shows have their turn within it.
 */
const FOLLOW_INTERVAL_MS = 1_500;

/** Pictures that one drawing of the list makes: more would be a message to the screen of many kilobytes. */
const MASKS_PER_DRAWING = 3;

/** When the pictures come that a drawing had no room for, in milliseconds after it. */
const NEXT_MASKS_AFTER_MS = 160;

/** One line and its picture as it was last made. */
interface Held {
  readonly tradingDate: number;
  /** NaN where no quote was seen. */
  readonly closes: number[];
  /** Whether quotes have moved it since it came. */
  isFollowing: boolean;
  mask: string;
  madeAtMs: number;
  /** The steps that the picture shows, and the quote at their end. */
  madeSteps: number;
  madeOf: KnownQuote | undefined;
}

export interface SparklineSources {
  readonly api: SparklineApi;
  readonly clock: Clock;
  /** Uniform from 0 (included) to 1 (excluded). */
  readonly random: () => number;
}

/**
 * The days of a list's rows. Their past is one HTTP request for all of them, some 300 bytes a row: minute candles over
 * the socket would be ten times that, and more with every tick. From then on each line grows with its quotes.
 */
export class Sparklines {
  private readonly sources: SparklineSources;
  private readonly load: RetryingLoad<SparklineAnswer>;
  private readonly onLoaded: () => void;
  private readonly lines = new Map<string, Held>();
  /** Asked for, and answered or refused: another day or server begins anew. */
  private asked = new Set<string>();
  private epoch: string | undefined;
  private readonly nextMasks: Timer;
  private madeAtMs = 0;
  private madeCount = 0;

  /** @param onLoaded Called when lines have come, or more of them can be drawn. */
  constructor(sources: SparklineSources, onLoaded: () => void) {
    this.sources = sources;
    this.onLoaded = onLoaded;
    this.load = new RetryingLoad(sources.clock, sources.random);
    this.nextMasks = new Timer(sources.clock);
  }

  /** Loads what is missing of these symbols. @param epoch The run of the server that they belong to. */
  want(symbols: readonly string[], epoch: string | undefined): void {
    if (epoch === undefined || this.load.isBusy) return;
    if (epoch !== this.epoch) {
      this.asked = new Set();
      this.lines.clear();
      this.epoch = epoch;
    }
    const missing = symbols.filter((symbol) => !this.asked.has(symbol)).slice(0, SPARKLINES_MAX);
    if (missing.length === 0) return;
    this.load.run(() => this.sources.api.sparklines(missing), (answer) => this.onAnswer(answer, missing));
  }

  /** Forgets what is on its way. */
  stop(): void {
    this.load.stop();
    this.nextMasks.clear();
  }

  /**
   * The line of a quote up to now, as a mask; "" while it is not known. The same text until it is worth drawing anew.
   *
   * @param isOnScreen Whether it is seen, and not only near the eye.
   */
  maskOf(quote: KnownQuote, isOnScreen: boolean): string {
    const line = this.lines.get(quote.symbol);
    if (!line) return "";
    if (line.tradingDate !== quote.tradingDate) {
      // A new day: the next `want` asks for it.
      this.lines.delete(quote.symbol);
      this.asked.delete(quote.symbol);
      return "";
    }
    // What moved while no quotes came, of a row scrolled away or a page left, is bridged until the next `want` has it.
    if (follow(line, quote)) this.asked.delete(quote.symbol);
    const nowMs = this.sources.clock.nowMs();
    if (isDue(line, quote, nowMs, isOnScreen) && this.hasRoom(nowMs)) {
      const { open, prevClose, exchangeTimeMs } = quote;
      line.mask = sparklineMask({ open, prevClose, closes: line.closes, slot: nearestSlot(exchangeTimeMs) });
      line.madeAtMs = nowMs;
      line.madeSteps = line.closes.length;
      line.madeOf = quote;
    }
    return line.mask;
  }

  /** Whether this drawing may make another picture; if not, the next one is asked for. */
  private hasRoom(nowMs: number): boolean {
    if (nowMs !== this.madeAtMs) this.madeCount = 0;
    this.madeAtMs = nowMs;
    this.madeCount += 1;
    if (this.madeCount <= MASKS_PER_DRAWING) return true;
    if (!this.nextMasks.isSet) this.nextMasks.set(NEXT_MASKS_AFTER_MS, () => this.onLoaded());
    return false;
  }

  private onAnswer(answer: SparklineAnswer, symbols: readonly string[]): void {
    if (!answer.ok && isPassing(answer.fault)) return;
    for (const symbol of symbols) this.asked.add(symbol);
    if (!answer.ok) return;
    for (const line of answer.page.lines) this.hold(line);
    this.onLoaded();
  }

  private hold({ symbol, tradingDate, closes }: Sparkline): void {
    const before = this.lines.get(symbol);
    const mask = before?.tradingDate === tradingDate ? before.mask : "";
    this.lines.set(symbol, {
      tradingDate,
      closes: [...closes],
      isFollowing: false,
      mask,
      madeAtMs: 0,
      madeSteps: 0,
      madeOf: undefined,
    });
  }
}

/**
 * Brings the end of a line to the price now. Steps without a quote have the price before them if the server's own line
 * ends there, because nothing was traded since, and are not known otherwise.
 *
 * @returns whether the line has a new gap.
 */
function follow(line: Held, { exchangeTimeMs, lastPrice }: KnownQuote): boolean {
  if (lastPrice === 0) return false;
  const { closes } = line;
  const step = Math.floor(nearestSlot(exchangeTimeMs) / SPARKLINE_STEP_MINUTES);
  const hasGap = line.isFollowing && closes.length < step;
  const filling = line.isFollowing ? NaN : closes[closes.length - 1] ?? lastPrice;
  while (closes.length < step) closes.push(filling);
  closes[step] = lastPrice;
  line.isFollowing = true;
  return hasGap;
}

/** Whether a line has another step, or is seen and has another end. */
function isDue(line: Held, quote: KnownQuote, nowMs: number, isOnScreen: boolean): boolean {
  if (line.closes.length !== line.madeSteps) return true;
  return isOnScreen && quote !== line.madeOf && Math.abs(nowMs - line.madeAtMs) >= FOLLOW_INTERVAL_MS;
}
