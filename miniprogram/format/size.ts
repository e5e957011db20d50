import type { Language } from "../i18n/language";
import { divideRounded } from "./integers";
import { formatMagnitude, SHARES_PER_HAND } from "./magnitude";

/**
 * A number of shares in a narrow column, without a unit: in 手 for Chinese readers, in shares for English ones. Less than
 * one 手, as is left over from a rights issue, counts as one, since 0 would say that nothing was there.
 */
export function formatSize(shares: number, language: Language): string {
  if (language === "en" || shares === 0) return formatMagnitude(shares, language);
  return formatMagnitude(Math.max(1, divideRounded(shares, SHARES_PER_HAND)), language);
}
