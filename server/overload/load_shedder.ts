import type { Logger } from "@logtape/logtape";
import type { Clock } from "../../shared/mod.ts";
import type { Hub } from "../delivery/hub.ts";
import type { Tally } from "../delivery/tally.ts";
import type { Admission } from "../http/admission.ts";
import type { Listener } from "../http/listener.ts";
import type { Trouble } from "./watchdog.ts";

/** Time for the word to come back, and the close, to reach the clients before their lines are cut, in milliseconds. */
const FAREWELL_MS = 100;

/** A listener that is lost again this soon, in milliseconds, is not helped by cutting connections. */
const LOST_AGAIN_MS = 5_000;

export interface LoadShedderOptions {
  readonly hub: Pick<Hub, "size" | "announceDrain" | "dismissAll">;
  readonly admission: Pick<Admission, "total" | "draining">;
  readonly listener: Pick<Listener, "restart">;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Counts by cause how often all connections were cut. */
  readonly overloads: Tally;
  /** Clients that are asked to come back in a second. */
  readonly returnsPerSecond: number;
  /** Ends the process, which a supervisor starts again. */
  readonly giveUp: () => void;
}

/** Lets go of all connections at once, and takes them back: quotes and epoch stay, so each client resumes where it was. */
export class LoadShedder {
  #isShedding = false;
  #listeningSinceMs = -Infinity;

  constructor(private readonly options: LoadShedderOptions) {}

  /** Nothing is done where it is being done already, or in a drain. */
  async shed(trouble: Trouble): Promise<void> {
    const { admission, clock, hub, listener, logger, overloads, returnsPerSecond } = this.options;
    if (this.#isShedding || admission.draining) return;
    this.#isShedding = true;
    overloads.add(trouble.cause);
    logger.error(
      "Overload: {trouble}. All connections are cut, {sessions} of them clients that come back by themselves",
      { trouble: trouble.text, sessions: hub.size },
    );
    hub.announceDrain(returnsPerSecond);
    // Closed first: what is closed already does not wait for a last write when its line is cut.
    hub.dismissAll("drain");
    await new Promise<void>((resolve) => clock.setTimeout(resolve, FAREWELL_MS));
    const startedMs = clock.nowMs();
    try {
      await listener.restart();
      this.#listeningSinceMs = clock.nowMs();
      logger.warning("Listening again after {tookMs} ms", { tookMs: this.#listeningSinceMs - startedMs });
    } catch (error) {
      this.giveUp({ ...trouble, text: `the port cannot be had again (${error})` });
    }
    this.#isShedding = false;
  }

  /** Deno has stopped to listen. What holds all the file descriptors is cut; unless it was, a moment ago. */
  async lost(error: unknown): Promise<void> {
    const text = `no further connection can be accepted (${error})`;
    const trouble: Trouble = { cause: "descriptors", text };
    if (this.options.clock.nowMs() - this.#listeningSinceMs < LOST_AGAIN_MS) this.giveUp(trouble);
    else await this.shed(trouble);
  }

  /** The last resort. */
  giveUp({ text }: Trouble): void {
    this.options.logger.fatal(
      "Overload: {trouble}, though all connections were cut. The server ends so that its supervisor starts it again; " +
        "where nobody attacks it, give it more with --memory-mib-max",
      { trouble: text },
    );
    this.options.giveUp();
  }
}
