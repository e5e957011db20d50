/** The real server as a process of its own, with the permissions that `deno task start` gives it. */

import { parsePrometheusText, sampleValue } from "./prometheus_text.ts";
import { inTime } from "./raw_socket.ts";

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `/healthz` says. */
export interface HealthReport {
  readonly status: string;
  readonly epoch: string;
  readonly connections: number;
  readonly ticks: number;
}

export interface ServerOptions {
  /** A folder that it may read besides those of the task, such as one with a test's certificate. */
  readonly readFolder?: string;
  /** A folder that it may read and write, such as the one in which its market is kept. @default none; nothing is kept */
  readonly dataFolder?: string;
  /** File descriptors that it may have open, on systems with a shell. @default as many as this process */
  readonly openFilesMax?: number;
  /** Environment variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

const ROOT = new URL("../..", import.meta.url);

/**
 * A free port of the loopback for a server that is to come back on it. It is none of those that a system hands out by itself,
 * so nobody else is given it meanwhile.
 */
export function portToReturnTo(): number {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
}

/** Runs `server/main.ts` until it ends by itself, as it does for `--help` and for faults of its configuration. */
export async function runServer(flags: readonly string[], options: ServerOptions = {}): Promise<Finished> {
  const { code, stdout, stderr } = await command(flags, options).output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

/** A server that listens on a free port of the loopback. Use it with `await using`, so that it never outlives its test. */
export class ServerProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #stdout: Collected;
  readonly #stderr: Collected;
  /** Settles when the process has ended. */
  readonly finished: Promise<Finished>;
  readonly port: number;

  private constructor(child: Deno.ChildProcess, stdout: Collected, stderr: Collected, port: number) {
    this.#child = child;
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.port = port;
    this.finished = Promise.all([child.status, stdout.ended, stderr.ended]).then(([{ code }]) => ({
      code,
      stdout: stdout.text,
      stderr: stderr.text,
    }));
  }

  /**
   * Starts it, with a short day and a short past behind it, and waits for the address that it prints. A flag given here
   * wins over those.
   *
   * @throws Error with its output where it ends instead.
   */
  static async start(flags: readonly string[] = [], options: ServerOptions = {}): Promise<ServerProcess> {
    const child = command(
      [
        ...["--host", "127.0.0.1", "--port", "0", "--seed", "7", "--history-days", "1", "--warm-up-minutes", "5"],
        ...flags,
      ],
      options,
    ).spawn();
    const stdout = new Collected(child.stdout);
    const stderr = new Collected(child.stderr);
    const address = await stdout.waitFor(/localhost:(\d+)\//);
    if (!address) {
      await child.status;
      throw new Error(`The server ended before it listened:\n${stdout.text}\n${stderr.text}`);
    }
    return new ServerProcess(child, stdout, stderr, Number(address[1]));
  }

  /** What it has logged so far. */
  get log(): string {
    return this.#stderr.text;
  }

  /** Waits until the log matches. @throws Error when the process ends before it does, or a test can wait no longer. */
  async logged(pattern: RegExp): Promise<void> {
    const match = await inTime(this.#stderr.waitFor(pattern), `${pattern} in the log`);
    if (!match) throw new Error(`${pattern} was never logged:\n${this.log}`);
  }

  async health(): Promise<HealthReport> {
    const response = await fetch(`http://127.0.0.1:${this.port}/healthz`);
    return await response.json();
  }

  /** The sum of a metric's samples that have these labels. */
  async metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${this.port}/metrics`);
    return sampleValue(parsePrometheusText(await response.text()), name, labels);
  }

  /** Waits until it counts just so many connections. @throws Error when a test can wait no longer. */
  async untilConnections(count: number): Promise<void> {
    const wait = async () => {
      while ((await this.health()).connections !== count) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await inTime(wait(), `${count} connections`);
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Sends a signal: SIGSTOP stalls it, SIGCONT lets it go on. */
  signal(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  /** Ends it, if it has not ended, and waits until it is gone. @default SIGTERM */
  async stop(signal: Deno.Signal = "SIGTERM"): Promise<void> {
    try {
      this.#child.kill(signal);
    } catch {
      // It has ended.
    }
    await this.finished;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop("SIGKILL");
  }
}

function command(flags: readonly string[], options: ServerOptions): Deno.Command {
  const { readFolder, dataFolder, openFilesMax, env = {} } = options;
  const permissions = startPermissions().map((flag) => {
    const isRead = flag.startsWith("--allow-read=");
    const folders = [
      isRead ? readFolder : undefined,
      isRead || flag.startsWith("--allow-write=") ? dataFolder : undefined,
    ];
    return [flag, ...folders.filter((folder) => folder !== undefined)].join();
  });
  const run = [Deno.execPath(), "run", "--no-prompt", ...permissions, "server/main.ts", ...flags];
  const limited = openFilesMax === undefined
    ? run
    : ["sh", "-c", `ulimit -n ${openFilesMax} && exec "$@"`, "sh", ...run];
  return new Deno.Command(limited[0] ?? "", {
    args: limited.slice(1),
    cwd: ROOT,
    env: { NO_COLOR: "1", TICKWIRE_DATA: dataFolder ?? "", ...env },
    stdout: "piped",
    stderr: "piped",
  });
}

/** What `deno task start` allows, read from deno.json so that the two cannot drift apart. */
function startPermissions(): string[] {
  const { tasks } = JSON.parse(Deno.readTextFileSync(new URL("deno.json", ROOT)));
  const permissions = String(tasks.start.command).split(" ").filter((word) => word.startsWith("--allow-"));
  if (permissions.length === 0) throw new Error("deno.json's start task allows nothing: has it changed its form?");
  return permissions;
}

/** A stream's text so far, read all the time so that the process never waits for its reader. */
class Collected {
  text = "";
  readonly ended: Promise<void>;
  #isEnded = false;
  #wake: () => void = () => {};

  constructor(stream: ReadableStream<Uint8Array>) {
    this.ended = this.#read(stream);
  }

  /** The first match, or `undefined` once the stream has ended without one. */
  async waitFor(pattern: RegExp): Promise<RegExpExecArray | undefined> {
    for (;;) {
      const match = pattern.exec(this.text);
      if (match) return match;
      if (this.#isEnded) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async #read(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      this.text += decoder.decode(chunk, { stream: true });
      this.#wake();
    }
    this.#isEnded = true;
    this.#wake();
  }
}
