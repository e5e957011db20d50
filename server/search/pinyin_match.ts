/**
 * Whether letters spell a name: by its syllables (guizhou), by their initials (gzmt), or by a mixture, each syllable as
 * far as the person cared to type it (guizmt).
 */

/** A reading of a name, prepared for matching. */
export interface Reading {
  readonly syllables: readonly string[];
  /** First letters: gzmt. */
  readonly initials: string;
  /** All letters: guizhoumaotai. */
  readonly letters: string;
}

/** @param text Syllables between spaces: `gui zhou mao tai`. */
export function readingOf(text: string): Reading {
  const syllables = text.split(" ");
  return { syllables, initials: syllables.map((syllable) => syllable[0] ?? "").join(""), letters: syllables.join("") };
}

/** How well letters spell a reading; the lower, the better. */
export const SPELLS = { initials: 0, initialsFrom: 1, letters: 2, mixed: 3, within: 4, not: 5 } as const;
export type Spells = (typeof SPELLS)[keyof typeof SPELLS];

/**
 * Compares letters with a reading.
 *
 * @param query Not empty, of a–z and 0–9.
 * @returns `initials` when it is all of them, `initialsFrom` when it begins them, `letters` when it begins the whole
 * reading, `mixed` when each letter group begins the next syllable, `within` when it does all this from a later syllable.
 */
export function spells(query: string, { syllables, initials, letters }: Reading): Spells {
  const first = query.charAt(0);
  if (!initials.includes(first)) return SPELLS.not;
  if (initials.startsWith(first)) {
    if (initials.startsWith(query)) return initials.length === query.length ? SPELLS.initials : SPELLS.initialsFrom;
    if (letters.startsWith(query)) return SPELLS.letters;
    if (consumes(query, 0, syllables, 0)) return SPELLS.mixed;
  }
  for (let start = 1; start < syllables.length; start++) {
    if (initials[start] === first && consumes(query, 0, syllables, start)) return SPELLS.within;
  }
  return SPELLS.not;
}

/** Whether the letters from `at` on are beginnings, at least a letter each, of the syllables from `index` on. */
function consumes(query: string, at: number, syllables: readonly string[], index: number): boolean {
  const syllable = syllables[index];
  if (syllable === undefined) return false;
  for (let length = 1; length <= syllable.length; length++) {
    if (syllable[length - 1] !== query[at + length - 1]) return false;
    if (at + length === query.length || consumes(query, at + length, syllables, index + 1)) return true;
  }
  return false;
}
