/** Frames in their two forms, without the number that a frame has on a connection: so they can be shared. */
import { encodeUpdateFrame, type NumberedPart, ServerEncoder } from "../../shared/binary/mod.ts";
import type { ServerMessageOf } from "../../shared/mod.ts";
import type { UpdateBody } from "./update_parts.ts";
import type { View } from "./view.ts";

/**
 * In JSON what stands behind the frame's number: see {@link jsonFrame}. In binary the whole message, whose number is the next
 * one by being left out.
 */
export type FrameBody = string | Uint8Array<ArrayBuffer>;

type Unnumbered<T> = T extends unknown ? Omit<T, "frame"> : never;

/** An `update` frame of ready parts. @param timeMs `serverTimeMs` of the frame before. */
export function updateFrame(
  { form }: View,
  timeMs: number,
  serverTimeMs: number,
  parts: readonly { readonly number: number; readonly body: UpdateBody }[],
): FrameBody {
  if (form === "binary") return encodeUpdateFrame(timeMs, serverTimeMs, parts as readonly NumberedPart[]);
  return `,"serverTimeMs":${serverTimeMs},"quotes":[${parts.map(({ body }) => body).join(",")}]}`;
}

/** A frame of another kind. Every symbol in it has a number already: it was named when it was subscribed. */
export function otherFrame(
  { form, numbers }: View,
  timeMs: number,
  message: Unnumbered<ServerMessageOf<"snapshot" | "candles" | "trades">>,
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
