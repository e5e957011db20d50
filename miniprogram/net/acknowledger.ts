import type { Clock } from "../lib/shared";
import { Timer } from "./timer";

/** Frames after which an acknowledgement goes out at once: half the server's window of four, so that the window never closes on a prompt client. */
export const ACK_EVERY_FRAMES = 2;

/** Longest time that a processed frame stays unacknowledged, in milliseconds. */
export const ACK_WITHIN_MS = 50;

/** Tells the server which frames were processed: cumulatively, and not one by one. */
export class Acknowledger {
  private readonly send: (frame: number) => void;
  private readonly timer: Timer;
  private highest = 0;
  private acknowledged = 0;

  /** @param send Sends `ack` for every frame up to the one given. */
  constructor(clock: Clock, send: (frame: number) => void) {
    this.timer = new Timer(clock);
    this.send = send;
  }

  /** A frame was applied. Call it afterwards, not before: an acknowledgement invites the next frame. */
  processed(frame: number): void {
    if (frame <= this.highest) return;
    this.highest = frame;
    if (this.highest - this.acknowledged >= ACK_EVERY_FRAMES) this.flush();
    else if (!this.timer.isSet) this.timer.set(ACK_WITHIN_MS, () => this.flush());
  }

  stop(): void {
    this.timer.clear();
    this.acknowledged = this.highest;
  }

  private flush(): void {
    this.timer.clear();
    this.acknowledged = this.highest;
    this.send(this.highest);
  }
}
