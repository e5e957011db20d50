import type { Language } from "../i18n/language";

/** Age below which data counts as fresh and no age is shown, in milliseconds. */
export const AGE_SHOWN_FROM_MS = 2_000;

/**
 * How old data is, in whole seconds, minutes or hours, rounded down: "3秒", "2分", "5小时"; "3s", "2min", "5h".
 * Rounded down, because an age that reads one second too old would contradict a clock beside it.
 */
export function formatAge(ageMs: number, language: Language): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  const [secondText, minuteText, hourText] = language === "zh" ? ["秒", "分", "小时"] : ["s", "min", "h"];
  if (seconds < 60) return `${seconds}${secondText}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${minuteText}`;
  return `${Math.floor(minutes / 60)}${hourText}`;
}
