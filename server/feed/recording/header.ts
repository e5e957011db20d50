/** What stands at the beginning of every recording, before the first tick. FORMAT.md describes the bytes. */
import * as z from "zod/mini";
import { Count, Instrument, Phase, QUOTE_FIELDS, type QuoteField, TradingDate } from "../../../shared/mod.ts";
import type { FeedClock } from "../feed.ts";

/** The first bytes of a recording, in ASCII. */
export const RECORDING_MAGIC = "TICKWIRE";

/** The format that is written; all before it are read, too. It grows by one when an old reader could not read the new. */
export const FORMAT_VERSION = 2;

/** Longest header that is read, in bytes: 5,000 instruments take half a million. */
export const HEADER_BYTES_MAX = 16 * 1_048_576;

export const RecordingHeader = z.object({
  /** The fields of a quote, in the order of their mask bits. */
  fields: z.array(z.string()),
  /** The phases of a day, by the number that stands for them. */
  phases: z.array(z.string()),
  instruments: z.array(Instrument),
  /** The feed's clock as it stood before its start. `speed` is in exchange seconds per second. */
  clock: z.object({
    tradingDate: TradingDate,
    exchangeTimeMs: Count,
    speed: z.number().check(z.gt(0)),
    simulated: z.boolean(),
  }),
  /** When the recording began, by the server's clock, in milliseconds since 1970-01-01 UTC. */
  startedMs: Count,
  /** The seed of the simulated exchange, where there is one. */
  seed: z.optional(Count),
});
export type RecordingHeader = z.infer<typeof RecordingHeader>;

/** A recording that cannot be begun with: not one at all, damaged in its header, or of another version. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
}

/** What most ticks change comes first, so that their mask fits one byte; a turnover is told from the price and volume before it. */
const FREQUENT: readonly QuoteField[] = ["lastPrice", "volume", "turnover", "exchangeTimeMs", "high", "low"];

export interface HeaderFacts {
  readonly instruments: readonly Instrument[];
  readonly clock: FeedClock;
  readonly startedMs: number;
  readonly seed?: number | undefined;
}

export function makeHeader({ instruments, clock, startedMs, seed }: HeaderFacts): RecordingHeader {
  const { tradingDate, exchangeTimeMs, speed, simulated } = clock;
  return {
    fields: [...FREQUENT, ...QUOTE_FIELDS.filter((field) => !FREQUENT.includes(field))],
    phases: [...Phase.options],
    instruments: [...instruments],
    clock: { tradingDate, exchangeTimeMs, speed, simulated },
    startedMs,
    ...seed === undefined ? {} : { seed },
  };
}

/**
 * Reads what {@link makeHeader} made.
 *
 * @param name How the recording is called in an error.
 * @throws RecordingError when anything in it is missing, wrong or unknown to this version.
 */
export function parseHeader(text: string, name: string): RecordingHeader {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new RecordingError(`The header of ${name} is not JSON, so nothing in it can be replayed: use another copy.`);
  }
  const result = z.safeParse(RecordingHeader, raw);
  if (!result.success) {
    const path = result.error.issues[0]?.path.join(".") || "it";
    throw new RecordingError(`The header of ${name} cannot be used: ${path} is missing or not valid.`);
  }
  const { fields, phases, instruments } = result.data;
  const known = (values: readonly string[], all: readonly string[], what: string) => {
    const odd = values.find((value, i) => !all.includes(value) || values.indexOf(value) !== i);
    if (odd === undefined) return;
    throw new RecordingError(`The header of ${name} has the ${what} "${odd}", which is unknown here or there twice.`);
  };
  known(fields, QUOTE_FIELDS, "field");
  known(phases, Phase.options, "phase");
  const symbols = new Set(instruments.map(({ symbol }) => symbol));
  if (symbols.size < instruments.length) {
    throw new RecordingError(`The header of ${name} lists an instrument twice.`);
  }
  return result.data;
}
