/**
 * Lengths relative to the screen become relative to the preview's phone, which on a desktop is narrower than the
 * window. The host sets `--rpx`, `--vw` and `--vh` (one unit each, in px) and the safe area on the phone's element.
 */
const UNITS: Record<string, string> = { rpx: "--rpx", vw: "--vw", vh: "--vh" };
const LENGTH = /(?<![\w#.-])([+-]?(?:\d+\.?\d*|\.\d+))(rpx|vw|vh)\b/g;
const SAFE_AREA = /\b(?:env|constant)\(\s*(safe-area-inset-(?:top|right|bottom|left))\s*(?:,[^()]*)?\)/g;

/** Rewrites the lengths in a CSS value or in an inline style. Strings and `url()` are left alone. */
export function rewriteLengths(value: string): string {
  if (!/rpx|vw|vh|safe-area/.test(value)) return value;
  return value.split(/("[^"]*"|'[^']*'|url\([^)]*\))/).map((part, i) => i % 2 === 1 ? part : rewritePlain(part)).join(
    "",
  );
}

function rewritePlain(value: string): string {
  return value
    .replace(LENGTH, (_, amount: string, unit: string) => {
      return Number(amount) === 0 ? "0px" : `calc(var(${UNITS[unit]}) * ${Number(amount)})`;
    })
    .replace(SAFE_AREA, (_, inset: string) => `var(--${inset}, 0px)`);
}
