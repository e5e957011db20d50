import { type Clock, systemClock } from "../shared/mod.ts";

/**
 * The server's clock: it starts at the wall clock's time and then only moves forward, at the machine's steady rate.
 * A step of the wall clock (NTP, a resumed virtual machine) would otherwise close every client as silent at once.
 */
export const steadyClock: Clock = {
  ...systemClock,
  nowMs: () => Math.floor(performance.timeOrigin + performance.now()),
};
