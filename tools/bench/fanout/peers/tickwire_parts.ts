/** The parts of Tickwire that benchmarks put together, wired as server/main.ts wires them, on the benchmark's feed. */
import type { Logger } from "@logtape/logtape";
import { steadyClock } from "../../../../server/clock.ts";
import { DeliveryStats } from "../../../../server/delivery/delivery_stats.ts";
import { Hub } from "../../../../server/delivery/hub.ts";
import { Admission } from "../../../../server/http/admission.ts";
import type { RouterOptions } from "../../../../server/http/router.ts";
import { startLogging } from "../../../../server/log.ts";
import { QuoteBoard } from "../../../../server/market/quote_board.ts";
import { DEFAULT_LIMITS, type Instrument, price, type SymbolCode } from "../../../../shared/mod.ts";
import type { SyntheticTick } from "../synthetic_feed.ts";

const TRADING_DATE = 20261120;

export interface TickwireParts {
  readonly hub: Hub;
  readonly admission: Admission;
  readonly stats: DeliveryStats;
  readonly logger: Logger;
  /** For a router that has what a benchmark needs, and no metrics, API or pacing. */
  readonly router: RouterOptions;
  /** Takes a tick of the benchmark's feed. */
  tick(tick: SyntheticTick): void;
}

export async function makeTickwire(symbols: readonly string[]): Promise<TickwireParts> {
  const logger = await startLogging({ logLevel: "warning", logFormat: "text", logOutput: "stderr" });
  const instruments = symbols.map((symbol): Instrument => ({
    symbol: symbol as SymbolCode,
    name: "基准",
    nameEn: "Benchmark",
    kind: "stock",
  }));
  const board = new QuoteBoard(crypto.randomUUID(), instruments, () => steadyClock.nowMs());
  const stats = new DeliveryStats();
  const hub = new Hub({
    board,
    stats,
    market: { tradingDate: TRADING_DATE, exchangeTimeMs: steadyClock.nowMs(), speed: 1, simulated: true },
    clock: steadyClock,
    limits: DEFAULT_LIMITS,
    random: Math.random,
    onFault: (session, error) => logger.error("A fault while serving session {id}: {error}", { id: session.id, error }),
  });
  // All clients come from one address here; everything else is as `deno task start` has it.
  const admission = new Admission({ connectionsMax: 100_000, connectionsPerAddressMax: 100_000 });
  const router: RouterOptions = {
    hub,
    admission,
    origins: { allowedOrigins: [] },
    clock: steadyClock,
    limits: DEFAULT_LIMITS,
    logger,
    previewFolder: "build/preview",
    health: () => ({
      status: "ok",
      epoch: board.epoch,
      uptimeSeconds: 0,
      connections: admission.total,
      symbols: board.size,
      ticks: board.ticks,
    }),
  };
  const tick = (tick: SyntheticTick) => {
    const symbol = tick.symbol as SymbolCode;
    board.tick(symbol, board.get(symbol)?.quote ? changesOf(tick) : firstOf(tick));
  };
  return { hub, admission, stats, logger, router, tick };
}

function changesOf({ lastPrice, volume, turnover, exchangeTimeMs }: SyntheticTick) {
  return { lastPrice: price(lastPrice), volume, turnover, exchangeTimeMs };
}

/** The first tick of a symbol carries every field. Highs and lows stay: on most ticks of a day they do. */
function firstOf(tick: SyntheticTick) {
  return {
    ...changesOf(tick),
    open: price(123_456),
    high: price(125_925),
    low: price(123_456),
    prevClose: price(123_000),
    limitUp: price(135_300),
    limitDown: price(110_700),
    tradingDate: TRADING_DATE,
    phase: "continuous" as const,
  };
}
