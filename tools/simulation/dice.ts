import { Random } from "../../server/exchange/random.ts";

/** Seeded choices. Each part of a world has dice of its own, so that a change in one part leaves the others as they were. */
export class Dice {
  readonly #random: Random;

  constructor(private readonly seed: number, private readonly name: string) {
    this.#random = Random.stream(seed, name);
  }

  /** Dice for a part of whatever these are for. */
  for(part: string): Dice {
    return new Dice(this.seed, `${this.name}/${part}`);
  }

  /** Evenly spread over [0, 1). */
  readonly uniform = (): number => this.#random.uniform();

  chance(probability: number): boolean {
    return this.#random.uniform() < probability;
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(this.#random.uniform() * count);
  }

  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  /** Mostly short and sometimes long: whole, at least 1, with this mean. */
  waitMs(meanMs: number): number {
    return 1 + Math.floor(this.#random.exponential() * meanMs);
  }

  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new RangeError("There is nothing to pick from");
    return from[this.below(from.length)] as T;
  }

  /** `count` different ones in random order, or all where there are fewer. */
  sample<T>(from: readonly T[], count: number): T[] {
    const left = [...from];
    const taken: T[] = [];
    while (taken.length < count && left.length > 0) taken.push(...left.splice(this.below(left.length), 1));
    return taken;
  }
}
