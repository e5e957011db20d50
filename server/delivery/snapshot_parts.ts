import { encodeSnapshotBody } from "../../shared/binary/mod.ts";
import type { QuoteSnapshot } from "../../shared/mod.ts";
import { quoteOf } from "../market/state_version.ts";
import { crcOf, FOLLOWS_MASK, formKey, type PartBody } from "./update_parts.ts";
import { FOLLOWS, type Form, type ViewItem } from "./view.ts";

/** What a client has that is sent a snapshot; the number of no version. */
const NOTHING = -1;

/**
 * The present version of an item as a whole. It is made once for all clients that follow the same of it: when thousands come
 * back together, each with a screen of symbols, to make it for each of them would be the largest part of the work.
 */
export function snapshotBody(item: ViewItem, form: Form): PartBody {
  const bodies = item.state.version!.bodiesFrom(NOTHING);
  const key = item.follows & FOLLOWS_MASK | formKey(form);
  return bodies[key] ??= form === "json" ? JSON.stringify(snapshotOf(item)) : encodeSnapshotBody(snapshotOf(item));
}

function snapshotOf(item: ViewItem): QuoteSnapshot {
  const { state, follows } = item;
  const version = state.version!;
  const candle = follows & FOLLOWS.candle && state.candles.open;
  return {
    ...state.instrument,
    seq: version.seq,
    ...quoteOf(version.values),
    ...candle ? { candle } : {},
    ...follows & FOLLOWS.depth && version.book ? { depth: version.book } : {},
    crc: crcOf(item, version),
  };
}
