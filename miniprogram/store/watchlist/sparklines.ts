import type { SparklineAnswer, SparklineApi } from "../../api/sparkline_api";
import { sparklineMask } from "../../format/sparkline";
import {
  type Clock,
  nearestSlot,
  SLOTS_PER_DAY,
  type Sparkline,
  SPARKLINE_STEP_MINUTES,
  SPARKLINES_MAX,
} from "../../lib/shared";
import { Timer } from "../../net/timer";
import type { KnownQuote } from "../../net/quote_client";
import { RetryingLoad } from "../candles/retrying_load";

/** How often the end of a line follows its price, in milliseconds. A pixel is some minutes wide: more often is not seen. */
const FOLLOW_INTERVAL_MS = 10_000;

/** Lines that are made anew at different moments of the interval. */
const TURNS = 12;

/** Pictures that one drawing of the list makes: more would be a message to the screen of many kilobytes. */
const MASKS_PER_DRAWING = 3;

/** When the pictures come that a drawing had no room for, in milliseconds after it. */
const NEXT_MASKS_AFTER_MS = 160;

const STEPS_PER_DAY = SLOTS_PER_DAY / SPARKLINE_STEP_MINUTES;

/** One line and its picture as it was last made. */
interface Held {
  readonly tradingDate: number;
  readonly closes: number[];
  mask: string;
  /** When within the interval it is made anew, in milliseconds. */
  readonly turnMs: number;
  madeAtMs: number;
  madeOf: number;
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

  /** The line of a quote up to now, as a mask; "" while it is not known. The same text until it is worth drawing anew. */
  maskOf(quote: KnownQuote): string {
    const line = this.lines.get(quote.symbol);
    if (!line) return "";
    if (line.tradingDate !== quote.tradingDate) {
      // A new day: the next `want` asks for it.
      this.lines.delete(quote.symbol);
      this.asked.delete(quote.symbol);
      return "";
    }
    follow(line.closes, quote);
    const nowMs = this.sources.clock.nowMs();
    const isNew = line.closes.length !== line.madeOf || Math.abs(nowMs - line.madeAtMs) >= FOLLOW_INTERVAL_MS;
    if (isNew && this.hasRoom(nowMs)) {
      line.mask = sparklineMask(line.closes, quote.prevClose, STEPS_PER_DAY);
      line.madeAtMs = line.madeOf === 0 ? nowMs - line.turnMs : nowMs;
      line.madeOf = line.closes.length;
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
    if (!answer.ok && answer.fault === "unreachable") return;
    for (const symbol of symbols) this.asked.add(symbol);
    if (!answer.ok) return;
    for (const line of answer.lines) this.hold(line);
    this.onLoaded();
  }

  private hold({ symbol, tradingDate, closes }: Sparkline): void {
    // They take turns, so that no one message to the screen carries all of them.
    const turnMs = FOLLOW_INTERVAL_MS * (this.lines.size % TURNS) / TURNS;
    this.lines.set(symbol, { tradingDate, closes: [...closes], mask: "", turnMs, madeAtMs: 0, madeOf: 0 });
  }
}

/** Brings the end of a line to the price now; steps without a quote have the price before them. */
function follow(closes: number[], { exchangeTimeMs, lastPrice }: KnownQuote): void {
  if (lastPrice === 0) return;
  const step = Math.floor(nearestSlot(exchangeTimeMs) / SPARKLINE_STEP_MINUTES);
  while (closes.length < step) closes.push(closes[closes.length - 1] ?? lastPrice);
  closes[step] = lastPrice;
}
