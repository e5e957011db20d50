/** A Tickwire server started as its users start it, on a free port of the loopback. */
export interface ServerUnderTest {
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to the printed address, in milliseconds. */
  readonly listenMs: number;
  /** Sends a signal: SIGSTOP to stall it, SIGCONT to let it go on. */
  signal(signal: Deno.Signal): void;
  /** Ends it with `signal` and waits until it is gone; twice is allowed. @default SIGTERM */
  stop(signal?: Deno.Signal): Promise<void>;
}

/**
 * Starts `server/main.ts` with the permissions of `deno task start`.
 *
 * @param flags Such as `--seed 7`.
 * @param port 0 takes any free one.
 */
export async function startServer(flags: readonly string[], port = 0): Promise<ServerUnderTest> {
  const startedMs = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-net=0.0.0.0,127.0.0.1",
      "--allow-read=build/preview",
      "--allow-env=PORT,TICKWIRE_*",
      "--allow-sys=networkInterfaces",
      "server/main.ts",
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      ...flags,
    ],
    cwd: new URL("../..", import.meta.url).pathname,
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let ended = false;
  child.status.then(() => ended = true);
  const listeningPort = await readPort(child.stdout);
  return {
    port: listeningPort,
    pid: child.pid,
    listenMs: performance.now() - startedMs,
    signal: (signal) => child.kill(signal),
    stop: async (signal = "SIGTERM") => {
      if (!ended) child.kill(signal);
      await child.status;
    },
  };
}

/** Finds the address in the banner, and goes on emptying the pipe so that the server never waits for us. */
function readPort(stdout: ReadableStream<Uint8Array>): Promise<number> {
  const decoder = new TextDecoder();
  let text = "";
  return new Promise((resolve, reject) => {
    const read = async () => {
      for await (const chunk of stdout) {
        text += decoder.decode(chunk, { stream: true });
        const port = /localhost:(\d+)\//.exec(text)?.[1];
        if (port) resolve(Number(port));
      }
      reject(new Error(`The server ended before it listened. It printed:\n${text}`));
    };
    read().catch(reject);
  });
}
