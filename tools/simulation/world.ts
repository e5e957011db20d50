import { DEFAULT_LIMITS, type Limits, STALL_GRACE_MS, SUBPROTOCOL_JSON } from "../../shared/mod.ts";
import { ClientWatch } from "./client_watch.ts";
import { Dice } from "./dice.ts";
import { Faults } from "./faults.ts";
import { SimulatedMarket } from "./market.ts";
import { Network } from "./network.ts";
import { SimulatedPhone } from "./phone.ts";
import type { Seams } from "./seams.ts";
import { errorText, SimulatedServer } from "./server.ts";
import { Timeline } from "./timeline.ts";
import { Trace } from "./trace.ts";
import { Truth } from "./truth.ts";
import { SimulatedUser } from "./user.ts";
import { Verdict } from "./verdict.ts";

/** 2026-11-20 10:00 in Shanghai. Phones have clocks of their own. */
const START_MS = 1_795_140_000_000;

/** How often a person looks, in milliseconds. */
const LOOK_INTERVAL_MS = 250;

/** Time from the end of the storm in which everybody must be back, and from then, or the last tick, to be in step, in milliseconds. */
const HEALING_MS = 60_000;
const SETTLING_MS = 6_000;

/** Phones in a few worlds: so many that several are flushed at one moment and share their frames. */
const CROWD = 12;

/** Time in which everything that was ended has ended, in milliseconds. */
const ENDING_MS = 45_000;

export interface Outcome {
  readonly seed: number;
  /** What went wrong; `undefined` where nothing did. */
  readonly failure: string | undefined;
  readonly trace: readonly string[];
  /** Time that passed in the world, in milliseconds. */
  readonly simulatedMs: number;
  readonly ticks: number;
}

interface Watched {
  readonly phone: SimulatedPhone;
  readonly user: SimulatedUser;
  readonly watch: ClientWatch;
}

/** A server, a market, phones with people, and a network between them: one seed is one course of events. */
export class World {
  readonly #timeline = new Timeline();
  readonly #trace: Trace;
  readonly #verdict: Verdict;
  readonly #truth = new Truth();
  readonly #dice: Dice;
  readonly #limits: Limits;
  readonly #market: SimulatedMarket;
  readonly #server: SimulatedServer;
  readonly #faults: Faults;
  readonly #watched: Watched[];
  #isStormy = true;

