/**
 * Seeded random numbers: the same seed gives the same numbers, on every machine that runs V8.
 *
 * The generator is xoshiro128** 1.1 by David Blackman and Sebastiano Vigna ("Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021): 128 bits of state, 32-bit arithmetic only, which is what JavaScript does fast.
 */

/** Largest seed: seeds are 32-bit unsigned integers. */
export const SEED_MAX = 0xffff_ffff;

const UINT32_RANGE = 0x1_0000_0000;

export class Random {
  #s0: number;
  #s1: number;
  #s2: number;
  #s3: number;
  #spareNormal: number | undefined;

  /** Takes the generator's raw state: four 32-bit words, not all zero. Everyday code uses {@link Random.stream}. */
  constructor(s0: number, s1: number, s2: number, s3: number) {
    if ((s0 | s1 | s2 | s3) === 0) {
      throw new RangeError("The state of xoshiro128** must not be all zeros: it would return 0 for ever");
    }
    this.#s0 = s0 | 0;
    this.#s1 = s1 | 0;
    this.#s2 = s2 | 0;
    this.#s3 = s3 | 0;
  }

  /**
   * An independent stream for one purpose, such as one symbol on one day: what one stream is asked for never moves
   * another.
   *
   * @param seed 0 to {@link SEED_MAX}.
   * @param name Any text; another text is another stream.
   */
  static stream(seed: number, name: string): Random {
    const next = splitMix32(hash(seed, name));
    return new Random(next(), next(), next(), next() | 1);
  }

  /** A whole number from 0 to 2^32 − 1. */
  uint32(): number {
    const product = Math.imul(this.#s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = this.#s1 << 9;
    this.#s2 ^= this.#s0;
    this.#s3 ^= this.#s1;
    this.#s1 ^= this.#s2;
    this.#s0 ^= this.#s3;
    this.#s2 ^= shifted;
    this.#s3 = (this.#s3 << 11) | (this.#s3 >>> 21);
    return result >>> 0;
  }

  /** Evenly spread over [0, 1). */
  uniform(): number {
    return this.uint32() / UINT32_RANGE;
  }

  /** Mean 1, the waiting time of a Poisson process. Never 0 and never above 23. */
  exponential(): number {
    return -Math.log((this.uint32() + 1) / (UINT32_RANGE + 1));
  }

  /** Mean 0, standard deviation 1, by Marsaglia's polar method. */
  normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spareNormal = y * factor;
      return x * factor;
    }
  }
}

/** FNV-1a over the seed's four bytes and then the text's UTF-16 units. */
function hash(seed: number, text: string): number {
  let state = 0x811c_9dc5;
  for (let shift = 0; shift < 32; shift += 8) state = Math.imul(state ^ ((seed >>> shift) & 0xff), 0x0100_0193);
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x0100_0193);
  return state;
}

/** Spreads 32 bits over as many words as a state needs; neighbouring inputs give unrelated words. */
function splitMix32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x9e37_79b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a_2d97);
    return word ^ (word >>> 15);
  };
}
