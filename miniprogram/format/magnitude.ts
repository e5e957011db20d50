/** Large counts in three or four digits and a unit: 万 and 亿 in Chinese, K, M and B in English. */
import { divideRounded, hundredthsToText } from "./integers";
import type { Language } from "../i18n/language";

/** Shares in one 手. Volumes are kept in shares and shown in 手 to Chinese readers, as every A-share screen does. */
export const SHARES_PER_HAND = 100;

interface Unit {
  readonly size: number;
  readonly suffix: string;
}

/** Largest first. The first one, in either language, has no larger neighbour to round up into. */
const UNITS: Readonly<Record<Language, readonly Unit[]>> = {
  zh: [
    { size: 1e12, suffix: "万亿" },
    { size: 1e8, suffix: "亿" },
    { size: 1e4, suffix: "万" },
  ],
  en: [
    { size: 1e12, suffix: "T" },
    { size: 1e9, suffix: "B" },
    { size: 1e6, suffix: "M" },
    { size: 1e3, suffix: "K" },
  ],
};

/**
 * A whole number of at least 0 with two decimals below 100 units, one below 1000 and none above: "12.35亿", "123.5万", "3456".
 * It never rounds up into a unit it does not name: 99 999 999 is "1.00亿", not "10000万".
 */
export function formatMagnitude(count: number, language: Language): string {
  const units = UNITS[language];
  for (let i = 0; i < units.length; i++) {
    const unit = units[i] as Unit;
    // Half of the last digit shown is enough to reach the unit, since the smaller unit would then round up into it.
    if (count >= unit.size - halfOfLastDigitBelow(units[i + 1]?.size ?? 1, unit.size)) return scaled(count, unit);
  }
  return String(count);
}

/** Shares as text: in 手 for Chinese readers ("1.23万手"), in shares for English ones ("1.23M"). */
export function formatVolume(shares: number, language: Language): string {
  if (language === "en") return formatMagnitude(shares, language);
  return `${formatMagnitude(divideRounded(shares, SHARES_PER_HAND), language)}手`;
}

/** Money as text, without a currency sign. @param turnover In units of 0.01 CNY. */
export function formatTurnover(turnover: number, language: Language): string {
  return formatMagnitude(divideRounded(turnover, 100), language);
}

function halfOfLastDigitBelow(smaller: number, larger: number): number {
  return smaller === 1 ? 0 : decimalsStep(larger / smaller) * smaller / 2;
}

/** The step of the last digit that {@link scaled} shows for a value of `value` units. */
function decimalsStep(value: number): number {
  if (value < 100) return 0.01;
  return value <= 1000 ? 0.1 : 1;
}

function scaled(count: number, unit: Unit): string {
  const hundredths = divideRounded(count, unit.size / 100);
  if (hundredths < 10_000) return `${hundredthsToText(hundredths)}${unit.suffix}`;
  const tenths = divideRounded(count, unit.size / 10);
  if (tenths < 10_000) return `${Math.floor(tenths / 10)}.${tenths % 10}${unit.suffix}`;
  return `${divideRounded(count, unit.size)}${unit.suffix}`;
}
