import { configure, getLogger, jsonLinesFormatter, type Logger, type LogLevel, type LogRecord } from "@logtape/logtape";
import type { Config } from "./config.ts";

/**
 * Sets logging up for the process and returns the server's logger. Lines go to standard error, because standard output is
 * the banner's; only where the console is asked for, debug and info go to standard output with it.
 */
export async function startLogging(
  { logLevel, logFormat, logOutput }: Pick<Config, "logLevel" | "logFormat" | "logOutput">,
): Promise<Logger> {
  const format = logFormat === "json" ? jsonLinesFormatter : textLine;
  const write = logOutput === "console" ? toConsole : toStderr;
  await configure({
    sinks: { output: (record) => write(format(record).trimEnd(), record.level) },
    loggers: [
      { category: "tickwire", lowestLevel: logLevel, sinks: ["output"] },
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: ["output"] },
    ],
  });
  return getLogger(["tickwire"]);
}

function toStderr(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}

function toConsole(line: string, level: LogLevel): void {
  switch (level) {
    case "trace":
    case "debug":
      return console.debug(line);
    case "info":
      return console.info(line);
    case "warning":
      return console.warn(line);
    case "error":
    case "fatal":
      return console.error(line);
  }
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
