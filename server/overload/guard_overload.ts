import type { Limits } from "../../shared/mod.ts";
import type { HandshakePacer } from "../http/handshake_pacer.ts";
import { LoadShedder, type LoadShedderOptions } from "./load_shedder.ts";
import { surviveOutsizedTexts } from "./outsized_texts.ts";
import { Watchdog } from "./watchdog.ts";

/** Closes that may stay unanswered for longer than the silent timeout, whatever the number of places. */
const UNANSWERED_CLOSES_MAX = 1_000;

/** The same as a share of all places. */
const UNANSWERED_SHARE = 0.25;

/** Exit code of a server that nothing but a new start can help (EX_TEMPFAIL of sysexits.h). */
const EXIT_CODE = 75;

export interface OverloadLimits {
  readonly memoryMibMax: number;
  readonly connectionsMax: number;
  readonly drainReturnsPerSecond: number;
  readonly limits: Pick<Limits, "silentTimeoutMs">;
}

export interface OverloadParts extends Omit<LoadShedderOptions, "giveUp" | "returnsPerSecond"> {
  readonly pacer: Pick<HandshakePacer, "waiting">;
  /** What is to be put away before the process has to end. */
  readonly putAway: () => void;
}

export interface OverloadGuard {
  /** To be told that the listener has stopped by itself. */
  lost(error: unknown): void;
  stop(): void;
}

/** Guards this process against clients whose harm shows in no connection: from now on, until it is stopped. */
export function guardOverload(limits: OverloadLimits, parts: OverloadParts): OverloadGuard {
  const { admission, clock, hub, logger, pacer, putAway } = parts;
  const giveUp = () => {
    putAway();
    Deno.exit(EXIT_CODE);
  };
  const shedder = new LoadShedder({ ...parts, returnsPerSecond: limits.drainReturnsPerSecond, giveUp });
  const watchdog = new Watchdog({
    clock,
    rssBytes: () => Deno.memoryUsage().rss,
    rssBytesMax: limits.memoryMibMax * 1_048_576,
    // Who holds a place and has neither a session nor a turn to wait for, but for a moment while a socket opens.
    unansweredCloses: () => admission.total - hub.size - pacer.waiting,
    unansweredClosesMax: Math.min(UNANSWERED_CLOSES_MAX, limits.connectionsMax * UNANSWERED_SHARE),
    unansweredMs: limits.limits.silentTimeoutMs,
    shed: (trouble) => shedder.shed(trouble),
    giveUp: (trouble) => shedder.giveUp(trouble),
  });
  surviveOutsizedTexts(() => logger.warning("A text message of 512 MiB or more was dropped, and its client with it"));
  watchdog.start();
  return { lost: (error) => shedder.lost(error), stop: () => watchdog.stop() };
}
