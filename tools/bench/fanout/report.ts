import { barsOf } from "./bars.ts";
import { framesPerSecondFor, type Options } from "./options.ts";
import type { Results, Row } from "./results.ts";
import { SERVERS } from "./servers.ts";

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
    "polling asks as often as Tickwire sends.",
    "",
    "![Processor time per tick, by server and number of clients](fanout.svg)",
    "",
    ...barTable(results),
    ...options.clients.flatMap((clients) => clientTable(results, clients, options)),
    ...method(options, machine, rounds),
    "",
  ].join("\n");
}

function barTable(results: Results): string[] {
  const rows = barsOf(results).map(({ what, most, measured, unit }) => {
    const verdict = measured === undefined ? "" : measured <= most ? "reached" : "**missed**";
    return [what, `≤ ${most}${unit}`, measured === undefined ? "not measured" : `${figure(measured)}${unit}`, verdict];
  });
  return ["## Bars", "", ...table(["Tickwire's", "bar", "measured", ""], rows), ""];
}

function clientTable(results: Results, clients: number, { symbols, ticksPerSecond }: Options): string[] {
  const raw = results.row(clients, "raw").median;
  const head = [
    ...["server", "CPU, µs a tick", "× raw", "% of a core", "ticks delivered, %", "bytes a tick", "messages/s"],
    ...["p50/p99, ms", "at half load", "KiB an idle client", "bytes up, a client and second"],
  ];
  const rows = results.rows(clients).map((row) => [labelOf(row), ...cellsOf(row, raw?.cpuUsPerTick)]);
  const offered = (clients * symbols * ticksPerSecond).toLocaleString("en");
  return [
    `## ${clients.toLocaleString("en")} clients`,
    "",
    `${symbols} symbols, ${ticksPerSecond} ticks of each a second: ${offered} ticks a second to deliver. ` +
    `Tickwire, raw and polling: ${framesPerSecondFor(clients)} frames a second to each client.`,
    "",
    ...table(head, rows),
    "",
    ...results.rows(clients).filter(({ fault }) => fault).map((row) => `- ${labelOf(row)} failed: ${row.fault}\n`),
  ];
}

function cellsOf({ median }: Row, rawCpu: number | undefined): string[] {
  if (!median) return Array.from({ length: 10 }, () => "–");
  return [
    figure(median.cpuUsPerTick),
    rawCpu === undefined ? "–" : figure(median.cpuUsPerTick / rawCpu),
    figure(median.coreShare * 100),
    figure(median.delivered * 100),
    figure(median.bytesPerTick),
    Math.round(median.framesPerSecond).toLocaleString("en"),
    `${figure(median.p50Ms)}/${figure(median.p99Ms)}`,
    `${figure(median.halfLoadP50Ms)}/${figure(median.halfLoadP99Ms)}`,
    figure(median.idleKiBPerClient),
    figure(median.bytesUpPerClientSecond),
  ];
}

function method({ spanMs, settleMs }: Options, machine: Machine, rounds: number): string[] {
  return [
    "## How it is measured",
    "",
    `- ${machine.processor}, ${machine.cores} cores, ${machine.kernel}; Deno ${machine.deno}, Node.js ${machine.node}; ` +
    "clients and server on one machine, over the loopback.",
    `- ${
      rounds === 1 ? "One round" : `${rounds} rounds`
    }. In each, every server starts anew and is measured once, in turn, for ${spanMs / 1000} s after ` +
    `${settleMs / 1000} s under load. Figures are medians.`,
    "- CPU is the processor time of all threads of the server, user and system, not the clock on the wall. Compare",
    "  ratios: absolute figures belong to this machine.",
    "- A tick counts as delivered when it arrives, by itself or merged into a newer one. Its way begins when it was due,",
    "  so a server that is too busy to read its feed in time is late by that much; a feed more than 200 ms late leaves",
    "  ticks out.",
    "- Half load: where a server that sends every tick takes more than half a core, its ticks are slowed until it takes",
    "  half. The others are below that or have no such rate, and their figures stand as they are.",
    "- The load generator is a C program with one thread. It counts every byte and message, and reads updates and",
    "  latency on a sample of the clients.",
    "- `raw` is a C program that writes ready frames of Tickwire's JSON and does nothing else.",
  ];
}

function labelOf({ server }: Row): string {
  return SERVERS.find(({ id }) => id === server)?.label ?? server;
}

/** Three digits that mean something. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
