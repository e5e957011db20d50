/** What `/healthz` says: 200 for `ok`, 503 otherwise, so that a load balancer need not read it. */
export interface Health {
  /**
   * `draining` from the first signal to stop; `feed_silent` when the exchange trades and no tick has come for
   * {@link FEED_SILENT_AFTER_MS}.
   */
  readonly status: "ok" | "draining" | "feed_silent";
  readonly epoch: string;
  readonly uptimeSeconds: number;
  readonly connections: number;
  readonly symbols: number;
  readonly ticks: number;
}

/** Time without a tick after which the feed counts as silent, in milliseconds. */
export const FEED_SILENT_AFTER_MS = 30_000;
