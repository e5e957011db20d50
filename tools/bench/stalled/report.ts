import { figure, table, whole } from "../fanout/markdown.ts";
import { median, spread } from "../statistics.ts";
import type { Options } from "./options.ts";
import { type Phase, PHASES, type PhaseSample, type Round } from "./round.ts";

const COLUMNS: readonly [string, keyof PhaseSample, number][] = [
  ["p50 of the readers, ms", "p50Ms", 1],
  ["p99 of the readers, ms", "p99Ms", 1],
  ["server, % of a core", "coreShare", 1],
  ["server, MiB", "serverMiB", 0],
  ["TCP buffers of the machine, MiB", "kernelMiB", 1],
];

/** The whole of docs/stalled.md. */
export function reportOf(rounds: readonly Round[], { readers, stalled, spanMs }: Options, machine: string): string {
  const names: Record<Phase, string> = {
    before: `all ${whole(readers + stalled)} read`,
    stalled: `${whole(stalled)} of them have stalled`,
    gone: "they are gone",
  };
  const rows = PHASES.map((phase) => [
    names[phase],
    ...COLUMNS.map(([, key, digits]) => {
      const scale = key === "coreShare" ? 100 : 1;
      return spread(rounds.map(({ phases }) => phases[phase][key] * scale), digits);
    }),
  ]);
  const middle = (phase: Phase, key: keyof PhaseSample) =>
    figure(median(rounds.map(({ phases }) => phases[phase][key])));
  const goneAfter = spread(rounds.map(({ goneAfterSeconds }) => goneAfterSeconds), 1);
  return [
    "# What clients that stop reading cost",
    "",
    "Written by `deno task bench:stalled`; do not edit it. Two processes of clients subscribe to the same 20 symbols; then",
    "one of them is stopped by SIGSTOP: its connections stay open, its kernel goes on to acknowledge, nobody reads.",
    "",
    ...table(["", ...COLUMNS.map(([head]) => head)], rows),
    "",
    `The readers' p99 is ${middle("stalled", "p99Ms")} ms beside stalled clients, ${
      middle("gone", "p99Ms")
    } ms without.`,
    `The stalled are all gone ${goneAfter} s after they stopped: Deno's ping has had no answer by then.`,
    "",
    `Medians (least – greatest) of ${rounds.length} rounds of ${spanMs / 1000} s each, a new server in every one.`,
    machine,
    "",
  ].join("\n");
}
