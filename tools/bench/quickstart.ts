/**
 * Measures what the README promises a newcomer: how soon prices move, what an idle server costs, and what one client
 * takes from the network. `deno task bench:quickstart [--runs 5]`; Linux only, because it reads /proc.
 */
import { OPTIONS } from "../../server/options.ts";
import { launchChromium } from "../testing/chromium.ts";
import { ServerProcess } from "../testing/server_process.ts";
import { measureFirstPrice } from "./first_price.ts";
import { cpuMs, residentMiB } from "./process_cpu.ts";
import { spread } from "./statistics.ts";
import { measureTraffic, type Traffic } from "./wire_traffic.ts";

const RUNS = Number(Deno.args[Deno.args.indexOf("--runs") + 1] ?? 5) || 5;
const IDLE_SPAN_MS = 10_000;
const TRAFFIC_SPAN_MS = 10_000;

/** What the server has traded when it starts, as a newcomer starts it. */
const DEFAULT_DAY = ["--warm-up-minutes", String(OPTIONS.warmUpMinutes.default)];

/** The watchlist of a newcomer: fourteen stocks and the three indices. */
const WATCHLIST = [
  "600519.SH 000001.SZ 300750.SZ 002594.SZ 600036.SH 601318.SH 000858.SZ 000333.SZ 688981.SH 601012.SH 601398.SH",
  "600030.SH 600276.SH 300059.SZ 000001.SH 399001.SZ 399006.SZ",
].join(" ").split(" ");

/** Share of one core, in percent, that a process takes over a span. */
async function coreShare(pid: number, spanMs: number): Promise<number> {
  const before = await cpuMs(pid);
  await new Promise((resolve) => setTimeout(resolve, spanMs));
  return (await cpuMs(pid) - before) / spanMs * 100;
}

async function measureStarts(): Promise<void> {
  const browser = await launchChromium();
  const rows = { listen: [] as number[], price: [] as number[], move: [] as number[], total: [] as number[] };
  for (let run = 0; run < RUNS; run++) {
    const startedMs = performance.now();
    await using server = await ServerProcess.start(["--seed", String(run + 1), ...DEFAULT_DAY]);
    const listenMs = performance.now() - startedMs;
    const { firstPriceMs, firstMoveMs } = await measureFirstPrice(browser, `http://127.0.0.1:${server.port}/`);
    rows.listen.push(listenMs);
    rows.price.push(firstPriceMs);
    rows.move.push(firstMoveMs);
    rows.total.push(listenMs + firstMoveMs);
  }
  await browser.close();
  console.log(`Start, ${RUNS} runs, ms: median (least – greatest)`);
  console.log(`  process to printed address      ${spread(rows.listen, 0)}`);
  console.log(`  page opened to first price      ${spread(rows.price, 0)}`);
  console.log(`  page opened to first move       ${spread(rows.move, 0)}`);
  console.log(`  start to first moving price     ${spread(rows.total, 0)}`);
}

async function measureServer(server: ServerProcess): Promise<void> {
  const alone: number[] = [], memory: number[] = [], served: number[] = [];
  const traffic: Traffic[] = [];
  for (let run = 0; run < RUNS; run++) {
    alone.push(await coreShare(server.pid, IDLE_SPAN_MS));
    memory.push(await residentMiB(server.pid));
    const share = coreShare(server.pid, TRAFFIC_SPAN_MS);
    traffic.push(await measureTraffic(server.port, WATCHLIST, TRAFFIC_SPAN_MS));
    served.push(await share);
  }
  console.log(`\nServer, ${RUNS} spans of ${IDLE_SPAN_MS / 1000} s: median (least – greatest)`);
  console.log(`  CPU without a client, % of a core       ${spread(alone, 2)}`);
  console.log(`  CPU with one client, % of a core        ${spread(served, 2)}`);
  console.log(`  memory, MiB resident                    ${spread(memory, 0)}`);
  console.log(
    `\nOne client with ${WATCHLIST.length} symbols, quotes, JSON, ${
      TRAFFIC_SPAN_MS / 1000
    } s: median (least – greatest)`,
  );
  const row = (name: string, pick: (of: Traffic) => number, digits = 1) =>
    console.log(`  ${name.padEnd(40)}${spread(traffic.map(pick), digits)}`);
  row("bytes a second", (of) => of.bytesPerSecond, 0);
  row("frames a second", (of) => of.framesPerSecond);
  row("updates a second", (of) => of.updatesPerSecond);
  row("ticks merged into them, a second", (of) => of.ticksPerSecond);
  row("bytes an update", (of) => of.bytesPerUpdate, 0);
}

await measureStarts();
await using server = await ServerProcess.start(["--seed", "1", ...DEFAULT_DAY]);
await measureServer(server);
