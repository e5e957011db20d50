import type { Change } from "./change.ts";

/** What came of asking the server for its metrics. */
export type Answer = "read" | "refused" | "unreachable";

/** How the server is, in one word. */
export type State = "waiting" | "ok" | "late" | "draining" | "feed_silent" | "refused" | "unreachable";

export interface Verdict {
  readonly state: State;
  readonly zh: string;
  readonly en: string;
}

/** Lag from which a viewer could notice, in seconds: p99 over the last ten seconds. */
const LATE_SECONDS = 0.1;

/** @param recent What changed in the last ten seconds; `undefined` before anything was read. */
export function verdictOf(answer: Answer, recent: Change | undefined): Verdict {
  if (answer === "unreachable") return { state: "unreachable", zh: "连不上服务器", en: "Unreachable" };
  if (answer === "refused") return { state: "refused", zh: "服务器不许查看指标", en: "Metrics refused" };
  if (!recent) return { state: "waiting", zh: "正在读取", en: "Reading" };
  if (recent.now.sum("tickwire_draining") === 1) return { state: "draining", zh: "正在下线", en: "Draining" };
  if (recent.now.sum("tickwire_feed_silent") === 1) {
    return { state: "feed_silent", zh: "行情源静默", en: "Feed silent" };
  }
  const late = ["tickwire_flush_lag_seconds", "tickwire_event_loop_lag_seconds"]
    .some((family) => (recent.quantile(family, 0.99) ?? 0) > LATE_SECONDS);
  return late ? { state: "late", zh: "推送变慢", en: "Late" } : { state: "ok", zh: "一切正常", en: "All well" };
}
