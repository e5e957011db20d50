import type { Options } from "./options.ts";
import { type ServerId, type ServerKind, SERVERS } from "./servers.ts";

/** How many clients there are, and what they look at: a table of the report. */
export interface Scenario {
  readonly clients: number;
  /** Whether all look at the same symbols, or each at its own ones of a larger market. */
  readonly views: "shared" | "own";
}

/** What is asked of a server in one measurement. */
export interface Load extends Scenario {
  /** Symbols of each client. */
  readonly symbols: number;
  /** Symbols that tick. */
  readonly marketSymbols: number;
  /** Whole milliseconds between two ticks of one symbol. */
  readonly periodMs: number;
  /** Frames a second to each client, or polls a second by each. */
  readonly framesPerSecond: number;
}

/**
 * Messages a second that each server which sends every tick is given at the most. None of those measured here can bring
 * 1,000 clients 20 symbols at ten ticks a second on one core; each can bring this.
 */
export const TICK_MESSAGES_MAX = 40_000;

/** From so many clients on every client may look at its own symbols, where the servers that do are measured too. */
const OWN_VIEWS_FROM = 1_000;
const OWN_VIEWS: readonly ServerId[] = ["raw", "tickwire", "deno-frames", "tickwire-json", "deno", "ws"];

/** Frames a second to each client: ten, and four from ten thousand clients on, as the bars have it. */
export function framesPerSecondFor(clients: number): number {
  return clients >= 10_000 ? 4 : 10;
}

/** The tables of a run, in their order. */
export function scenariosOf({ clients, views }: Pick<Options, "clients" | "views">): Scenario[] {
  return views.flatMap((view) =>
    clients.filter((count) => view === "shared" || count >= OWN_VIEWS_FROM).map((count) => ({
      clients: count,
      views: view,
    }))
  );
}

/** The servers that are measured in a scenario. With views of their own, ten thousand clients are Tickwire's and raw's alone. */
export function serversOf({ clients, views }: Scenario, wanted: readonly ServerId[]): ServerKind[] {
  return SERVERS.filter(({ id, sendsEachTick }) =>
    wanted.includes(id) && (views === "shared" || OWN_VIEWS.includes(id) && !(sendsEachTick && clients >= 10_000))
  );
}

export function loadOf(scenario: Scenario, kind: ServerKind, options: Options): Load {
  const { clients, views } = scenario;
  const { symbols, periodMs } = options;
  const slowestMs = kind.sendsEachTick ? Math.ceil(clients * symbols * 1000 / TICK_MESSAGES_MAX) : 0;
  return {
    ...scenario,
    symbols,
    marketSymbols: views === "own" ? options.marketSymbols : symbols,
    periodMs: Math.max(periodMs, slowestMs),
    framesPerSecond: framesPerSecondFor(clients),
  };
}
