import { CLOSE, type CloseName } from "../../shared/mod.ts";
import { LagHistogram } from "./lag_histogram.ts";
import { Tally } from "./tally.ts";

/** How a symbol was brought up to date for a client that came back. */
export type ResumeKind = "current" | "delta" | "snapshot";

/** Why a client asked for a symbol's snapshot again. */
export type RepairCause = "gap" | "checksum";

const CLOSE_NAMES = Object.keys(CLOSE) as CloseName[];

/**
 * What delivery has done since the process started, as plain numbers that only grow. Delivery counts with `stats.frames++`
 * wherever it does a thing; nothing is looked up, made or called for a frame. Who shows them reads them when asked.
 */
export class DeliveryStats {
  /** Frames handed to sockets: updates, snapshots, candles and trades. */
  frames = 0;
  /** Frames that were composed and encoded for one client, or for the first of those that share them. */
  framesComposed = 0;
  /** Frames that were handed over as another client's had been encoded. */
  framesShared = 0;
  /** Bytes of frames and of all other messages handed to sockets, without WebSocket's own headers. */
  bytesSent = 0;
  /** Updates of single quotes sent. */
  updates = 0;
  /** Ticks that those updates stood for; `ticksMerged / updates` is how many ticks one update merges. */
  ticksMerged = 0;
  /** Whole quotes sent. */
  snapshots = 0;
  /** Finished candles sent. */
  candles = 0;
  /** Trades sent. */
  trades = 0;
  /** Messages that are not frames: answers, pings, errors. */
  otherMessages = 0;

  messagesReceived = 0;
  /** Bytes of the messages received, without WebSocket's own headers. */
  bytesReceived = 0;

  /** Answers to HTTP polls. */
  polls = 0;
  /** Symbols of clients that came back, by what they needed. */
  readonly resumes = new Tally<ResumeKind>(["current", "delta", "snapshot"]);
  /** Symbols repaired without a new connection. */
  readonly repairs = new Tally<RepairCause>(["gap", "checksum"]);
  /** Ended sessions, by the cause; `peer` where the other end went by itself. */
  readonly closes = new Tally<CloseName | "peer">([...CLOSE_NAMES, "peer"]);
  /** Messages of clients that were refused, by the code of their `error`. */
  readonly refusals = new Tally();
  /** How long after its due time each flush ran. */
  readonly flushLag = new LagHistogram();
}
