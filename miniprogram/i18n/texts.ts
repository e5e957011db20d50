import { en } from "./en";
import type { Language } from "./language";
import { type Texts, zh } from "./zh";

export type { Texts } from "./zh";

const TEXTS: Readonly<Record<Language, Texts>> = { zh, en };

/** The same object at every call, so that an unchanged section compares equal. */
export function textsOf(language: Language): Texts {
  return TEXTS[language];
}

/** Fills the `{name}` places of a text. A place without a value stays as it is, to be seen and mended. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => name in values ? String(values[name]) : place);
}
