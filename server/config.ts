import { DEFAULT_LIMITS, type Limits } from "../shared/mod.ts";
import type { FeedChoice } from "./feed/recording/choose_feed.ts";
import { readFlags } from "./flags.ts";
import type { PacerLimits } from "./http/handshake_pacer.ts";
import type { MetricsAccess } from "./http/metrics_access.ts";
import { fieldText, type Option, type OptionName, OPTIONS } from "./options.ts";

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Both files, or neither: with them the server speaks https and wss. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  readonly allowedOrigins: readonly string[];
  readonly connectionsMax: number;
  readonly connectionsPerAddressMax: number;
  /** Resident memory at which all connections are cut, in MiB. */
  readonly memoryMibMax: number;
  /** How fast handshakes are let through, and how many wait how long. */
  readonly pacing: PacerLimits;
  /** Folder in which the market is kept; empty for none. */
  readonly dataFolder: string;
  readonly seed: number;
  /** False when the seed was drawn, so that a market that is kept may have another one. */
  readonly seedIsGiven: boolean;
  /** Exchange seconds per second. */
  readonly speed: number;
  /** Hours of the exchange: a day follows a day, or those of Shanghai. */
  readonly hours: "always-open" | "calendar";
  /** Stocks to list at least; beyond those of the listing they are made up. */
  readonly stockCount: number;
  /** Trading days of the past that a new market is given. */
  readonly historyDays: number;
  /** Minutes of the day already traded when the server starts. */
  readonly warmUpMinutes: number;
  /** What is recorded, and whether a recording is served. */
  readonly feed: FeedChoice;
  /** Clients that a drain asks back in each second. */
  readonly drainReturnsPerSecond: number;
  /** Time from the first signal to the forced end, in milliseconds. */
  readonly drainTimeoutMs: number;
  /** Who may read the metrics and the operator's page. */
  readonly metricsAccess: MetricsAccess;
  readonly logLevel: "debug" | "info" | "warning" | "error";
  readonly logFormat: "text" | "json";
  /** Standard error, or Deno's console, from which its OpenTelemetry takes them with their level. */
  readonly logOutput: "stderr" | "console";
  readonly limits: Limits;
}

export type ConfigResult =
  | { readonly kind: "run"; readonly config: Config }
  | { readonly kind: "help" }
  | { readonly kind: "invalid"; readonly problems: readonly string[] };

type Values = Readonly<Record<OptionName, string | number>>;

/**
 * Reads the configuration from flags and environment; a flag wins over its variable, a variable over the default.
 *
 * Every fault is reported, not only the first, each with where it stands and what would do.
 *
 * @param args The command line, without the program's name.
 * @param env Looks one variable up.
 * @param randomSeed Used when no seed is given.
 */
export function readConfig(
  args: readonly string[],
  env: (name: string) => string | undefined,
  randomSeed: () => number,
): ConfigResult {
  const problems: string[] = [];
  const flags = readFlags(args, problems);
  if (flags.has("help")) return { kind: "help" };
  const entries = Object.entries(OPTIONS).map(([name, option]) => {
    const given = flags.get(option.flag) ?? env(option.env) ?? (name === "port" ? env("PORT") : undefined);
    return [name, readValue(option, given, problems)];
  });
  const values = Object.fromEntries(entries) as Values;
  checkTogether(values, problems);
  if (problems.length > 0) return { kind: "invalid", problems };
  return { kind: "run", config: toConfig(values, randomSeed) };
}

