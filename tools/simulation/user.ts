import type { QuoteClient, Subscription } from "../../miniprogram/net/quote_client.ts";
import { type Channel, CHANNELS, type Tier } from "../../shared/mod.ts";
import type { Dice } from "./dice.ts";

/** Symbols that do not exist, and texts that are none. */
const WRONG = ["999999.SH", "000000.BJ", "moutai", ""];

/** The nearest tier first: what several pages want of one symbol comes as the nearest of them needs it. */
const TIERS: readonly Tier[] = ["visible", "near", "hidden"];

interface Page {
  readonly subscription: Subscription;
  symbols: readonly string[];
  channels: readonly Channel[];
  tiers: ReadonlyMap<string, Tier>;
}

/** What all pages together want of one symbol. */
export interface Wish {
  readonly channels: ReadonlySet<Channel>;
  readonly tier: Tier;
}

/** Somebody who opens pages, scrolls, and leaves: what each page wants changes all the time. */
export class SimulatedUser {
  #pages: Page[] = [];
  /** Made when it is asked for, and again after a page has changed. */
  #wanted: ReadonlyMap<string, Wish> | undefined;

  constructor(
    private readonly client: QuoteClient,
    private readonly known: readonly string[],
    private readonly dice: Dice,
    private readonly note: (what: () => string) => void,
  ) {}

  /** Existing symbols that some page wants, and how. */
  get wanted(): ReadonlyMap<string, Wish> {
    return this.#wanted ??= this.#union();
  }

  #union(): ReadonlyMap<string, Wish> {
    const wanted = new Map<string, Wish>();
    for (const symbol of this.known) {
      const pages = this.#pages.filter(({ symbols }) => symbols.includes(symbol));
      if (pages.length === 0) continue;
      const channels = new Set(pages.flatMap((page) => page.channels));
      const tiers = pages.map(({ tiers }) => tiers.get(symbol) ?? "visible");
      wanted.set(symbol, { channels, tier: TIERS.find((tier) => tiers.includes(tier)) ?? "visible" });
    }
    return wanted;
  }

  /** Does one thing. */
  act(): void {
    const { dice } = this;
    this.#wanted = undefined;
    const page = this.#pages.length > 0 ? dice.pick(this.#pages) : undefined;
    if (!page || (this.#pages.length < 4 && dice.chance(0.3))) this.#openPage(this.#choose());
    else if (dice.chance(0.2)) this.#leave(page);
    else if (dice.chance(0.4)) this.#scroll(page);
    else if (dice.chance(0.9)) this.#turn(page);
    else this.#setRate();
  }

  /** Wants something for certain, so that a world has something to compare at its end. */
  settle(): void {
    if (this.wanted.size > 0) return;
    this.#wanted = undefined;
    this.#openPage(this.known);
  }

  leaveAll(): void {
    this.#wanted = undefined;
    for (const page of [...this.#pages]) this.#leave(page);
  }

  #openPage(symbols: readonly string[]): void {
    const channels = this.#channels();
    this.note(() => `opens a page of ${symbols.join(" ")} (${channels.join(" ")})`);
    const subscription = this.client.subscribe({ symbols, channels });
    this.#pages.push({ subscription, symbols, channels, tiers: new Map() });
  }

  /** Other symbols, or other channels, and all of them in view. */
  #turn(page: Page): void {
    page.symbols = this.#choose();
    if (this.dice.chance(0.3)) page.channels = this.#channels();
    this.note(() => `now wants ${page.symbols.join(" ")} (${page.channels.join(" ")})`);
    page.subscription.update(page.symbols, page.channels);
    if (page.tiers.size > 0) this.#setTiers(page, () => "visible");
  }

  /** The same symbols, some of them further away. */
  #scroll(page: Page): void {
    this.#setTiers(page, () => this.dice.pick(TIERS));
  }

  #setTiers(page: Page, choose: () => Tier): void {
    page.tiers = new Map(page.symbols.map((symbol) => [symbol, choose()]));
    const of = (tier: Tier) => page.symbols.filter((symbol) => page.tiers.get(symbol) === tier);
    const tiers = { visible: of("visible"), near: of("near"), hidden: of("hidden") };
    this.note(() =>
      `scrolls: visible ${tiers.visible.join(" ")}; near ${tiers.near.join(" ")}; hidden ${tiers.hidden.join(" ")}`
    );
    page.subscription.setTiers(tiers);
  }

  #setRate(): void {
    const perSecond = this.dice.pick([1, 3, 10]);
    this.note(() => `wants ${perSecond} frames a second`);
    this.client.setRate(perSecond);
  }

  #leave(page: Page): void {
    this.note(() => `leaves a page of ${page.symbols.join(" ")}`);
    page.subscription.release();
    this.#pages = this.#pages.filter((other) => other !== page);
  }

  #choose(): readonly string[] {
    // The whole list is what most people look at, and what their phones then have in common.
    if (this.dice.chance(0.3)) return this.known;
    const symbols = this.dice.sample(this.known, this.dice.between(1, this.known.length));
    if (this.dice.chance(0.1)) symbols.push(this.dice.pick(WRONG));
    return symbols;
  }

  #channels(): Channel[] {
    const others = CHANNELS.filter((channel) => channel !== "quote" && this.dice.chance(0.5));
    return this.dice.chance(0.8) || others.length === 0 ? ["quote", ...others] : others;
  }
}
