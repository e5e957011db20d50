import { CLOSE, type CloseName } from "../../shared/mod.ts";
import type { DeliveryStats } from "../delivery/delivery_stats.ts";
import type { Tally } from "../delivery/tally.ts";
import type { Families, Sample } from "./families.ts";

/** Everything that delivery counts. */
export function addDelivery(families: Families, stats: DeliveryStats): void {
  addSent(families, stats);
  addReceived(families, stats);
  families.counters(
    "tickwire_sessions_closed_total",
    "Sessions that have ended, by close code and cause; the code is none where the client went by itself.",
    ["code", "cause"],
    () => stats.closes.entries().map(([cause, count]) => [[closeCode(cause), cause], count]),
  );
  families.counters(
    "tickwire_resumed_symbols_total",
    "Symbols of clients that came back, by what each needed: nothing (current), what changed (delta) or a snapshot.",
    ["kind"],
    () => samples(stats.resumes),
  );
  families.counters(
    "tickwire_repaired_symbols_total",
    "Symbols sent anew on one connection because the client missed something (gap) or held something else (checksum).",
    ["cause"],
    () => samples(stats.repairs),
  );
  families.lag(
    "tickwire_flush_lag_seconds",
    "How long after its due time each flush of a client ran.",
    stats.flushLag,
  );
}

function addSent(families: Families, stats: DeliveryStats): void {
  families.counter(
    "tickwire_frames_sent_total",
    "Frames handed to sockets: updates, snapshots, candles and trades.",
    () => stats.frames,
  );
  families.counter(
    "tickwire_frames_composed_total",
    "Frames that were composed and encoded.",
    () => stats.framesComposed,
  );
  families.counter(
    "tickwire_frames_shared_total",
    "Frames sent as another client's had been encoded.",
    () => stats.framesShared,
  );
  families.counter(
    "tickwire_sent_bytes_total",
    "Bytes handed to sockets, without WebSocket's own headers.",
    () => stats.bytesSent,
  );
  families.counter("tickwire_quote_updates_sent_total", "Updates of single quotes sent.", () => stats.updates);
  families.counter(
    "tickwire_ticks_sent_total",
    "Ticks that the sent updates stood for; divided by the updates it is how many ticks one update merges.",
    () => stats.ticksMerged,
  );
  families.counter("tickwire_snapshots_sent_total", "Whole quotes sent.", () => stats.snapshots);
  families.counter("tickwire_candles_sent_total", "Finished candles sent.", () => stats.candles);
  families.counter("tickwire_trades_sent_total", "Trades sent.", () => stats.trades);
  families.counter(
    "tickwire_other_messages_sent_total",
    "Messages sent that are not frames: answers, pings, errors.",
    () => stats.otherMessages,
  );
  families.counter("tickwire_polls_total", "HTTP polls answered.", () => stats.polls);
}

function addReceived(families: Families, stats: DeliveryStats): void {
  families.counter("tickwire_messages_received_total", "Messages of clients.", () => stats.messagesReceived);
  families.counter(
    "tickwire_received_bytes_total",
    "Bytes of clients' messages, without WebSocket's own headers.",
    () => stats.bytesReceived,
  );
  families.counters(
    "tickwire_messages_refused_total",
    "Messages of clients that were answered by an error, by its code.",
    ["code"],
    () => samples(stats.refusals),
  );
}

function samples(tally: Tally): Sample[] {
  return tally.entries().map(([label, count]) => [[label], count]);
}

function closeCode(cause: string): string {
  return isCloseName(cause) ? String(CLOSE[cause].code) : "none";
}

function isCloseName(cause: string): cause is CloseName {
  return Object.hasOwn(CLOSE, cause);
}
