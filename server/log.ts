import { configure, getLogger, jsonLinesFormatter, type Logger, type LogRecord } from "@logtape/logtape";
import type { Config } from "./config.ts";

/** Sets logging up for the process and returns the server's logger. Lines go to standard error: standard output is the banner's. */
export async function startLogging({ logLevel, logFormat }: Pick<Config, "logLevel" | "logFormat">): Promise<Logger> {
  const format = logFormat === "json" ? jsonLinesFormatter : textLine;
  await configure({
    sinks: {
      stderr: (record) => Deno.stderr.writeSync(new TextEncoder().encode(`${format(record).trimEnd()}\n`)),
    },
    loggers: [
      { category: "tickwire", lowestLevel: logLevel, sinks: ["stderr"] },
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: ["stderr"] },
    ],
  });
  return getLogger(["tickwire"]);
}

/** `2026-11-20T09:30:00.000Z info  Client s1 left: …`, with the stack below where an error was logged. */
function textLine(record: LogRecord): string {
  const time = new Date(record.timestamp).toISOString();
  const message = record.message.map((part) => typeof part === "string" ? part : plain(part)).join("");
  const { error } = record.properties;
  const stack = error instanceof Error ? `\n${error.stack}` : "";
  return `${time} ${record.level.padEnd(7)} ${message}${stack}`;
}

function plain(value: unknown): string {
  if (value instanceof Error) return value.message;
  return typeof value === "string" ? value : JSON.stringify(value) ?? String(value);
}
