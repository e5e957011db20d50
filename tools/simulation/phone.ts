import type { QuoteClient, TapEntry } from "../../miniprogram/net/quote_client.ts";
import { createQuoteClient } from "../../miniprogram/net/socket_quote_client.ts";
import { wxPollTransport } from "../../miniprogram/net/wx_poll_transport.ts";
import { wxTransport } from "../../miniprogram/net/wx_transport.ts";
import { encode } from "../../shared/mod.ts";
import type { Dice } from "./dice.ts";
import type { Network } from "./network.ts";
import { SimulatedPlatform } from "./platform.ts";
import { SimulatedRequests } from "./polls.ts";
import { ProcessClock } from "./process_clock.ts";
import type { HttpAnswer } from "./server.ts";
import type { Seams } from "./seams.ts";
import type { Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";
import type { Verdict } from "./verdict.ts";

export interface PhoneParts {
  readonly name: string;
  readonly timeline: Timeline;
  readonly network: Network;
  /** The server's answer to a poll. */
  readonly ask: (body: string) => HttpAnswer | undefined;
  readonly dice: Dice;
  readonly startMs: number;
  readonly seams: Seams;
  readonly trace: Trace;
  readonly verdict: Verdict;
}

/** WeChat stops an app's scripts about 5 s after it went to the background. */
const FREEZE_AFTER_MS = 5_000;

/** A phone with the real client on it: it sleeps, loses its network, and has its clock set. */
export class SimulatedPhone {
  readonly name: string;
  readonly client: QuoteClient;
  readonly clock: ProcessClock;
  readonly platform: SimulatedPlatform;
  readonly #parts: PhoneParts;
  /** What the platform would have said while the scripts stood still. */
  readonly #backlog: (() => void)[] = [];
  #isHidden = false;

  constructor(parts: PhoneParts) {
    const { timeline, network, dice, seams } = parts;
    this.#parts = parts;
    this.name = parts.name;
    this.clock = new ProcessClock(timeline, parts.startMs);
    this.platform = new SimulatedPlatform({
      ...parts,
      dice: dice.for("platform"),
      network,
      isFrozen: () => this.clock.isFrozen,
      whenAwake: (run) => this.#whenAwake(run),
      note: (what) => this.#note(what),
    });
    const requests = new SimulatedRequests({
      ...parts,
      dice: dice.for("requests"),
      isOnline: () => this.platform.isOnline,
      note: (what) => this.#note(what),
      whenAwake: (run) => this.#whenAwake(run),
    });
    this.client = createQuoteClient({
      url: "ws://server/ws",
      transport: seams.transport(wxTransport(this.platform)),
      pollTransport: seams.pollTransport(wxPollTransport(requests)),
      clock: seams.clientClock(this.clock),
      random: dice.for("client").uniform,
      clientName: "simulation/1",
    });
    if (parts.trace.isRead) this.client.tap((entry) => this.#note(() => messageLine(entry)));
    this.client.on("state", (state) => this.#note(() => `is ${state}`));
    this.client.on("error", ({ code, text }) => this.#note(() => `error ${code}: ${text}`));
  }

  /** Whether somebody may be looking: the app is in front and its scripts run. */
  get isLookedAt(): boolean {
    return !this.#isHidden && !this.clock.isFrozen;
  }

  /** The app goes to the background for `spanMs`; its scripts stop after a while, unless it is back before. */
  background(spanMs: number): void {
    if (this.#isHidden || this.clock.isFrozen) return;
    const { timeline, dice } = this.#parts;
    this.#note(() => `goes to the background for ${spanMs} ms`);
    this.#isHidden = true;
    this.client.hide();
    const freezeAfterMs = dice.chance(0.2) ? dice.below(FREEZE_AFTER_MS) : FREEZE_AFTER_MS;
    if (freezeAfterMs < spanMs) timeline.after(freezeAfterMs, () => this.#freeze());
    timeline.after(spanMs, () => {
      const showFirst = dice.chance(0.5);
      if (showFirst) this.#show();
      this.#thaw();
      if (!showFirst) timeline.after(dice.below(50), () => this.#show());
    });
  }

  /** Everything stands still for a moment, and nobody told the app: a system under load. */
  hiccup(spanMs: number): void {
    if (this.#isHidden || this.clock.isFrozen) return;
    this.#note(() => `stands still for ${spanMs} ms`);
    this.#freeze();
    this.#parts.timeline.after(spanMs, () => this.#thaw());
  }

  /** Somebody, or the network, sets the phone's clock. */
  setClock(jumpMs: number): void {
    this.#note(() => `has its clock set by ${jumpMs} ms`);
    this.clock.jump(jumpMs);
  }

  /** Something on the way lets no socket through from now on, or does again. */
  setProxied(isBehindProxy: boolean): void {
    if (this.platform.isBehindProxy === isBehindProxy) return;
    this.#note(() =>
      isBehindProxy ? "is behind a proxy that lets no socket through" : "is behind no such proxy any more"
    );
    this.platform.isBehindProxy = isBehindProxy;
  }

  setOnline(isOnline: boolean, isTold: boolean): void {
    if (this.platform.isOnline === isOnline) return;
    this.#note(() => `has ${isOnline ? "a" : "no"} network${isTold ? "" : ", untold"}`);
    this.platform.isOnline = isOnline;
    if (isTold) this.tellOnline();
  }

  /** The platform tells the app whether there is a network. */
  tellOnline(): void {
    const { isOnline } = this.platform;
    this.#whenAwake(() => this.client.networkChanged(isOnline));
  }

  /** The platform says that the network is weak, or no longer. */
  setWeak(isWeak: boolean): void {
    this.#note(() => `is told that its network is ${isWeak ? "weak" : "good"}`);
    this.#whenAwake(() => this.client.networkWeakChanged(isWeak));
  }

  /** Runs now, or when the scripts run again and everything before it has run. */
  #whenAwake(run: () => void): void {
    if (this.clock.isFrozen || this.#backlog.length > 0) this.#backlog.push(run);
    else run();
  }

  #workOff(): void {
    if (this.clock.isFrozen) return;
    this.#backlog.shift()?.();
    if (this.#backlog.length > 0) this.#parts.timeline.after(0, () => this.#workOff());
  }

  #show(): void {
    if (!this.#isHidden) return;
    this.#isHidden = false;
    this.#note(() => "is looked at again");
    this.client.show();
  }

  #freeze(): void {
    if (this.clock.isFrozen) return;
    this.#note(() => "is frozen");
    this.clock.freeze(this.#parts.dice.chance(0.5) ? "overdue" : "asleep");
  }

  #thaw(): void {
    if (!this.clock.isFrozen) return;
    this.#note(() => "thaws");
    const timersFirst = this.#parts.dice.chance(0.5);
    if (timersFirst) this.clock.thaw();
    if (this.#backlog.length > 0) this.#parts.timeline.after(0, () => this.#workOff());
    if (!timersFirst) this.clock.thaw();
  }

  #note(what: () => string): void {
    this.#parts.trace.note(this.name, what);
  }
}

function messageLine({ direction, bytes, message, text }: TapEntry): string {
  const what = message ? encode(message) : text ?? "something that cannot be read";
  return `${direction === "in" ? "<-" : "->"} ${String(bytes).padStart(5)} ${what}`;
}
