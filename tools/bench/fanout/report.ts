import { median } from "../statistics.ts";
import { barsOf } from "./bars.ts";
import { framesPerSecondFor, type Scenario, scenariosOf, serversOf, TICK_MESSAGES_MAX } from "./load.ts";
import { figure, table, whole } from "./markdown.ts";
import type { Options } from "./options.ts";
import type { Results, Row } from "./results.ts";
import type { Sample } from "./sample.ts";
import { labelOf } from "./servers.ts";

/** Where it was measured, in words. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly kernel: string;
  readonly deno: string;
  readonly node: string;
}

/** The whole of docs/fanout.md. */
export function reportOf(results: Results, options: Options, machine: Machine, rounds: number): string {
  return [
    "# What it costs to bring ticks to many clients",
    "",
    "Written by `deno task bench:fanout`; do not edit it. Tickwire merges what happens between two frames and sends each",
    "client one frame for all its symbols; the servers beside it send every tick by itself, as most programs do, and",
    "polling asks as often as Tickwire sends. `raw` is a C program that only writes ready frames: what the machine costs.",
    "",
    "![Processor time per tick, by server and number of clients](fanout.svg)",
    "",
    ...barTable(results),
    ...scenariosOf(options).flatMap((scenario) => scenarioTable(results, scenario, options)),
    ...pollingTable(results, options),
    ...method(results, options, machine, rounds),
    "",
  ].join("\n");
}

function barTable(results: Results): string[] {
  const rows = barsOf(results).map(({ what, most, measured, unit }) => {
    const verdict = measured === undefined ? "" : measured <= most ? "reached" : "**missed**";
    return [what, `≤ ${most}${unit}`, measured === undefined ? "not measured" : `${figure(measured)}${unit}`, verdict];
  });
  return [
    ...["## Bars", "", ...table(["Tickwire's", "bar", "measured", ""], rows), ""],
    ...floorNote(results),
    "The memory is with the small young generation that `deno task start` gives V8; with the same flag bare Deno takes less",
    "too, and Tickwire about 1.3 × that. How soon ten thousand clients are right again that lost their line together is in",
    "[storm.md](storm.md), what readers that stand still do to the others in [stalled.md](stalled.md).",
    "",
  ];
}

/** What of Tickwire's cost is Deno's own. */
function floorNote(results: Results): string[] {
  const cpu = ({ cpuUsPerUpdate }: Sample) => cpuUsPerUpdate;
  const lines = [1_000, 10_000].flatMap((clients) => {
    const scenario: Scenario = { clients, views: "shared" };
    const floor = results.ratio(scenario, "deno-frames", "raw", cpu);
    const own = results.ratio(scenario, "tickwire", "deno-frames", cpu);
    const { median } = results.row(scenario, "deno-frames");
    if (floor === undefined || own === undefined || !median) return [];
    return [
      `- ${whole(clients)} clients: Deno's sockets ${figure(floor)} × raw, ${figure(median.coreShare * 100)} % of a ` +
      `core; Tickwire ${figure(own)} × that.`,
    ];
  });
  if (lines.length === 0) return [];
  return [
    "What of it is Deno's own: a program on bare `Deno.upgradeWebSocket` that does nothing but hand raw's ready frames to",
    "the sockets and drop the acknowledgements.",
    "",
    ...lines,
    "",
  ];
}

const COLUMNS = [
  ...["server", "ticks/s delivered", "of those due, %", "CPU, µs a tick", "× raw", "µs an update", "% of a core"],
  ...["messages/s", "bytes an update", "p50/p99, ms", "KiB a client, idle/subscribed", "load generator / server"],
];

function scenarioTable(results: Results, scenario: Scenario, options: Options): string[] {
  const { clients, views } = scenario;
  const { symbols, periodMs, marketSymbols } = options;
  const rows = results.rows(scenario).map((row) => [labelOf(row.server), ...cellsOf(results, scenario, row)]);
  const looks = views === "shared"
    ? `All look at the same ${symbols} symbols.`
    : `Every client looks at ${symbols} of ${marketSymbols} symbols, chosen at random for it.`;
  return [
    `## ${whole(clients)} clients, ${views === "shared" ? "the same symbols" : "their own symbols"}`,
    "",
    `${looks} A symbol ticks every ${periodMs} ms: ${whole(clients * symbols * 1000 / periodMs)} ticks a second to ` +
    `deliver. Tickwire, raw and polling: ${framesPerSecondFor(clients)} frames a second to each client.`,
    ...tickRateNote(results, scenario, options),
    "",
    ...table(COLUMNS, rows),
    "",
    ...results.rows(scenario).filter(({ fault }) => fault).map((row) =>
      `- ${labelOf(row.server)} failed in ${row.rounds > 0 ? "some rounds" : "every round"}: ${row.fault}\n`
    ),
  ];
}

