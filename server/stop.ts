import type { Logger } from "@logtape/logtape";
import type { Clock } from "../shared/mod.ts";
import type { Hub } from "./delivery/hub.ts";
import type { Admission } from "./http/admission.ts";
import type { HandshakePacer } from "./http/handshake_pacer.ts";
import type { ServedMarket } from "./served_market.ts";

/** What is taken down. */
export interface StopParts {
  readonly signal: string;
  readonly hub: Hub;
  readonly admission: Admission;
  readonly pacer: HandshakePacer;
  readonly market: ServedMarket;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Clients that are asked back in each second. */
  readonly drainReturnsPerSecond: number;
  /** Time for everybody to leave. */
  readonly drainTimeoutMs: number;
}

/**
 * Lets everybody leave: nobody new comes in, each client learns when to come back, then all are closed. A peer that does
 * not answer the close keeps its socket for ever in Deno, so the deadline counts, not the last socket.
 */
export async function stop(
  { signal, hub, admission, pacer, market, clock, logger, drainReturnsPerSecond, drainTimeoutMs }: StopParts,
): Promise<void> {
  logger.info("Stopping on {signal}: {sessions} clients are asked to leave", { signal, sessions: hub.size });
  const deadlineMs = clock.nowMs() + drainTimeoutMs;
  admission.drain();
  pacer.close();
  hub.announceDrain(drainReturnsPerSecond);
  hub.closeAll("drain");
  market.stop();
  while (admission.total > 0) {
    // Even without any time to drain the closes are sent.
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 20));
    if (clock.nowMs() >= deadlineMs) break;
  }
  if (admission.total > 0) logger.warning("{left} sockets did not answer the close", { left: admission.total });
}
