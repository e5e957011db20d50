import type { Clock } from "../lib/shared";
import { Timer } from "./timer";

/** Longest time that a processed frame stays unacknowledged, in milliseconds, where {@link Acknowledger} need not pause. */
export const ACK_WITHIN_MS = 1_000;

export interface AcknowledgerOptions {
  /**
   * What the server takes from a client. Acknowledgements take at most half of it: a flood of frames, such as the candles of
   * many symbols, must not make this client exceed a limit by being prompt.
   */
  readonly messagesPerSecond: number;
  /** Frames that the server leaves unacknowledged at the most. */
  readonly windowFrames: number;
  /** Bytes that it leaves unacknowledged, about. */
  readonly windowBytes: number;
}

/**
 * Tells the server which frames were processed: cumulatively, and as rarely as keeps its window open. An acknowledgement
 * costs the server as much as a frame, so one goes out when half the window is used, or else after {@link ACK_WITHIN_MS}.
 */
export class Acknowledger {
  private readonly send: (frame: number) => void;
  private readonly intervalMinMs: number;
  private readonly framesMax: number;
  private readonly bytesMax: number;
  private readonly deadline: Timer;
  private readonly pause: Timer;
  private highest = 0;
  private acknowledged = 0;
  private bytes = 0;
  private isDue = false;

  /** @param send Sends `ack` for every frame up to the one given. */
  constructor(clock: Clock, options: AcknowledgerOptions, send: (frame: number) => void) {
    this.deadline = new Timer(clock);
    this.pause = new Timer(clock);
    this.intervalMinMs = 2_000 / Math.max(1, options.messagesPerSecond);
    this.framesMax = Math.max(1, Math.floor(options.windowFrames / 2));
    this.bytesMax = options.windowBytes / 2;
    this.send = send;
  }

  /**
   * A frame was applied. Call it afterwards, not before: an acknowledgement invites the next frame.
   *
   * @param bytes Its length, about.
   */
  processed(frame: number, bytes: number): void {
    if (frame <= this.highest) return;
    this.highest = frame;
    this.bytes += bytes;
    if (this.highest - this.acknowledged >= this.framesMax || this.bytes >= this.bytesMax) this.flush();
    else if (!this.deadline.isSet) this.deadline.set(ACK_WITHIN_MS, () => this.flush());
  }

  stop(): void {
    this.deadline.clear();
    this.pause.clear();
  }

  private flush(): void {
    this.deadline.clear();
    this.isDue = this.pause.isSet;
    if (this.isDue) return;
    this.acknowledged = this.highest;
    this.bytes = 0;
    this.pause.set(this.intervalMinMs, () => {
      if (this.isDue) this.flush();
    });
    this.send(this.highest);
  }
}
