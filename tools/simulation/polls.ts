import type { WxPosts } from "../../miniprogram/net/wx_poll_transport.ts";
import type { HttpAnswer } from "./server.ts";
import type { Dice } from "./dice.ts";
import type { Network } from "./network.ts";
import type { Timeline } from "./timeline.ts";

export interface PollParts {
  readonly timeline: Timeline;
  readonly network: Network;
  readonly dice: Dice;
  /** The server's answer to a body. */
  readonly ask: (body: string) => HttpAnswer | undefined;
  readonly isOnline: () => boolean;
  readonly note: (what: () => string) => void;
  /** Runs now, or when the phone's scripts run again. */
  readonly whenAwake: (run: () => void) => void;
}

/** WeChat's HTTP requests: answered once, late or never, and sometimes even after they were given up. */
export class SimulatedRequests implements WxPosts {
  constructor(private readonly parts: PollParts) {}

  request({ data, timeout, success, fail }: Parameters<WxPosts["request"]>[0]): { abort(): void } {
    const { timeline, network, dice, ask, isOnline, whenAwake, note } = this.parts;
    let isDone = false;
    const report = (run: () => void, how: string) => {
      if (isDone) return;
      isDone = true;
      note(() => `a poll ${how}`);
      whenAwake(run);
    };
    timeline.after(timeout, () => report(fail, "was not answered in time"));
    if (!isOnline()) {
      timeline.after(1, () => report(fail, "found no network"));
    } else {
      network.request(() => ask(data), (answer) =>
        report(() => {
          if (!answer) return fail();
          const header = answer.retryAfterSeconds === undefined ? {} : { "Retry-After": `${answer.retryAfterSeconds}` };
          success({ statusCode: answer.status, data: answer.body, header });
        }, answer ? `was answered with ${answer.status}` : "was refused"));
    }
    return {
      abort: () => {
        // Some platforms report a request that was given up as failed, some as if nothing had happened.
        note(() => "gives a poll up");
        if (dice.chance(0.3)) report(fail, "that was given up has failed");
        else if (dice.chance(0.7)) isDone = true;
      },
    };
  }
}
