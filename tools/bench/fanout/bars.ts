import { framesPerSecondFor, type Scenario } from "./load.ts";
import type { Results } from "./results.ts";
import type { Sample } from "./sample.ts";
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
  readonly scenario: Scenario;
  /** The server beside which Tickwire is measured, where the bar is a ratio. */
  readonly beside?: ServerId;
  readonly most: number;
  readonly unit: string;
  readonly of: (sample: Sample) => number;
}

const THOUSAND: Scenario = { clients: 1_000, views: "shared" };
const THOUSAND_OWN: Scenario = { clients: 1_000, views: "own" };
const TEN_THOUSAND: Scenario = { clients: 10_000, views: "shared" };
const TEN_THOUSAND_OWN: Scenario = { clients: 10_000, views: "own" };

const cpu = { unit: "×", of: ({ cpuUsPerUpdate }: Sample) => cpuUsPerUpdate };
const core = { unit: " %", of: ({ coreShare }: Sample) => coreShare * 100 };
const p99 = { unit: " ms", of: ({ p99Ms }: Sample) => p99Ms };
const intervalMs = ({ clients }: Scenario) => 1000 / framesPerSecondFor(clients);

const ASKED: readonly Asked[] = [
  {
    what: "CPU an update, 1,000 clients, beside raw with the same batching",
    scenario: THOUSAND,
    beside: "raw",
    most: 1.3,
    ...cpu,
  },
  { what: "the same, every client with its own symbols", scenario: THOUSAND_OWN, beside: "raw", most: 1.3, ...cpu },
  { what: "CPU an update, 1,000 clients, beside ws", scenario: THOUSAND, beside: "ws", most: 0.1, ...cpu },
  { what: "CPU an update, 1,000 clients, beside Socket.IO", scenario: THOUSAND, beside: "socketio", most: 0.1, ...cpu },
  { what: "share of one core, 10,000 clients, 4 frames a second", scenario: TEN_THOUSAND, most: 50, ...core },
  { what: "the same, every client with its own symbols", scenario: TEN_THOUSAND_OWN, most: 50, ...core },
  {
    what: "99th percentile from tick to client, 10,000 clients: flush interval + 30 ms",
    scenario: TEN_THOUSAND,
    most: intervalMs(TEN_THOUSAND) + 30,
    ...p99,
  },
  {
    what: "the same, every client with its own symbols",
    scenario: TEN_THOUSAND_OWN,
    most: intervalMs(TEN_THOUSAND) + 30,
    ...p99,
  },
  {
    what: "99th percentile from tick to client, 1,000 clients: flush interval + 10 ms",
    scenario: THOUSAND,
    most: intervalMs(THOUSAND) + 10,
    ...p99,
  },
  {
    what: "bytes an update on the wire, 1,000 clients",
    scenario: THOUSAND,
    most: 12,
    unit: "",
    of: ({ bytesPerUpdate }) => bytesPerUpdate,
  },
  {
    what: "memory of an idle connection, 10,000 clients, beside bare Deno.upgradeWebSocket",
    scenario: TEN_THOUSAND,
    beside: "deno",
    most: 1.2,
    unit: "×",
    of: ({ idleKiB }) => idleKiB,
  },
];

/** Every bar that a fan-out can show, with its figure beside it. */
export function barsOf(results: Results): Bar[] {
  return ASKED.map(({ what, scenario, beside, most, unit, of }) => {
    if (beside) return { what, most, unit, measured: results.ratio(scenario, "tickwire", beside, of) };
    const { median } = results.row(scenario, "tickwire");
    return { what, most, unit, measured: median && of(median) };
  });
}
