/** Bytes to records, the reverse of record_encoder.ts. */
import { type AuctionStep, OPENING_AUCTION_SECONDS, type Price, type SymbolCode } from "../../../shared/mod.ts";
import type { QuoteChanges } from "../feed.ts";
import { ByteReader } from "./byte_reader.ts";
import type { RecordingHeader } from "./header.ts";
import { Prediction } from "./prediction.ts";
import { NO_STEP, type Recorded, TAG_AUCTION, TAG_CLOCK, TAG_END, TAG_FIRST_TICK, TAG_STARTED } from "./records.ts";

export class RecordDecoder {
  readonly #fields: readonly string[];
  readonly #phases: readonly string[];
  readonly #symbols: readonly SymbolCode[];
  readonly #prediction: Prediction;
  /** The last step of every instrument's auction, by its number. */
  readonly #steps: AuctionStep[] = [];
  #offsetMs = 0;
  #tradingDate: number;
  #ticks = 0;

  constructor({ fields, phases, instruments, clock }: RecordingHeader) {
    this.#fields = fields;
    this.#phases = phases;
    this.#symbols = instruments.map(({ symbol }) => symbol);
    this.#prediction = new Prediction(fields, instruments.length);
    this.#prediction.lastTimeMs = clock.exchangeTimeMs;
    this.#tradingDate = clock.tradingDate;
  }

  /**
   * The records of one chunk, in order. Every chunk has to be read, each once and to its end.
   *
   * @throws RangeError where the bytes are no records; those before it have been given out and are right.
   */
  *records(payload: Uint8Array): Generator<Recorded, void> {
    const reader = new ByteReader(payload);
    while (!reader.done) {
      const tag = reader.uint();
      if (tag === TAG_CLOCK) yield this.#clock(reader);
      else if (tag === TAG_STARTED) yield { kind: "started" };
      else if (tag === TAG_END) yield this.#end(reader);
      else if (tag === TAG_AUCTION) yield this.#auction(reader);
      else if (tag >= TAG_FIRST_TICK) yield this.#tick(reader, tag - TAG_FIRST_TICK);
      else throw new RangeError(`a record is of kind ${tag}, which this server does not know`);
    }
  }

  #clock(reader: ByteReader): Recorded {
    const offsetMs = checked("an offset", this.#offsetMs + reader.uint());
    const tradingDate = checked("a trading date", this.#tradingDate + reader.int());
    const exchangeTimeMs = checked("a time", this.#prediction.lastTimeMs + reader.int());
    this.#offsetMs = offsetMs;
    this.#tradingDate = tradingDate;
    this.#prediction.lastTimeMs = exchangeTimeMs;
    return { kind: "clock", offsetMs, tradingDate, exchangeTimeMs };
  }

  #end(reader: ByteReader): Recorded {
    const ticks = reader.uint();
    if (ticks !== this.#ticks) throw new RangeError(`its end counts ${ticks} ticks, and ${this.#ticks} came before it`);
    return { kind: "end", ticks };
  }

  #auction(reader: ByteReader): Recorded {
    const number = reader.uint();
    const symbol = this.#symbolOf("an auction", number);
    const before = this.#steps[number] ?? NO_STEP;
    const second = checked("a second", before.second + reader.int());
    if (second > OPENING_AUCTION_SECONDS) throw new RangeError(`an auction has no second ${second}`);
    const price = checked("a price", before.price + reader.int()) as Price;
    const matched = checked("a volume", before.matched + reader.int());
    const step = this.#steps[number] = { second, price, matched, unmatched: reader.int() };
    return { kind: "auction", symbol, step };
  }

  #tick(reader: ByteReader, number: number): Recorded {
    const symbol = this.#symbolOf("a tick", number);
    const mask = reader.uint();
    const fields = this.#fields;
    if (mask >= 2 ** fields.length) throw new RangeError("a tick has fields that the header does not name");
    const changes: Record<string, number | string> = {};
    this.#prediction.begin(number);
    for (let i = 0; i < fields.length; i++) {
      if (Math.floor(mask / 2 ** i) % 2 === 0) continue;
      const field = fields[i] ?? "";
      const value = checked(field, this.#prediction.expect(i) + reader.int());
      this.#prediction.take(i, value);
      changes[field] = field === "phase" ? this.#phase(value) : value;
    }
    this.#ticks++;
    return { kind: "tick", symbol, changes: changes as QuoteChanges };
  }

  #symbolOf(what: string, number: number): SymbolCode {
    const symbol = this.#symbols[number];
    if (symbol === undefined) throw new RangeError(`${what} is of instrument ${number + 1} of ${this.#symbols.length}`);
    return symbol;
  }

  #phase(value: number): string {
    const phase = this.#phases[value];
    if (phase === undefined) throw new RangeError(`a phase is number ${value} of ${this.#phases.length}`);
    return phase;
  }
}

function checked(what: string, value: number): number {
  if (value >= 0 && Number.isSafeInteger(value)) return value;
  throw new RangeError(`${what} would be ${value}`);
}
