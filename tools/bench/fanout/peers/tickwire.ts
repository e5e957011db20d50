/** Tickwire itself: its real board, delivery and handshake, wired as server/main.ts wires them, on the benchmark's feed. */
import { steadyClock } from "../../../../server/clock.ts";
import { Hub } from "../../../../server/delivery/hub.ts";
import { Admission } from "../../../../server/http/admission.ts";
import { makeRouter } from "../../../../server/http/router.ts";
import { startLogging } from "../../../../server/log.ts";
import { QuoteBoard } from "../../../../server/market/quote_board.ts";
import { serve } from "../../../../server/serve.ts";
import { DEFAULT_LIMITS, type Instrument, price, type SymbolCode } from "../../../../shared/mod.ts";
import type { SyntheticTick } from "../synthetic_feed.ts";
import { makePeer } from "./peer.ts";

const TRADING_DATE = 20261120;

const peer = makePeer(Deno.args);
const logger = await startLogging({ logLevel: "warning", logFormat: "text", logOutput: "stderr" });
const instruments = peer.symbols.map((symbol): Instrument => ({
  symbol: symbol as SymbolCode,
  name: "基准",
  nameEn: "Benchmark",
  kind: "stock",
}));
const board = new QuoteBoard(crypto.randomUUID(), instruments, () => steadyClock.nowMs());
const hub = new Hub({
  board,
  market: { tradingDate: TRADING_DATE, exchangeTimeMs: steadyClock.nowMs(), speed: 1, simulated: true },
  clock: steadyClock,
  limits: DEFAULT_LIMITS,
  random: Math.random,
  onFault: (session, error) => logger.error("A fault while serving session {id}: {error}", { id: session.id, error }),
});
// All clients come from one address here; everything else is as `deno task start` has it.
const admission = new Admission({ connectionsMax: 100_000, connectionsPerAddressMax: 100_000 });
const router = makeRouter({
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
});
const onLost = (error: unknown) => {
  throw error;
};
const server = serve({ host: "127.0.0.1", port: 0, handler: router, onLost });
if (server.kind === "invalid") throw new Error(server.problems.join("\n"));
peer.start(server.listener.port, (tick) => {
  const symbol = tick.symbol as SymbolCode;
  board.tick(symbol, board.get(symbol)?.quote ? changesOf(tick) : firstOf(tick));
});

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
