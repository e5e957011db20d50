import { DEFAULT_LIMITS, type Limits } from "../shared/mod.ts";
import { HISTORY_DAYS } from "./exchange/history/begin_market.ts";

/** One setting: its flag, its environment variable, its default and what it may be. The README's table says the same. */
export type Option =
  & { readonly flag: string; readonly env: string; readonly help: string; readonly unit?: string }
  & (
    | { readonly kind: "text"; readonly default: string }
    | { readonly kind: "choice"; readonly default: string; readonly choices: readonly string[] }
    | {
      readonly kind: "whole" | "number";
      readonly default: number | "random";
      readonly min: number;
      readonly max: number;
    }
  );

type Spec = Omit<Option, "flag" | "env"> & Record<string, unknown>;

/** Everything but the limits of the protocol. */
const SERVER_SPECS = {
  host: { kind: "text", default: "0.0.0.0", help: "Address to listen on; 0.0.0.0 is every network of this machine" },
  port: { kind: "whole", default: 8000, min: 0, max: 65535, help: "Port to listen on; 0 takes any free one" },
  tlsCert: { kind: "text", default: "", help: "PEM file of the certificate chain; with --tls-key, https and wss" },
  tlsKey: { kind: "text", default: "", help: "PEM file of the certificate's private key" },
  allowOrigin: {
    kind: "text",
    default: "",
    help: "Further origins whose pages may connect, comma-separated; * for every page",
  },
  connectionsMax: { kind: "whole", default: 20_000, min: 1, max: 1_000_000, help: "Connections in all" },
  connectionsPerAddressMax: {
    kind: "whole",
    default: 20,
    min: 1,
    max: 1_000_000,
    help: "Connections from one address",
  },
  memoryMibMax: {
    kind: "whole",
    default: 1_024,
    min: 64,
    max: 1_048_576,
    unit: "MiB",
    help: "Memory at which all connections are cut, to come back by themselves",
  },
  handshakesPerSecondMax: {
    kind: "whole",
    default: 3_000,
    min: 1,
    max: 100_000,
    help: "Handshakes let through in a second; fewer while the event loop is late",
  },
  handshakesInFlightMax: {
    kind: "whole",
    default: 250,
    min: 1,
    max: 1_000_000,
    help: "Handshakes let through whose clients have not said anything yet; each counts for a second at the most",
  },
  waitingHandshakesMax: { kind: "whole", default: 8_000, min: 0, max: 1_000_000, help: "Handshakes that may wait" },
  handshakeWaitMsMax: {
    kind: "whole",
    default: 5_000,
    min: 0,
    max: 60_000,
    unit: "ms",
    help: "Longest wait of a handshake; clients give up after 8 seconds",
  },
  data: {
    kind: "text",
    default: "data",
    help: "Folder in which the market is kept and goes on from; empty keeps nothing",
  },
  seed: {
    kind: "whole",
    default: "random",
    min: 0,
    max: 4_294_967_295,
    help: "Seed of the simulated exchange; the same seed gives the same day",
  },
  speed: { kind: "number", default: 1, min: 0.1, max: 600, help: "Exchange seconds per second" },
  clock: {
    kind: "choice",
    default: "always-open",
    choices: ["always-open", "calendar"],
    help: "Hours of the exchange: a day follows a day, or those of Shanghai",
  },
  instruments: {
    kind: "whole",
    default: 420,
    min: 1,
    max: 10_000,
    help: "Stocks to list; beyond those of the listing they are made up, to load the system",
  },
  historyDays: {
    kind: "whole",
    default: HISTORY_DAYS,
    min: 1,
    max: HISTORY_DAYS,
    unit: "days",
    help: "Trading days of the past that are made for a new market; fewer are sooner there",
  },
  warmUpMinutes: {
    kind: "whole",
    default: 95,
    min: 0,
    max: 239,
    unit: "minutes",
    help: "Trading already done when an always open exchange starts",
  },
  record: { kind: "text", default: "", help: "New file into which every tick is recorded" },
  replay: { kind: "text", default: "", help: "Recording to serve in place of the exchange" },
  replaySpeed: { kind: "number", default: 1, min: 0.1, max: 1_000, help: "Recorded seconds per second" },
  replayAtEnd: {
    kind: "choice",
    default: "close",
    choices: ["close", "hold", "loop"],
    help: "After a recording's last tick: close the market, leave it as it is, or begin again a week later",
  },
  drainReturnsPerSecond: {
    kind: "whole",
    default: 1_000,
    min: 1,
    max: 1_000_000,
    help: "Clients that a drain asks back in each second",
  },
  drainTimeoutMs: {
    kind: "whole",
    default: 3_000,
    min: 0,
    max: 600_000,
    unit: "ms",
    help: "Time for clients to leave after SIGINT or SIGTERM",
  },
  metricsAccess: {
    kind: "choice",
    default: "loopback",
    choices: ["loopback", "any", "none"],
    help: "Who may read /metrics and see /ops",
  },
  logLevel: {
    kind: "choice",
    default: "info",
    choices: ["debug", "info", "warning", "error"],
    help: "Least severe level that is logged",
  },
  logFormat: { kind: "choice", default: "text", choices: ["text", "json"], help: "Form of a log line" },
  logOutput: {
    kind: "choice",
    default: "stderr",
    choices: ["stderr", "console"],
    help: "Where log lines go: to standard error, or through the console, where OpenTelemetry collects them",
  },
} as const satisfies Record<string, Spec>;

