/** Fields that several messages of a client have. */
import type { Channel, Tier } from "../messages.ts";
import type { ByteReader } from "./byte_reader.ts";
import type { ByteWriter } from "./byte_writer.ts";
import { readName, writeName } from "./symbol_code.ts";
import { CHANNEL_ORDER, TIER_ORDER } from "./wire.ts";

/** As many symbols as the schemas allow in one list. */
export const SYMBOLS_MAX = 10_000;

export function writeNames(writer: ByteWriter, names: readonly string[]): void {
  writer.count(names.length);
  for (const name of names) writeName(writer, name);
}

export function readNames(reader: ByteReader, field = "symbols"): string[] {
  return reader.list(field, () => readName(reader, field), 1, SYMBOLS_MAX);
}

export function writeChannels(writer: ByteWriter, channels: readonly Channel[]): void {
  writer.count(channels.length);
  for (const channel of channels) writer.count(CHANNEL_ORDER.indexOf(channel));
}

export function readChannels(reader: ByteReader, min: number): Channel[] {
  const last = CHANNEL_ORDER.length - 1;
  return reader.list("channels", () => CHANNEL_ORDER[reader.count("channels", last)] ?? "quote", min);
}

export function writeTier(writer: ByteWriter, tier: Tier): void {
  writer.count(TIER_ORDER.indexOf(tier));
}

export function readTier(reader: ByteReader): Tier {
  return TIER_ORDER[reader.count("tier", TIER_ORDER.length - 1)] ?? "visible";
}

export function readRate(reader: ByteReader): number {
  const rate = reader.number("rate");
  if (!(rate > 0)) reader.fail("rate", "it must be more than 0");
  return rate;
}
