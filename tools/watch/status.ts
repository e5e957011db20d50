import { formatAge } from "../../miniprogram/format/age.ts";
import type { Language } from "../../miniprogram/i18n/language.ts";
import type { QuoteClient } from "../../miniprogram/net/quote_client.ts";
import { harmless } from "./text_width.ts";
import { TEXTS } from "./texts.ts";

type Status = Pick<QuoteClient, "state" | "rttMs" | "ageMs" | "retryAtMs" | "lastError" | "market" | "url">;

/** How the line is, in one line: state, round trip, silence, rate; without a line, why and when the next attempt comes. */
export function statusLine(client: Status, updatesPerSecond: number, language: Language, nowMs: number): string {
  const texts = TEXTS[language];
  const parts = [texts.states[client.state]];
  const ageMs = client.ageMs();
  if (["live", "stalled", "polling"].includes(client.state)) {
    if (client.rttMs !== undefined) parts.push(`${texts.roundTrip} ${Math.round(client.rttMs)} ms`);
    if (ageMs !== undefined) parts.push(`${texts.age} ${formatAge(ageMs, language)}`);
    parts.push(`${updatesPerSecond.toFixed(1)} ${texts.updates}`);
    if (client.market?.simulated) parts.push(texts.simulated);
  } else if (client.retryAtMs !== undefined) {
    parts.push(texts.retryIn(Math.max(0, Math.ceil((client.retryAtMs - nowMs) / 1_000))));
  }
  parts.push(client.lastError ? harmless(client.lastError.text) : client.url);
  return parts.join(" · ");
}