/** Ranges for the limits of shared/limits.ts, which has their defaults. */
const LIMIT_SPECS: Record<keyof Limits, { min: number; max: number; unit?: string; help: string }> = {
  inboundBytesMax: { min: 256, max: 1_048_576, unit: "bytes", help: "Largest message of a client" },
  inboundMessagesPerSecond: { min: 1, max: 10_000, help: "Messages a second from one client" },
  inboundMessagesBurst: { min: 1, max: 100_000, help: "Messages at once from one client" },
  symbolsMax: { min: 1, max: 10_000, help: "Symbols per connection" },
  rateMaxPerSecond: { min: 0.5, max: 50, help: "Fastest update rate a client may ask for, frames a second" },
  rateMinPerSecond: { min: 0.01, max: 50, help: "Slowest update rate a client may ask for, frames a second" },
  nearRatePerSecond: { min: 0.01, max: 50, help: "Update rate of symbols off the screen, frames a second" },
  helloTimeoutMs: { min: 100, max: 600_000, unit: "ms", help: "Time for a client to say hello" },
  heartbeatIntervalMs: { min: 100, max: 600_000, unit: "ms", help: "Quiet time before a ping" },
  silentTimeoutMs: { min: 200, max: 3_600_000, unit: "ms", help: "Silence after which a client is closed" },
  ackWindowFrames: { min: 1, max: 1_000, help: "Frames a client may leave unacknowledged" },
  unackedBytesMax: { min: 1_024, max: 67_108_864, unit: "bytes", help: "Bytes a client may leave unacknowledged" },
  bufferedBytesMax: { min: 1_024, max: 67_108_864, unit: "bytes", help: "Bytes that may wait in a socket's buffer" },
  slowTimeoutMs: { min: 1_000, max: 3_600_000, unit: "ms", help: "Standstill after which a client is closed as slow" },
  tradesKept: { min: 1, max: 10_000, help: "Trades of one symbol kept for clients that come back" },
  badMessagesMax: { min: 1, max: 1_000, help: "Bad messages before a client is closed" },
};

export type OptionName = keyof typeof SERVER_SPECS | keyof Limits;

export const OPTIONS = Object.fromEntries([
  ...Object.entries(SERVER_SPECS).map(([name, spec]) => [name, { ...names(name), ...spec }]),
  ...Object.entries(LIMIT_SPECS).map(([name, spec]) => {
    const value = DEFAULT_LIMITS[name as keyof Limits];
    const kind = Number.isInteger(spec.min) && !name.startsWith("rate") ? "whole" : "number";
    return [name, { ...names(name), ...spec, kind, default: value }];
  }),
]) as Record<OptionName, Option>;

function names(name: string): { flag: string; env: string } {
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { flag, env: `TICKWIRE_${flag.replaceAll("-", "_").toUpperCase()}` };
}

/** The unit in words, to end a sentence with: " ms". */
export function fieldText(option: Option): string {
  return option.unit ? ` ${option.unit}` : "";
}

/** The text of `--help`. */
export function helpText(): string {
  const lines = Object.values(OPTIONS).map((option) => {
    const choices = option.kind === "choice" ? ` (${option.choices.join(", ")})` : "";
    const value = option.default === "" ? "none" : `${option.default}${fieldText(option)}`;
    return `  --${option.flag.padEnd(29)}${option.help}${choices} [${value}]`;
  });
  return [
    "Tickwire: a simulated A-share exchange that pushes live quotes over WebSocket.",
    "",
    "Usage: deno task start [options]",
    "",
    "Every option can also be set by an environment variable: --port is TICKWIRE_PORT, --log-level is TICKWIRE_LOG_LEVEL.",
    "PORT is understood too. A flag wins over a variable. Defaults stand in brackets.",
    "",
    ...lines,
    `  --${"help".padEnd(29)}This text`,
  ].join("\n");
}
