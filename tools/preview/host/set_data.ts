/// <reference lib="dom" />
import { adapter } from "./adapter.ts";
import { stats } from "./stats.ts";

/** Data that setData refuses: it would be lost on the way to the view. */
export class SetDataError extends Error {
  override name = "SetDataError";
}

/**
 * Copies data as it reaches the view of a phone: as JSON. Fields that are undefined are not set, functions are
 * refused, as they would silently disappear on the way.
 *
 * @throws {SetDataError} where the data is no plain object or cannot be JSON.
 */
export function toViewData(data: unknown): { json: string; copy: Record<string, unknown> } {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    throw new SetDataError(`setData takes an object, not ${data === null ? "null" : typeof data}.`);
  }
  let path = "";
  const json = JSON.stringify(data, (key, value: unknown) => {
    path = key || path;
    if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
      throw new SetDataError(`setData cannot carry a ${typeof value} ("${path}"). Keep it on the instance instead.`);
    }
    return value;
  });
  return { json, copy: JSON.parse(json) as Record<string, unknown> };
}

type SetData = (data: unknown, callback?: () => void) => void;

/** Gives every component's setData the semantics of a phone, and counts its cost. */
export function installSetData(): void {
  const prototype = adapter.component.ComponentCaller.prototype as unknown as { setData: SetData };
  const apply = prototype.setData;
  prototype.setData = function (this: unknown, data: unknown, callback?: () => void): void {
    const startMs = performance.now();
    const { json, copy } = toViewData(data);
    stats.setDataCount++;
    stats.setDataBytes += json.length;
    stats.setDataBytesMax = Math.max(stats.setDataBytesMax, json.length);
    try {
      apply.call(this, copy, callback);
    } finally {
      stats.setDataMs += performance.now() - startMs;
    }
  };
}
