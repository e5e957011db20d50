import type { Clock } from "../shared/mod.ts";
import type { Config } from "./config.ts";
import type { Hub } from "./delivery/hub.ts";
import type { Tally } from "./delivery/tally.ts";
import type { Admission } from "./http/admission.ts";
import type { HandshakePacer } from "./http/handshake_pacer.ts";
import { FEED_SILENT_AFTER_MS, type Health } from "./http/health.ts";
import type { QuoteBoard } from "./market/quote_board.ts";
import type { LoopLag } from "./metrics/loop_lag.ts";
import type { ServerFacts } from "./metrics/server_families.ts";
import type { ServedMarket } from "./served_market.ts";

/** What a report is made of. */
export interface ReportParts {
  readonly board: QuoteBoard;
  readonly market: Pick<ServedMarket, "isTrading">;
  readonly hub: Pick<Hub, "countByProtocol" | "opened">;
  readonly admission: Pick<Admission, "total" | "draining">;
  readonly pacer: HandshakePacer;
  readonly refused: Tally;
  readonly overloads: Tally;
  readonly loopLag: LoopLag;
  readonly clock: Pick<Clock, "nowMs">;
  readonly config: Pick<Config, "connectionsMax">;
}

/** What the server says of itself: to a load balancer in a word, to an operator in numbers. */
export class Report {
  readonly #startedMs: number;

  constructor(private readonly parts: ReportParts) {
    this.#startedMs = parts.clock.nowMs();
  }

  health(): Health {
    const { admission, board } = this.parts;
    return {
      status: admission.draining ? "draining" : this.isFeedSilent ? "feed_silent" : "ok",
      epoch: board.epoch,
      uptimeSeconds: Math.floor((this.parts.clock.nowMs() - this.#startedMs) / 1000),
      connections: admission.total,
      symbols: board.size,
      ticks: board.ticks,
    };
  }

  facts(): ServerFacts {
    const { admission, board, config, hub, loopLag, overloads, pacer, refused } = this.parts;
    return {
      connections: () => hub.countByProtocol(),
      places: () => ({ held: admission.total, max: config.connectionsMax }),
      sessionsOpened: () => hub.opened,
      refusedHandshakes: refused,
      waitingHandshakes: () => pacer.waiting,
      handshakeWaits: pacer.waits,
      overloads,
      loopLag: loopLag.histogram,
      isDraining: () => admission.draining,
      isFeedSilent: () => this.isFeedSilent,
      feed: () => ({ symbols: board.size, ticks: board.ticks, lastTickMs: board.lastTickMs }),
      startedMs: performance.timeOrigin,
    };
  }

  /** In a break, and while an auction only gathers orders, no price has a reason to move. */
  private get isFeedSilent(): boolean {
    const { board, clock, market } = this.parts;
    return market.isTrading && clock.nowMs() - board.lastTickMs > FEED_SILENT_AFTER_MS;
  }
}
