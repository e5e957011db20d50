import type { Clock } from "../lib/shared";
import { Timer } from "./timer";

/** Frames after which an acknowledgement goes out at once: half the server's window of four, so that the window never closes on a prompt client. */
export const ACK_EVERY_FRAMES = 2;

/** Longest time that a processed frame stays unacknowledged, in milliseconds, where {@link Acknowledger} need not pause. */
export const ACK_WITHIN_MS = 50;

/** Tells the server which frames were processed: cumulatively, and not one by one. */
export class Acknowledger {
  private readonly send: (frame: number) => void;
  private readonly intervalMinMs: number;
  private readonly deadline: Timer;
  private readonly pause: Timer;
  private highest = 0;
  private acknowledged = 0;
  private isDue = false;

  /**
   * @param messagesPerSecond What the server takes from a client. Acknowledgements take at most half of it: a flood of
   * frames, such as the candles of many symbols, must not make this client exceed a limit by being prompt.
   * @param send Sends `ack` for every frame up to the one given.
   */
  constructor(clock: Clock, messagesPerSecond: number, send: (frame: number) => void) {
    this.deadline = new Timer(clock);
    this.pause = new Timer(clock);
    this.intervalMinMs = 2_000 / Math.max(1, messagesPerSecond);
    this.send = send;
  }

  /** A frame was applied. Call it afterwards, not before: an acknowledgement invites the next frame. */
  processed(frame: number): void {
    if (frame <= this.highest) return;
    this.highest = frame;
    if (this.highest - this.acknowledged >= ACK_EVERY_FRAMES) this.flush();
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
    this.pause.set(this.intervalMinMs, () => {
      if (this.isDue) this.flush();
    });
    this.send(this.highest);
  }
}
