import type { QuoteClient, Subscription } from "../../miniprogram/net/quote_client.ts";
import type { Channel } from "../../shared/mod.ts";
import type { Dice } from "./dice.ts";

/** Symbols that do not exist, and texts that are none. */
const WRONG = ["999999.SH", "000000.BJ", "moutai", ""];

interface Page {
  readonly subscription: Subscription;
  symbols: readonly string[];
  channels: readonly Channel[];
}

/** Somebody who opens pages, scrolls, and leaves: what each page wants changes all the time. */
export class SimulatedUser {
  #pages: Page[] = [];

  constructor(
    private readonly client: QuoteClient,
    private readonly known: readonly string[],
    private readonly dice: Dice,
    private readonly note: (what: () => string) => void,
  ) {}

  /** Symbols that some page wants, and of each whether its candles are wanted. */
  get wanted(): ReadonlyMap<string, boolean> {
    const wanted = new Map<string, boolean>();
    for (const { symbols, channels } of this.#pages) {
      for (const symbol of symbols) {
        if (this.known.includes(symbol)) wanted.set(symbol, wanted.get(symbol) === true || channels.includes("candle"));
      }
    }
    return wanted;
  }

  /** Does one thing. */
  act(): void {
    const { dice } = this;
    const page = this.#pages.length > 0 ? dice.pick(this.#pages) : undefined;
    if (!page || (this.#pages.length < 4 && dice.chance(0.3))) this.#openPage();
    else if (dice.chance(0.25)) this.#leave(page);
    else this.#scroll(page);
  }

  /** Wants something for certain, so that a world has something to compare at its end. */
  settle(): void {
    if (this.wanted.size === 0) this.#openPage(this.known);
  }

  leaveAll(): void {
    for (const page of [...this.#pages]) this.#leave(page);
  }

  #openPage(symbols: readonly string[] = this.#choose()): void {
    const channels = this.#channels();
    this.note(() => `opens a page of ${symbols.join(" ")} (${channels.join(" ")})`);
    this.#pages.push({ subscription: this.client.subscribe({ symbols, channels }), symbols, channels });
  }

  #scroll(page: Page): void {
    page.symbols = this.#choose();
    if (this.dice.chance(0.3)) page.channels = this.#channels();
    this.note(() => `now wants ${page.symbols.join(" ")} (${page.channels.join(" ")})`);
    page.subscription.update(page.symbols, page.channels);
  }

  #leave(page: Page): void {
    this.note(() => `leaves a page of ${page.symbols.join(" ")}`);
    page.subscription.release();
    this.#pages = this.#pages.filter((other) => other !== page);
  }

  #choose(): string[] {
    const symbols = this.dice.sample(this.known, this.dice.between(1, this.known.length));
    if (this.dice.chance(0.1)) symbols.push(this.dice.pick(WRONG));
    return symbols;
  }

  #channels(): Channel[] {
    return this.dice.chance(0.6) ? ["quote", "candle"] : ["quote"];
  }
}
