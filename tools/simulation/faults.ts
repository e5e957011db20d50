import type { Connection } from "./connection.ts";
import type { Dice } from "./dice.ts";
import type { Direction, Network } from "./network.ts";
import type { SimulatedPhone } from "./phone.ts";
import type { SimulatedMarket } from "./market.ts";
import type { SimulatedServer } from "./server.ts";
import type { Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";

export interface FaultParts {
  readonly timeline: Timeline;
  readonly dice: Dice;
  readonly network: Network;
  readonly phones: readonly SimulatedPhone[];
  readonly server: SimulatedServer;
  readonly market: SimulatedMarket;
  readonly trace: Trace;
}

/**
 * Everything that goes wrong. A seed has only some of the kinds (Groce et al., "Swarm testing", ISSTA 2012): a world in
 * which the server restarts every few seconds would never show what a long stall does.
 */
export class Faults {
  readonly #kinds: (() => void)[];
  readonly #meanWaitMs: number;
  #isOver = false;
  /** Phones that are behind such a proxy for good. */
  readonly #staysProxied: ReadonlySet<SimulatedPhone>;

  constructor(private readonly parts: FaultParts) {
    const { dice } = parts;
    const all = [
      () => this.#cut(),
      () => this.#stall(),
      () => this.#background(),
      () => this.#hiccup(),
      () => this.#setClock(),
      () => this.#offline(),
      () => this.#weaken(),
      () => this.#proxy(),
      () => this.#swallow(),
      () => this.#crash(),
      () => this.#drain(),
      () => this.parts.server.dismiss(),
      () => this.#reopen(),
    ];
    this.#kinds = dice.sample(all, dice.between(1, all.length));
    this.#meanWaitMs = dice.pick([800, 3_000, 8_000]);
    this.#staysProxied = new Set(parts.phones.filter(() => dice.chance(0.05)));
    for (const phone of this.#staysProxied) phone.setProxied(true);
  }

  begin(): void {
    this.#planNext();
  }

  /** No fault begins any more, and what is still broken is mended. */
  end(): void {
    const { network, phones, server } = this.parts;
    this.#isOver = true;
    network.heal();
    server.isCalm = true;
    for (const phone of phones) {
      phone.platform.isCalm = true;
      phone.setOnline(true, false);
      phone.tellOnline();
      phone.setProxied(this.#staysProxied.has(phone));
      phone.client.open();
    }
    if (!server.isUp) this.#restart();
  }

  #planNext(): void {
    const { timeline, dice } = this.parts;
    timeline.after(dice.waitMs(this.#meanWaitMs), () => {
      if (this.#isOver) return;
      dice.pick(this.#kinds)();
      this.#planNext();
    });
  }

  #connection(): Connection | undefined {
    const whole = this.parts.network.connections.filter((connection) => connection.isWhole);
    return whole.length > 0 ? this.parts.dice.pick(whole) : undefined;
  }

  #cut(): void {
    const connection = this.#connection();
    if (!connection) return;
    this.#note(() => `connection ${connection.id} is cut`);
    connection.cut();
  }

  #stall(): void {
    const { dice, network } = this.parts;
    const connection = this.#connection();
    if (!connection) return;
    const direction = dice.pick<Direction>(["down", "up", "both"]);
    const spanMs = dice.pick([300, 2_000, 7_000, 20_000, 60_000]);
    this.#note(() => `connection ${connection.id} stalls for ${spanMs} ms: ${direction}`);
    network.stall(connection, direction, spanMs);
  }

  #background(): void {
    const { dice } = this.parts;
    dice.pick(this.parts.phones).background(dice.pick([100, 2_900, 4_000, 9_000, 30_000]));
  }

  #hiccup(): void {
    const { dice } = this.parts;
    dice.pick(this.parts.phones).hiccup(dice.pick([50, 1_000, 5_000, 12_000]));
  }

  #setClock(): void {
    const { dice } = this.parts;
    dice.pick(this.parts.phones).setClock(dice.pick([-3_600_000, -30_000, -1_000, 500, 10_000, 86_400_000]));
  }

  #offline(): void {
    const { dice, phones, timeline, network } = this.parts;
    const phone = dice.pick(phones);
    if (!phone.platform.isOnline) return;
    phone.setOnline(false, dice.chance(0.7));
    for (const connection of network.connections) if (dice.chance(0.5)) connection.cut();
    timeline.after(dice.pick([200, 3_000, 15_000]), () => phone.setOnline(true, dice.chance(0.7)));
  }

  #proxy(): void {
    const { dice, phones, timeline, network } = this.parts;
    const phone = dice.pick(phones);
    phone.setProxied(true);
    for (const connection of network.connections) if (dice.chance(0.5)) connection.cut();
    timeline.after(dice.pick([3_000, 20_000]), () => phone.setProxied(this.#staysProxied.has(phone)));
  }

  #weaken(): void {
    const { dice, phones, timeline } = this.parts;
    const phone = dice.pick(phones);
    phone.setWeak(true);
    timeline.after(dice.pick([500, 10_000]), () => phone.setWeak(false));
  }

  #swallow(): void {
    const { dice, network, timeline } = this.parts;
    if (network.isSwallowing) return;
    this.#note(() => "handshakes vanish");
    network.isSwallowing = true;
    timeline.after(dice.pick([500, 5_000, 15_000]), () => {
      network.isSwallowing = false;
    });
  }

  #crash(): void {
    const { dice, server, timeline } = this.parts;
    if (!server.isUp) return;
    server.crash(dice.chance(0.3));
    timeline.after(dice.pick([20, 1_000, 8_000]), () => this.#restart());
  }

  #drain(): void {
    const { dice, server, timeline } = this.parts;
    if (!server.isUp) return;
    server.drain();
    timeline.after(dice.pick([2_100, 5_000]), () => this.#restart());
  }

  #restart(): void {
    const { dice, server, market } = this.parts;
    if (server.isUp) return;
    if (dice.chance(0.4)) market.forgetDay();
    server.start();
  }

  /** A person asks for the connection to be ended, and a moment later for another. */
  #reopen(): void {
    const { dice, phones, timeline } = this.parts;
    const phone = dice.pick(phones);
    if (!phone.isLookedAt) return;
    this.#note(() => `${phone.name} closes, to open again`);
    phone.client.close();
    timeline.after(dice.pick([0, 50, 1_000, 3_000]), () => phone.client.open());
  }

  #note(what: () => string): void {
    this.parts.trace.note("fault", what);
  }
}
