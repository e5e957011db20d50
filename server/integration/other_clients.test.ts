/** Clients that nobody here wrote: they read the same protocol from the outside. */
import { assert, assertEquals } from "@std/assert";
import { ServerProcess } from "../../tools/testing/server_process.ts";

/** What a foreign client prints at its end. */
interface Report {
  readonly protocol: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly lastPrices: Readonly<Record<string, number>>;
  readonly code: number;
  readonly reason: string;
}

const FOLDER = new URL("../../tools/testing/foreign/", import.meta.url);
const SILENT_TIMEOUT_MS = 6_000;
const FLAGS = ["--speed", "60", "--heartbeat-interval-ms", "1000", "--silent-timeout-ms", String(SILENT_TIMEOUT_MS)];

/** The first of the commands that runs `args` without a fault, or `undefined`. */
async function firstThatRuns(commands: readonly string[], args: string[]): Promise<string | undefined> {
  for (const command of commands) {
    try {
      const { success } = await new Deno.Command(command, { args, stdout: "null", stderr: "null" }).output();
      if (success) return command;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return undefined;
}

interface Foreign {
  readonly name: string;
  readonly command: string | undefined;
  readonly script: string;
  readonly missing: string;
}

const CLIENTS: Foreign[] = [
  {
    name: "ws in Node",
    command: await firstThatRuns(["node"], ["--version"]),
    script: "ws_client.mjs",
    missing: "node is not installed",
  },
  {
    name: "websockets in Python",
    command: await firstThatRuns(["python3", "/usr/bin/python3", "python"], ["-c", "import websockets"]),
    script: "websockets_client.py",
    missing: "no python3 with the package websockets (python3-websockets) is installed",
  },
];

async function run({ command, script }: Foreign, port: number, manner: "alive" | "mute", ms: number): Promise<Report> {
  const { success, stdout, stderr } = await new Deno.Command(command ?? "", {
    args: [script, `ws://127.0.0.1:${port}/ws`, manner, String(ms)],
    cwd: FOLDER,
    // One that never sees enough is ended, which is a failure.
    signal: AbortSignal.timeout(60_000),
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

const found = CLIENTS.filter(({ command, name, missing }) => {
  if (command !== undefined) return true;
  if (Deno.env.get("CI") === "true") throw new Error(`${missing}; with CI=true that is a failure`);
  console.warn(`Not tested with ${name}: ${missing}.`);
  return false;
});

let server: ServerProcess;
const alive = new Map<Foreign, Promise<Report>>();
const mute = new Map<Foreign, Promise<Report>>();

// All of them at once: each waits for timeouts most of the time.
Deno.test.beforeAll(async () => {
  server = await ServerProcess.start(FLAGS);
  for (const foreign of found) {
    alive.set(foreign, run(foreign, server.port, "alive", 1.25 * SILENT_TIMEOUT_MS));
    mute.set(foreign, run(foreign, server.port, "mute", 0));
  }
  // A fault is that of the test that waits for it.
  for (const report of [...alive.values(), ...mute.values()]) report.catch(() => {});
});

Deno.test.afterAll(() => server.stop());

for (const foreign of found) {
  Deno.test(`${foreign.name} negotiates, gets prices, and is kept alive by its pongs beyond the silent timeout`, async () => {
    const { protocol, code, counts, lastPrices } = await alive.get(foreign)!;
    assertEquals([protocol, code], ["tickwire.v1.json", 1000]);
    assertEquals([counts.welcome, counts.subscribed, counts.snapshot, counts.error], [1, 1, 1, undefined]);
    assertEquals(Object.keys(lastPrices).sort(), ["000001.SZ", "600519.SH"]);
    for (const lastPrice of Object.values(lastPrices)) assert(Number.isInteger(lastPrice) && lastPrice > 0);
  });
  Deno.test(`${foreign.name} that answers no ping message is closed with 4009, and sees it`, async () => {
    const { code, reason, counts } = await mute.get(foreign)!;
    assertEquals([code, reason, counts.welcome], [4009, "no message in time", 1]);
    assert((counts.ping ?? 0) >= 1, "it was not asked before");
  });
}