/** What each value alone cannot show. */
function checkTogether(values: Values, problems: string[]): void {
  if ((values.tlsCert === "") !== (values.tlsKey === "")) {
    problems.push("--tls-cert and --tls-key go together: give both, or neither for http and ws.");
  }
  const checkLess = (low: OptionName, high: OptionName, why: string) => {
    const [lowFlag, highFlag] = [OPTIONS[low].flag, OPTIONS[high].flag];
    if (values[low] < values[high]) return;
    problems.push(`--${lowFlag} is ${values[low]} and --${highFlag} is ${values[high]}: ${why}.`);
  };
  checkLess("heartbeatIntervalMs", "silentTimeoutMs", "a client must be asked before it is closed as silent");
  checkLess("heartbeatIntervalMs", "slowTimeoutMs", "a client must be asked before it is closed as slow");
  if (values.rateMinPerSecond > values.rateMaxPerSecond) {
    problems.push("--rate-min-per-second is more than --rate-max-per-second: there is no rate between them.");
  }
  if (values.clock === "calendar" && values.speed !== 1) {
    problems.push(`--clock calendar keeps the hours of Shanghai, so --speed must be 1: it is ${values.speed}.`);
  }
  for (const origin of originsOf(values)) {
    if (origin === "*" || URL.canParse(origin) && new URL(origin).origin === origin) continue;
    problems.push(
      `--allow-origin has "${origin}": an origin is a scheme and a host, as in https://quotes.example.com.`,
    );
  }
}

function originsOf(values: Values): string[] {
  return String(values.allowOrigin).split(",").map((origin) => origin.trim()).filter((origin) => origin !== "");
}

function readValue(option: Option, given: string | undefined, problems: string[]): string | number {
  if (given === undefined) return option.default;
  const where = `--${option.flag} (${option.env})`;
  if (option.kind === "text") return given;
  if (option.kind === "choice") {
    if (option.choices.includes(given)) return given;
    problems.push(`${where} is "${given}": it must be one of ${option.choices.join(", ")}.`);
    return option.default;
  }
  const value = given.trim() === "" ? NaN : Number(given);
  const whole = option.kind === "whole";
  if (value >= option.min && value <= option.max && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? "a whole number" : "a number";
  problems.push(`${where} is "${given}": it must be ${kind} from ${option.min} to ${option.max}${fieldText(option)}.`);
  return option.default;
}

function toConfig(values: Values, randomSeed: () => number): Config {
  const number = (name: OptionName) => Number(values[name]);
  const text = (name: OptionName) => String(values[name]);
  const tls = text("tlsCert") === "" ? {} : { tls: { certFile: text("tlsCert"), keyFile: text("tlsKey") } };
  const limits = Object.keys(DEFAULT_LIMITS).map((name) => [name, number(name as keyof Limits)]);
  return {
    host: text("host"),
    port: number("port"),
    ...tls,
    allowedOrigins: originsOf(values),
    connectionsMax: number("connectionsMax"),
    connectionsPerAddressMax: number("connectionsPerAddressMax"),
    memoryMibMax: number("memoryMibMax"),
    pacing: {
      handshakesPerSecondMax: number("handshakesPerSecondMax"),
      handshakesInFlightMax: number("handshakesInFlightMax"),
      waitingHandshakesMax: number("waitingHandshakesMax"),
      handshakeWaitMsMax: number("handshakeWaitMsMax"),
    },
    dataFolder: text("data"),
    seedIsGiven: text("seed") !== "random",
    seed: text("seed") === "random" ? randomSeed() : number("seed"),
    speed: number("speed"),
    hours: text("clock") as Config["hours"],
    stockCount: number("instruments"),
    historyDays: number("historyDays"),
    warmUpMinutes: number("warmUpMinutes"),
    feed: {
      record: text("record"),
      replay: text("replay"),
      replaySpeed: number("replaySpeed"),
      replayAtEnd: text("replayAtEnd") as FeedChoice["replayAtEnd"],
    },
    drainReturnsPerSecond: number("drainReturnsPerSecond"),
    drainTimeoutMs: number("drainTimeoutMs"),
    metricsAccess: text("metricsAccess") as MetricsAccess,
    logLevel: text("logLevel") as Config["logLevel"],
    logFormat: text("logFormat") as Config["logFormat"],
    logOutput: text("logOutput") as Config["logOutput"],
    limits: Object.fromEntries(limits) as unknown as Limits,
  };
}
