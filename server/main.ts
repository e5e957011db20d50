/** Wires the parts together and takes them down again; it decides nothing else. */
import { dirname } from "node:path";
import type { Clock } from "../shared/mod.ts";
import { lanAddresses } from "./addresses.ts";
import { makeApiHandler } from "./api/handle_request.ts";
import { bannerText } from "./banner.ts";
import { steadyClock } from "./clock.ts";
import { type Config, readConfig } from "./config.ts";
import { DeliveryStats } from "./delivery/delivery_stats.ts";
import { causeText, Hub } from "./delivery/hub.ts";
import { Tally } from "./delivery/tally.ts";
import { TICK_CHANNELS } from "./feed/feed.ts";
import { Admission } from "./http/admission.ts";
import { HandshakePacer } from "./http/handshake_pacer.ts";
import { makeRouter } from "./http/router.ts";
import { startLogging } from "./log.ts";
import { QuoteBoard } from "./market/quote_board.ts";
import { LoopLag } from "./metrics/loop_lag.ts";
import { makeMetrics } from "./metrics/make_metrics.ts";
import { openMarket } from "./open_market.ts";
import { helpText } from "./options.ts";
import { guardOverload } from "./overload/guard_overload.ts";
import { Report } from "./report.ts";
import { readTls, serve } from "./serve.ts";
import { stop } from "./stop.ts";
import { onStopSignal } from "./stop_signals.ts";

const PROJECT_FOLDER = dirname(import.meta.dirname ?? "");

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
  const board = new QuoteBoard(crypto.randomUUID(), feed.instruments, () => clock.nowMs(), config.limits);
  const stats = new DeliveryStats();
  const hub = new Hub({
    board,
    stats,
    market: feed.clock,
    clock,
    limits: config.limits,
    channels: feed.channels ?? TICK_CHANNELS,
    random: Math.random,
    onEnd: (session, cause) => logger.debug("Session {id} ended: {cause}", { id: session.id, cause: causeText(cause) }),
    onFault: (session, error) => logger.error("A fault while serving session {id}: {error}", { id: session.id, error }),
  });
  const sources = market.sources(board);
  const admission = new Admission(config);
  const pacer = new HandshakePacer(clock, config.pacing);
  const refused = new Tally();
  const overloads = new Tally();
  const loopLag = new LoopLag(clock, () => performance.now());
  loopLag.start();
  const report = new Report({ board, market, hub, admission, pacer, refused, overloads, loopLag, clock, config });
  const router = makeRouter({
    hub,
    admission,
    pacer,
    refused,
    origins: config,
    clock,
    limits: config.limits,
    logger,
    previewFolder: `${PROJECT_FOLDER}/build/preview`,
    operator: {
      access: config.metricsAccess,
      pageFolder: `${PROJECT_FOLDER}/build/ops`,
      ...makeMetrics(stats, report.facts()),
    },
    api: makeApiHandler(sources, config),
    health: () => report.health(),
  });
  const server = serve({ ...config, ...tls, handler: router, onLost: (error) => guard.lost(error) });
  if (server.kind === "invalid") fail(server.problems, 1);
  const { listener } = server;
  const putAway = () => market.stop();
  const guard = guardOverload(config, { hub, admission, pacer, listener, overloads, clock, logger, putAway });
  market.start(board);
  console.log(bannerText({
    port: listener.port,
    secure: config.tls !== undefined,
    projectFolder: PROJECT_FOLDER,
    lanAddresses: lanAddresses(),
    loopbackOnly: ["127.0.0.1", "localhost", "::1"].includes(config.host),
    seed: market.seed,
  }));
  const signal = await onStopSignal();
  guard.stop();
  await stop({ ...config, signal, hub, admission, pacer, market, clock, logger });
  Deno.exit(0);
}

function fail(problems: readonly string[], exitCode: number): never {
  for (const problem of problems) console.error(`tickwire: ${problem}`);
  Deno.exit(exitCode);
}

if (import.meta.main) await main();
