/** For tests: a sink that holds every event of a day against what must be true of an exchange. */
import { AssertionError } from "@std/assert";
import * as hours from "../auction/auction_phase.ts";
import { auditBook } from "../book/audit_book.ts";
import { isPriceAllowed, type Side } from "../book/order_rules.ts";
import { DEPTH } from "../book/order_book.ts";
import type { DaySink } from "./day_sink.ts";
import { MinuteCandles } from "./minute_candles.ts";
import type { SymbolDay } from "./symbol_day.ts";

/** How many pictures of the book pass between two audits of it. Between the trades of one order its books do not balance yet. */
const AUDIT_EVERY = 400;

const CONTINUOUS = [[hours.MORNING_MS, hours.LUNCH_MS], [hours.AFTERNOON_MS, hours.CLOSING_AUCTION_MS]] as const;

export class DayChecker implements DaySink {
  readonly phases: string[] = [];
  readonly candles = new MinuteCandles();
  /** One line an event: two equal days have equal lines. */
  readonly lines: string[] = [];
  /** Quotes that showed a locked limit: nobody on the other side. */
  lockedQuotes = 0;
  #pictures = 0;
  #timeMs = 0;
  #volume = 0;
  #turnover = 0;

  trade(day: SymbolDay, price: number, size: number, takerSide: Side | 0): void {
    this.#event(day, `trade ${price} ${size} ${takerSide}`);
    must(isPriceAllowed(price, day.rules), day, "a price is a multiple of the step and within the limits");
    must(size > 0 && size % Math.min(day.rules.sizeStep, day.rules.lot) === 0, day, "matched sizes are whole lots");
    const auction = day.timeMs === hours.OPENING_MATCH_MS || day.timeMs === hours.CLOSE_MS;
    const continuous = CONTINUOUS.some(([from, to]) => day.timeMs >= from && day.timeMs < to);
    must(takerSide === 0 ? auction : continuous, day, "trades only in its hours");
    this.#volume += size;
    this.#turnover += price * size;
    const { tape } = day;
    must(
      tape.volume === this.#volume && tape.turnover === this.#turnover,
      day,
      "volume and turnover are the sum of the trades",
    );
    must(tape.lastPrice === price, day, "the last price is the last trade's");
    must(tape.low <= tape.open && tape.open <= tape.high, day, "low ≤ open ≤ high");
    must(tape.low <= price && price <= tape.high, day, "low ≤ last ≤ high");
    must(tape.low * tape.volume <= tape.turnover && tape.turnover <= tape.high * tape.volume, day, "low ≤ VWAP ≤ high");
    must(tape.insideVolume + tape.outsideVolume <= tape.volume, day, "内盘 and 外盘 are parts of the volume");
    this.candles.add(day.timeMs, price, size);
  }

  quote(day: SymbolDay): void {
    this.#event(day, "quote");
    if (++this.#pictures % AUDIT_EVERY === 0) auditBook(day.book);
    must(day.phase === "continuous", day, "the book is shown in continuous trading");
    const { bids, asks } = day.book;
    must(bids.count === 0 || asks.count === 0 || bids.bestPrice < asks.bestPrice, day, "bid1 < ask1");
    for (const side of [bids, asks]) {
      for (let depth = 0; depth < DEPTH && side.priceAt(depth) !== 0; depth++) {
        must(side.sizeAt(depth) > 0, day, "a level has shares");
        must(isPriceAllowed(side.priceAt(depth), day.rules), day, "a level's price is allowed");
        const next = side.priceAt(depth + 1);
        must(next === 0 || side.side * (side.priceAt(depth) - next) > 0, day, "levels are sorted");
      }
    }
    if (bids.count > 0 && bids.bestPrice === day.rules.limitUp) this.#locked(day, asks.count);
    if (asks.count > 0 && asks.bestPrice === day.rules.limitDown) this.#locked(day, bids.count);
  }

  indicative(day: SymbolDay): void {
    this.#event(day, `indicative ${Object.values(day.indicative)}`);
    if (++this.#pictures % AUDIT_EVERY === 0) auditBook(day.book, true);
    must(/auction/.test(day.phase), day, "an indicative price belongs to an auction");
    const { price, matched } = day.indicative;
    must(
      price === 0 ? matched === 0 : matched > 0 && isPriceAllowed(price, day.rules),
      day,
      "it is a price, with its size",
    );
  }

  phase(day: SymbolDay): void {
    this.#event(day, day.phase);
    this.phases.push(day.phase);
    auditBook(day.book, day.phase === "closing_auction");
    if (day.phase === "closed") this.#close(day);
  }

  #locked(day: SymbolDay, others: number): void {
    this.lockedQuotes++;
    must(others === 0, day, "at a locked limit nobody stands on the other side");
  }

  #event(day: SymbolDay, line: string): void {
    this.lines.push(`${day.timeMs} ${line} ${day.book.bids.bestPrice} ${day.book.asks.bestPrice}`);
    must(Number.isInteger(day.timeMs) && day.timeMs >= this.#timeMs, day, "events come in the order of time");
    this.#timeMs = day.timeMs;
  }

  #close(day: SymbolDay): void {
    const { open, high, low, close, volume, turnover } = this.candles;
    const { tape } = day;
    const slots = [...volume.keys()].filter((slot) => volume[slot]! > 0);
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    must(sum(volume) === tape.volume && sum(turnover) === tape.turnover, day, "the candles' volume is the day's");
    if (slots.length === 0) return;
    must(
      open[slots.at(0)!] === tape.open && close[slots.at(-1)!] === tape.lastPrice,
      day,
      "the candles open and close the day",
    );
    must(Math.max(...slots.map((slot) => high[slot]!)) === tape.high, day, "the candles reach the day's high");
    must(Math.min(...slots.map((slot) => low[slot]!)) === tape.low, day, "the candles reach the day's low");
  }
}

function must(truth: boolean, day: SymbolDay, rule: string): asserts truth {
  if (!truth) throw new AssertionError(`${day.symbol} ${day.date} at ${day.timeMs} ms: ${rule}, and here it is not so`);
}
