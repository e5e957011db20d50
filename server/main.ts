/** Wires the parts together and takes them down again; it decides nothing else. */
import { dirname } from "node:path";
import type { Logger } from "@logtape/logtape";
import type { Clock } from "../shared/mod.ts";
import { lanAddresses } from "./addresses.ts";
import { makeApiHandler } from "./api/handle_request.ts";
import { bannerText } from "./banner.ts";
import { steadyClock } from "./clock.ts";
import { type Config, readConfig } from "./config.ts";
import { DeliveryStats } from "./delivery/delivery_stats.ts";
import { causeText, Hub } from "./delivery/hub.ts";
import { Tally } from "./delivery/tally.ts";
import { Admission } from "./http/admission.ts";
import { FEED_SILENT_AFTER_MS, type Health } from "./http/health.ts";
import { makeRouter } from "./http/router.ts";
import { startLogging } from "./log.ts";
import { QuoteBoard } from "./market/quote_board.ts";
import { LoopLag } from "./metrics/loop_lag.ts";
import { makeMetrics } from "./metrics/make_metrics.ts";
import type { ServerFacts } from "./metrics/server_families.ts";
import { openMarket } from "./open_market.ts";
import { helpText } from "./options.ts";
import { readTls, serve } from "./serve.ts";
import type { ServedMarket } from "./served_market.ts";
import { onStopSignal } from "./stop_signals.ts";

const PROJECT_FOLDER = dirname(import.meta.dirname ?? "");

/** Time over which drained clients are asked to come back, in milliseconds. */
const RECONNECT_SPREAD_MS = 2_000;

async function main(): Promise<void> {
  const result = readConfig(
    Deno.args,
    (name) => Deno.env.get(name),
    () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1,
  );
  if (result.kind === "help") return console.log(helpText());
  if (result.kind === "invalid") fail(result.problems, 2);
  await run(result.config, steadyClock);
}

async function run(config: Config, clock: Clock): Promise<void> {
  const logger = await startLogging(config);
  const tls = await readTls(config.tls);
  if (tls.kind === "invalid") fail(tls.problems, 2);
  const opened = openMarket(config, clock, logger);
  if (opened.kind === "invalid") fail(opened.problems, 1);
  const { market } = opened;
  const { feed } = market;
  const board = new QuoteBoard(crypto.randomUUID(), feed.instruments, () => clock.nowMs());
  const stats = new DeliveryStats();
  const hub = new Hub({
    board,
    stats,
    market: feed.clock,
    clock,
    limits: config.limits,
    random: Math.random,
    onEnd: (session, cause) => logger.debug("Session {id} ended: {cause}", { id: session.id, cause: causeText(cause) }),
    onFault: (session, error) => logger.error("A fault while serving session {id}: {error}", { id: session.id, error }),
  });
  const sources = market.sources(board);
  const admission = new Admission(config);
  const refused = new Tally();
  const loopLag = new LoopLag(clock, () => performance.now());
  loopLag.start();
  const facts: ServerFacts = {
    connections: () => hub.countByProtocol(),
    places: () => ({ held: admission.total, max: config.connectionsMax }),
    sessionsOpened: () => hub.opened,
    refusedHandshakes: refused,
    loopLag: loopLag.histogram,
    isDraining: () => admission.draining,
    feed: () => ({ symbols: board.size, ticks: board.ticks, lastTickMs: board.lastTickMs }),
    startedMs: performance.timeOrigin,
  };
  const startedMs = clock.nowMs();
  const router = makeRouter({
    hub,
    admission,
    refused,
    origins: config,
    clock,
    limits: config.limits,
    logger,
    previewFolder: `${PROJECT_FOLDER}/build/preview`,
    metrics: { access: config.metricsAccess, ...makeMetrics(stats, facts) },
    ...(sources ? { api: makeApiHandler(sources, config) } : {}),
    health: () => healthOf(board, market, admission, clock.nowMs(), startedMs),
  });
  const server = serve(config, tls.keys, router);
  if (server.kind === "invalid") fail(server.problems, 1);
  market.start(board);
  console.log(bannerText({
    port: server.port,
    secure: config.tls !== undefined,
    projectFolder: PROJECT_FOLDER,
    lanAddresses: lanAddresses(),
    loopbackOnly: ["127.0.0.1", "localhost", "::1"].includes(config.host),
    seed: market.seed,
  }));
  const signal = await onStopSignal();
  await stop({ signal, hub, admission, market, clock, logger, drainTimeoutMs: config.drainTimeoutMs });
  Deno.exit(0);
}

function healthOf(
  board: QuoteBoard,
  market: ServedMarket,
  admission: Admission,
  nowMs: number,
  startedMs: number,
): Health {
  // In a break, and while an auction only gathers orders, no price has a reason to move.
  const silent = market.isTrading && nowMs - board.lastTickMs > FEED_SILENT_AFTER_MS;
  return {
    status: admission.draining ? "draining" : silent ? "feed_silent" : "ok",
    epoch: board.epoch,
    uptimeSeconds: Math.floor((nowMs - startedMs) / 1000),
    connections: admission.total,
    symbols: board.size,
    ticks: board.ticks,
  };
}

interface StopParts {
  readonly signal: string;
  readonly hub: Hub;
  readonly admission: Admission;
  readonly market: ServedMarket;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly drainTimeoutMs: number;
}

/**
 * Lets everybody leave: nobody new comes in, each client learns when to come back, then all are closed. A peer that does
 * not answer the close keeps its socket for ever in Deno, so the deadline counts, not the last socket.
 */
async function stop({ signal, hub, admission, market, clock, logger, drainTimeoutMs }: StopParts): Promise<void> {
  logger.info("Stopping on {signal}: {sessions} clients are asked to leave", { signal, sessions: hub.size });
  const deadlineMs = clock.nowMs() + drainTimeoutMs;
  admission.drain();
  hub.announceDrain(RECONNECT_SPREAD_MS);
  hub.closeAll("drain");
  market.stop();
  while (admission.total > 0) {
    // Even without any time to drain the closes are sent.
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 20));
    if (clock.nowMs() >= deadlineMs) break;
  }
  if (admission.total > 0) logger.warning("{left} sockets did not answer the close", { left: admission.total });
}

function fail(problems: readonly string[], exitCode: number): never {
  for (const problem of problems) console.error(`tickwire: ${problem}`);
  Deno.exit(exitCode);
}

if (import.meta.main) await main();
