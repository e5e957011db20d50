import process from "node:process";
import type { LagHistogram } from "../delivery/lag_histogram.ts";
import type { Tally } from "../delivery/tally.ts";
import type { Families } from "./families.ts";

/** What the process as a whole has to tell. */
export interface ServerFacts {
  /** Open sessions, by subprotocol. */
  readonly connections: () => ReadonlyMap<string, number>;
  /** Connections that hold a place, those that are still closing included, and how many places there are. */
  readonly places: () => { readonly held: number; readonly max: number };
  readonly sessionsOpened: () => number;
  /** Refused handshakes, by the code of their answer. */
  readonly refusedHandshakes: Tally;
  /** Handshakes that wait for their turn. */
  readonly waitingHandshakes: () => number;
  /** How long the admitted ones waited. */
  /** How often all connections were cut, by cause. */
  readonly overloads: Tally;
  readonly handshakeWaits: LagHistogram;
  readonly loopLag: LagHistogram;
  readonly isDraining: () => boolean;
  /** Whether prices should move and none does. */
  readonly isFeedSilent: () => boolean;
  readonly feed: () => { readonly symbols: number; readonly ticks: number; readonly lastTickMs: number };
  /** When the process started, in milliseconds since 1970-01-01 UTC. */
  readonly startedMs: number;
}

/** Connections, the feed and the process. Names that begin with `process_` are those of every Prometheus client. */
export function addServer(families: Families, facts: ServerFacts): void {
  addConnections(families, facts);
  families.counter("tickwire_feed_ticks_total", "Ticks taken from the feed.", () => facts.feed().ticks);
  families.gauge(
    "tickwire_feed_last_tick_timestamp_seconds",
    "When the last tick came, in seconds since 1970-01-01 UTC.",
    () => facts.feed().lastTickMs / 1000,
  );
  families.gauge(
    "tickwire_feed_silent",
    "1 while the exchange trades and no tick has come for 30 seconds, 0 otherwise.",
    () => Number(facts.isFeedSilent()),
  );
  families.gauge("tickwire_symbols", "Symbols that can be subscribed to.", () => facts.feed().symbols);
  families.lag(
    "tickwire_event_loop_lag_seconds",
    "How late the event loop runs a timer, measured ten times a second.",
    facts.loopLag,
  );
  addProcess(families, facts.startedMs);
}

function addConnections(families: Families, facts: ServerFacts): void {
  families.gauges(
    "tickwire_connections",
    "Open sessions, by subprotocol.",
    ["protocol"],
    () => [...facts.connections()].map(([protocol, count]) => [[protocol], count]),
  );
  families.gauge(
    "tickwire_connection_places_held",
    "Connections that hold a place, those that are still opening or closing included.",
    () => facts.places().held,
  );
  families.gauge(
    "tickwire_connection_places_max",
    "Connections that this process admits.",
    () => facts.places().max,
  );
  families.counter("tickwire_sessions_opened_total", "Sessions opened.", () => facts.sessionsOpened());
  families.counters(
    "tickwire_handshakes_refused_total",
    "Handshakes refused, by the code in the answer.",
    ["code"],
    () => facts.refusedHandshakes.entries().map(([code, count]) => [[code], count]),
  );
  families.gauge(
    "tickwire_handshakes_waiting",
    "Handshakes that wait for their turn.",
    () => facts.waitingHandshakes(),
  );
  families.lag("tickwire_handshake_wait_seconds", "How long admitted handshakes waited.", facts.handshakeWaits);
  families.counters(
    "tickwire_overloads_total",
    "Times that all connections were cut, by what made it necessary.",
    ["cause"],
    () => facts.overloads.entries().map(([cause, count]) => [[cause], count]),
  );
  families.gauge(
    "tickwire_draining",
    "1 from the signal to stop on, 0 before.",
    () => Number(facts.isDraining()),
  );
}

function addProcess(families: Families, startedMs: number): void {
  families.gauge(
    "process_start_time_seconds",
    "When the process started, in seconds since 1970-01-01 UTC.",
    () => startedMs / 1000,
  );
  families.counter("process_cpu_seconds_total", "Processor time taken, user and system, in seconds.", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  families.gauge("process_resident_memory_bytes", "Memory of the process.", () => Deno.memoryUsage().rss);
  families.gauges("tickwire_heap_bytes", "Memory of JavaScript, by kind.", ["kind"], () => {
    const { heapUsed, heapTotal, external } = Deno.memoryUsage();
    return [[["used"], heapUsed], [["total"], heapTotal], [["external"], external]];
  });
}
