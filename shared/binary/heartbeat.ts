/** `ping` and `pong`, which both ends send. */
import type { ByteReader } from "./byte_reader.ts";
import { type ByteWriter, flag } from "./byte_writer.ts";

interface Heartbeat {
  readonly timeMs?: number | undefined;
  readonly pingTimeMs?: number | undefined;
}

/** The fields of either. */
export function writeHeartbeat(writer: ByteWriter, { timeMs, pingTimeMs }: Heartbeat): void {
  writer.count(flag(timeMs, 1) | flag(pingTimeMs, 2));
  if (timeMs !== undefined) writer.number(timeMs);
  if (pingTimeMs !== undefined) writer.number(pingTimeMs);
}

export function readPing(reader: ByteReader): { type: "ping"; timeMs?: number } {
  reader.type = "ping";
  return { type: "ping", ...reader.count("flags") & 1 ? { timeMs: reader.number("timeMs") } : {} };
}

export function readPong(reader: ByteReader): { type: "pong"; timeMs?: number; pingTimeMs?: number } {
  reader.type = "pong";
  const flags = reader.count("flags");
  return {
    type: "pong",
    ...flags & 1 ? { timeMs: reader.number("timeMs") } : {},
    ...flags & 2 ? { pingTimeMs: reader.number("pingTimeMs") } : {},
  };
}
