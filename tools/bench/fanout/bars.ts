import type { Sample } from "./measure.ts";
import { framesPerSecondFor } from "./options.ts";
import type { Results } from "./results.ts";
import type { ServerId } from "./servers.ts";

/** What Tickwire has to reach, and what was measured. */
export interface Bar {
  readonly what: string;
  /** The most that is allowed. */
  readonly most: number;
  /** Undefined where the run did not measure it. */
  readonly measured: number | undefined;
  readonly unit: string;
}

interface Asked {
  readonly what: string;
  readonly clients: number;
  /** The server beside which Tickwire is measured, where the bar is a ratio. */
  readonly beside?: ServerId;
  readonly most: number;
  readonly unit: string;
  readonly of: (sample: Sample) => number;
}

const cpu = (sample: Sample) => sample.cpuUsPerTick;
const intervalMs = (clients: number) => 1000 / framesPerSecondFor(clients);

const ASKED: readonly Asked[] = [
  {
    what: "CPU per tick, 1,000 clients, beside raw with the same batching",
    clients: 1_000,
    beside: "raw",
    most: 1.3,
    unit: "×",
    of: cpu,
  },
  { what: "CPU per tick, 1,000 clients, beside ws", clients: 1_000, beside: "ws", most: 0.1, unit: "×", of: cpu },
  {
    what: "CPU per tick, 1,000 clients, beside Socket.IO",
    clients: 1_000,
    beside: "socketio",
    most: 0.1,
    unit: "×",
    of: cpu,
  },
  {
    what: "share of one core, 10,000 clients, 4 frames a second",
    clients: 10_000,
    most: 50,
    unit: " %",
    of: ({ coreShare }) => coreShare * 100,
  },
  {
    what: "99th percentile of tick to client, 10,000 clients: flush interval + 30 ms",
    clients: 10_000,
    most: intervalMs(10_000) + 30,
    unit: " ms",
    of: ({ p99Ms }) => p99Ms,
  },
  {
    what: "99th percentile of tick to client, 1,000 clients: flush interval + 10 ms",
    clients: 1_000,
    most: intervalMs(1_000) + 10,
    unit: " ms",
    of: ({ p99Ms }) => p99Ms,
  },
  {
    what: "bytes an update on the wire, 1,000 clients",
    clients: 1_000,
    most: 12,
    unit: "",
    of: ({ bytesPerUpdate }) => bytesPerUpdate,
  },
  {
    what: "memory of an idle connection, 10,000 clients, beside bare Deno.upgradeWebSocket",
    clients: 10_000,
    beside: "deno",
    most: 1.2,
    unit: "×",
    of: ({ idleKiBPerClient }) => idleKiBPerClient,
  },
];

/** Every bar that a fan-out can show, with its figure beside it. */
export function barsOf(results: Results): Bar[] {
  return ASKED.map(({ what, clients, beside, most, unit, of }) => {
    const own = results.row(clients, "tickwire").median;
    const other = beside ? results.row(clients, beside).median : undefined;
    const isMeasured = own !== undefined && (beside === undefined || other !== undefined);
    return { what, most, unit, measured: isMeasured ? of(own) / (other ? of(other) : 1) : undefined };
  });
}
