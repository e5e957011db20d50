/** Frames in their two forms, without the number that a frame has on a connection: so they can be shared. */
import { encodeSnapshotFrame, encodeUpdateFrame, type NumberedPart, ServerEncoder } from "../../shared/binary/mod.ts";
import type { ServerMessageOf } from "../../shared/mod.ts";
import type { PartBody } from "./update_parts.ts";
import type { View } from "./view.ts";

/**
 * In JSON what stands behind the frame's number: see {@link jsonFrame}. In binary the whole message, whose number is the next
 * one by being left out.
 */
export type FrameBody = string | Uint8Array<ArrayBuffer>;

type Unnumbered<T> = T extends unknown ? Omit<T, "frame"> : never;

/** A symbol's part of a frame, under the number that the symbol has in the view. */
export interface FramePart {
  readonly number: number;
  readonly body: PartBody;
}

/** An `update` frame of ready parts. @param timeMs `serverTimeMs` of the frame before. */
export function updateFrame(
  { form }: View,
  timeMs: number,
  serverTimeMs: number,
  parts: readonly FramePart[],
): FrameBody {
  if (form === "binary") return encodeUpdateFrame(timeMs, serverTimeMs, parts as readonly NumberedPart[]);
  return `,"serverTimeMs":${serverTimeMs},"quotes":[${parts.map(({ body }) => body).join(",")}]}`;
}

/** A `snapshot` frame of ready parts. @param live Whether nothing more is owed. */
export function snapshotFrame(
  { form }: View,
  timeMs: number,
  serverTimeMs: number,
  parts: readonly FramePart[],
  live: boolean,
): FrameBody {
  if (form === "binary") return encodeSnapshotFrame(timeMs, serverTimeMs, live, parts as readonly NumberedPart[]);
  return `,"serverTimeMs":${serverTimeMs},"quotes":[${parts.map(({ body }) => body).join(",")}],"live":${live}}`;
}

/** A frame of another kind. Every symbol in it has a number already: it was named when it was subscribed. */
export function otherFrame(
  { form, numbers }: View,
  timeMs: number,
  message: Unnumbered<ServerMessageOf<"candles" | "trades">>,
): FrameBody {
  if (form === "binary") {
    const encoder = new ServerEncoder();
    encoder.numbers = numbers;
    encoder.timeMs = timeMs;
    return encoder.encode({ ...message, frame: 1 });
  }
  const { type: _type, ...rest } = message;
  return `,${JSON.stringify(rest).slice(1)}`;
}

/** A frame of JSON with its number. */
export function jsonFrame(type: string, frame: number, body: string): string {
  return `{"type":"${type}","frame":${frame}${body}`;
}