  constructor(private readonly seed: number, seams: (dice: Dice) => Seams, isTraced: boolean) {
    const timeline = this.#timeline;
    const dice = this.#dice = new Dice(seed, "world");
    const trace = this.#trace = new Trace(timeline, isTraced);
    const verdict = this.#verdict = new Verdict(timeline, trace);
    const truth = this.#truth;
    const limits = this.#limits = chooseLimits(dice.for("limits"));
    const market = this.#market = new SimulatedMarket(timeline, dice.for("market"));
    const put = seams(dice.for("seams"));
    // Half of all worlds speak text, in which a trace is easier to follow.
    const isText = dice.chance(0.5) && put.protocols.includes(SUBPROTOCOL_JSON);
    const protocols = isText ? [SUBPROTOCOL_JSON] : put.protocols;
    const common = { timeline, truth, trace, verdict, limits, market, seams: put };
    const server = this.#server = new SimulatedServer({
      ...common,
      protocols,
      dice: dice.for("server"),
      startMs: START_MS,
    });
    const network = new Network(timeline, dice.for("network"), server.accept, (connection, data) => {
      server.arrived(connection, data);
    });
    const symbols = market.instruments.map(({ symbol }) => symbol);
    this.#watched = Array.from({ length: dice.chance(0.02) ? CROWD : dice.pick([1, 1, 2]) }, (_, i) => {
      const name = `phone ${i + 1}`;
      const own = dice.for(name);
      const startMs = START_MS + own.between(-60_000, 60_000);
      const phone = new SimulatedPhone({
        ...common,
        name,
        network,
        ask: (body) => server.poll(body),
        dice: own,
        startMs,
      });
      const user = new SimulatedUser(
        phone.client,
        symbols,
        own.for("user"),
        (what) => trace.note(`user ${i + 1}`, what),
      );
      return { phone, user, watch: new ClientWatch(name, phone.client, truth, verdict, () => timeline.nowMs) };
    });
    const phones = this.#watched.map(({ phone }) => phone);
    this.#faults = new Faults({ ...common, dice: dice.for("faults"), network, phones, server });
  }

  /** Lets the world run to its end, or to the first broken promise. */
  run(): Outcome {
    try {
      this.#live();
    } catch (error) {
      this.#verdict.fail(`an exception: ${errorText(error)}`);
    }
    return {
      seed: this.seed,
      failure: this.#verdict.failure,
      trace: this.#trace.lines,
      simulatedMs: this.#timeline.nowMs,
      ticks: this.#server.board?.ticks ?? 0,
    };
  }

  #live(): void {
    this.#server.start();
    for (const each of this.#watched) {
      each.phone.client.open();
      this.#planLook(each);
      this.#planAct(each);
    }
    this.#faults.begin();
    this.#pass(this.#dice.pick([5_000, 15_000, 40_000]));
    this.#isStormy = false;
    this.#trace.note("world", () => "heals");
    this.#faults.end();
    for (const { user } of this.#watched) user.settle();
    this.#heal();
    this.#end();
  }

  /** Everybody must be back and in step within the bound; and the server must know of nobody who is not there. */
  #heal(): void {
    const endMs = this.#timeline.nowMs + HEALING_MS;
    const isBack = ({ phone: { isLookedAt, platform, client } }: Watched) =>
      this.#server.isServing && isLookedAt &&
      (platform.isBehindProxy ? client.state === "polling" : client.state === "live" && platform.hasLine);
    while (this.#isGood && this.#timeline.nowMs < endMs && !this.#watched.every(isBack)) this.#pass(500);
    this.#pass(SETTLING_MS);
    this.#market.stop();
    this.#pass(SETTLING_MS);
    this.#checkInStep();
    this.#pass(Math.max(0, endMs - this.#timeline.nowMs));
    const { sessions } = this.#server;
    const lines = this.#watched.filter(({ phone }) => !phone.platform.isBehindProxy).length;
    if (sessions !== lines) this.#verdict.fail(`the server has ${sessions} sessions for ${lines} phones with a line`);
  }

  get #isGood(): boolean {
    return this.#verdict.failure === undefined;
  }

  #pass(spanMs: number): void {
    if (this.#isGood) this.#timeline.runUntil(this.#timeline.nowMs + spanMs);
  }

  #planLook(watched: Watched): void {
    const patienceMs = this.#limits.heartbeatIntervalMs + STALL_GRACE_MS;
    this.#timeline.after(LOOK_INTERVAL_MS, () => {
      const { phone, user, watch } = watched;
      watch.checkFreshness(phone.isLookedAt ? user.wanted.keys() : [], patienceMs);
      this.#planLook(watched);
    });
  }

  #planAct(watched: Watched): void {
    this.#timeline.after(this.#dice.waitMs(3_000), () => {
      if (!this.#isStormy) return;
      if (watched.phone.isLookedAt) watched.user.act();
      this.#planAct(watched);
    });
  }

  #checkInStep(): void {
    const { board } = this.#server;
    for (const { phone, user, watch } of this.#watched) {
      for (const [symbol, wish] of user.wanted) {
        const state = board?.get(symbol);
        const difference = state ? watch.difference(state, this.#market.book(symbol), wish) : "there is no server";
        if (difference !== undefined) this.#verdict.fail(`${phone.name} is not in step after the storm: ${difference}`);
      }
    }
    for (const { phone, watch } of this.#watched) {
      const repairs = watch.needlessRepairs();
      if (repairs !== undefined) this.#verdict.fail(`${phone.name}: ${repairs}`);
    }
  }

  #end(): void {
    for (const { phone, user } of this.#watched) {
      user.leaveAll();
      phone.client.close();
    }
    this.#pass(ENDING_MS);
    this.#server.closeAll();
    this.#pass(1_000);
    if (!this.#isGood) return;
    for (const { phone } of this.#watched) {
      const left = phone.clock.pendingTimers;
      if (left > 0) this.#verdict.fail(`${phone.name} has ${left} timers left after its end`);
    }
    if (this.#server.sessions > 0) this.#verdict.fail(`the server has ${this.#server.sessions} sessions after the end`);
    if (this.#server.pendingTimers > 0) this.#verdict.fail(`the server has ${this.#server.pendingTimers} timers left`);
  }
}

/** Mostly what is shipped, and sometimes as tight as a server may be made. */
function chooseLimits(dice: Dice): Limits {
  if (dice.chance(0.5)) return DEFAULT_LIMITS;
  return {
    ...DEFAULT_LIMITS,
    symbolsMax: dice.pick([8, 500]),
    rateMaxPerSecond: dice.pick([2, 4, 10]),
    heartbeatIntervalMs: dice.pick([1_000, 4_000]),
    ackWindowFrames: dice.pick([2, 4, 8]),
    unackedBytesMax: dice.pick([24, 48]) * 1024,
    bufferedBytesMax: dice.pick([8, 256]) * 1024,
  };
}