function tickRateNote(results: Results, scenario: Scenario, { clients: _, ...options }: Options): string[] {
  const { clients } = scenario;
  const periodMs = Math.ceil(clients * options.symbols * 1000 / TICK_MESSAGES_MAX);
  const has = serversOf(scenario, options.servers).some(({ id, sendsEachTick }) =>
    sendsEachTick && results.row(scenario, id).median
  );
  if (!has || periodMs <= options.periodMs) return [];
  return [
    `Servers that send every tick could not carry that, and get one tick of a symbol every ${whole(periodMs)} ms, ` +
    `${whole(TICK_MESSAGES_MAX)} messages a second in all; what a tick costs them is what counts.`,
  ];
}

function cellsOf(results: Results, scenario: Scenario, { server, median }: Row): string[] {
  if (!median) return Array.from({ length: COLUMNS.length - 1 }, () => "–");
  const ratio = results.ratio(scenario, server, "raw", ({ cpuUsPerTick }) => cpuUsPerTick);
  return [
    whole(median.ticksPerSecond),
    figure(median.delivered * 100),
    figure(median.cpuUsPerTick),
    ratio === undefined ? "–" : figure(ratio),
    figure(median.cpuUsPerUpdate),
    figure(median.coreShare * 100),
    whole(median.framesPerSecond),
    figure(median.bytesPerUpdate),
    `${figure(median.p50Ms)}/${figure(median.p99Ms)}`,
    `${figure(median.idleKiB)}/${figure(median.subscribedKiB)}`,
    figure(median.loadCpuShare),
  ];
}

/** Push beside polling, for prices that are as fresh. */
function pollingTable(results: Results, options: Options): string[] {
  const scenarios = scenariosOf(options).filter(({ views }) => views === "shared");
  const rows = scenarios.flatMap((scenario) =>
    (["tickwire", "polling"] as const).flatMap((server) => {
      const { median } = results.row(scenario, server);
      return median ? [pollingCells(scenario, server, median)] : [];
    })
  );
  if (rows.length === 0) return [];
  const head = [
    ...["clients", "", "requests or acknowledgements, bytes up a client and second", "bytes down a client and second"],
    ...["answers or frames/s", "% of a core", "p50/p99, ms"],
  ];
  return ["## Push and polling, equally fresh", "", ...table(head, rows), ""];
}

function pollingCells({ clients }: Scenario, server: "tickwire" | "polling", sample: Sample): string[] {
  return [
    whole(clients),
    labelOf(server),
    whole(sample.bytesUpPerClientSecond),
    whole(sample.bytesDownPerClientSecond),
    whole(sample.framesPerSecond),
    figure(sample.coreShare * 100),
    `${figure(sample.p50Ms)}/${figure(sample.p99Ms)}`,
  ];
}

function method(results: Results, { spanMs, settleMs }: Options, machine: Machine, rounds: number): string[] {
  const others = results.all().map(({ othersCores }) => othersCores);
  return [
    "## How it is measured",
    "",
    `- ${machine.processor}, ${machine.cores} cores, ${machine.kernel}; Deno ${machine.deno}, Node.js ${machine.node}; ` +
    "clients and server on one machine, over the loopback. Other programs of this machine were taking " +
    `${figure(median(others))} cores meanwhile, in the median, and ${figure(Math.max(...others))} at the most.`,
    `- ${
      rounds === 1 ? "One round" : `${rounds} rounds`
    }. In each, every server starts anew and is measured once, in turn, for ${spanMs / 1000} s after ` +
    `${settleMs / 1000} s under load. Figures are medians; ratios are medians of the rounds' ratios.`,
    "- CPU is the processor time of all threads of the server, user and system, not the clock on the wall. Compare",
    "  ratios: absolute figures belong to this machine.",
    "- A tick counts as delivered when it arrives, by itself or merged into a newer one. Its way begins when it was due,",
    "  so a server that is too busy to read its feed in time is late by that much; a feed more than 200 ms late leaves",
    "  ticks out. The flush interval is part of the way: of ticks that wait for the next frame, one in a hundred waits for",
    "  99 % of it.",
    "- Tickwire speaks `tickwire.v1.bin` unless the table says JSON. Its clients acknowledge as the mini-program does, when",
    "  half the window is used or a second has passed; `raw` has no such traffic to read, except where the table says so.",
    "- Memory is what the server's resident memory grew by since its start, over all connections: after all have said",
    "  hello, and under load.",
    "- The load generator is a C program with one thread. It counts every byte and message, and reads updates and",
    "  latency on a sample of the clients. The last column is its processor time beside the server's.",
    "- `raw` writes frames of about the size of Tickwire's binary ones, and does nothing else.",
  ];
}
