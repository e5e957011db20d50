/** Numbers as an operator reads them at a glance: three digits, a unit, no noise. */

/** 7.3, 42, 1,234, 56.7k, 1.2M. */
export function formatCount(value: number): string {
  if (value >= 999_500) return `${threeDigits(value / 1e6)}M`;
  if (value >= 10_000) return `${threeDigits(value / 1e3)}k`;
  return value >= 100 || Number.isInteger(value) ? group(Math.round(value)) : threeDigits(value);
}

/** 512 B, 7.3 kB, 42 MB, 1.2 GB; a kB is 1,000 bytes, so that the scales of charts are round. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${threeDigits(value)} ${units[unit]}`;
}

/** Times from a tenth of a millisecond up: 0.4 ms, 12 ms, 1.5 s. */
export function formatSeconds(seconds: number): string {
  return seconds < 0.9995 ? `${threeDigits(seconds * 1000)} ms` : `${threeDigits(seconds)} s`;
}

/** 3.2%, 87%. */
export function formatPercent(share: number): string {
  return `${threeDigits(share * 100)}%`;
}

/** 1.00, 12.3. */
export function formatRatio(value: number): string {
  return value >= 100 ? group(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2);
}

/** 3 d 4 h, 5 h 6 min, 7 min 8 s. */
export function formatSpan(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [days, hours, minutes] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3_600) % 24,
    Math.floor(whole / 60) % 60,
  ];
  if (days > 0) return `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}

/** At most three digits, one of them behind the point. */
function threeDigits(value: number): string {
  if (value >= 100) return group(Math.round(value));
  const text = value.toFixed(value >= 10 ? 0 : 1);
  return text.replace(/\.0$/, "");
}

function group(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
}
