import type { Clock } from "../lib/shared";
import type { FrameMeter } from "./frame_meter";
import { AGE_SHOWN_FROM_MS, formatAge } from "../format/age";
import type { Language } from "../i18n/language";
import { fill, type Texts, textsOf } from "../i18n/texts";
import type { ClientErrorCode, ClientState, QuoteClient } from "../net/quote_client";

/** The colour of the badge's dot. */
export type ConnectionTone = "live" | "weak" | "busy" | "stale" | "down";

/** What the connection badge shows, and whether prices may look live. */
export interface ConnectionView {
  readonly tone: ConnectionTone;
  readonly text: string;
  /** The data's age once it counts, else the round trip; "" when neither is known. */
  readonly detail: string;
  /** Frames a second now and as agreed; "" where no rate is agreed. */
  readonly rate: string;
  /** False greys every price on the screen. */
  readonly isLive: boolean;
}

/** What the badge shows before a client was asked. */
export const NOT_CONNECTED: ConnectionView = { tone: "busy", text: "", detail: "", rate: "", isLive: false };

/** What the badge is made from. */
export interface ConnectionFacts {
  readonly state: ClientState;
  /** Since anything was heard from the server, in milliseconds; `undefined` when nothing ever was. */
  readonly ageMs: number | undefined;
  /** Until the next attempt, in milliseconds; `undefined` when none is planned. */
  readonly retryInMs: number | undefined;
  readonly rttMs: number | undefined;
  /** Update frames a second in force; `undefined` when none is agreed. */
  readonly ratePerSecond: number | undefined;
  /** Frames of the last second. */
  readonly framesPerSecond: number;
  readonly isWeakNetwork: boolean;
  readonly errorCode: ClientErrorCode | undefined;
}

/** What the facts are read from: the app's parts. */
export interface ConnectionParts {
  readonly client: QuoteClient;
  /** The clock that the client was given. */
  readonly clock: Clock;
  readonly meter: Pick<FrameMeter, "framesPerSecond">;
}

export function connectionFacts({ client, clock, meter }: ConnectionParts): ConnectionFacts {
  const { retryAtMs } = client;
  return {
    state: client.state,
    ageMs: client.ageMs(),
    retryInMs: retryAtMs === undefined ? undefined : Math.max(0, retryAtMs - clock.nowMs()),
    rttMs: client.rttMs,
    ratePerSecond: client.ratePerSecond,
    framesPerSecond: meter.framesPerSecond,
    isWeakNetwork: client.isWeakNetwork,
    errorCode: client.lastError?.code,
  };
}

export function connectionView(facts: ConnectionFacts, language: Language): ConnectionView {
  const texts = textsOf(language).connection;
  const isLive = facts.state === "live" || facts.state === "polling";
  return {
    tone: isLive && facts.isWeakNetwork ? "weak" : toneOf(facts.state),
    text: textOf(facts, texts, language),
    detail: detailOf(facts, texts, language),
    rate: rateOf(facts, texts),
    isLive,
  };
}

function toneOf(state: ClientState): ConnectionTone {
  switch (state) {
    case "live":
    case "polling":
      return "live";
    case "stalled":
      return "stale";
    case "waiting":
    case "closed":
      return "down";
    case "idle":
    case "connecting":
    case "negotiating":
      return "busy";
  }
}

function textOf(facts: ConnectionFacts, texts: Texts["connection"], language: Language): string {
  switch (facts.state) {
    case "live":
      return facts.isWeakNetwork ? texts.weak : texts.live;
    case "polling":
      return texts.polling;
    case "stalled":
      return fill(texts.stalled, { age: formatAge(facts.ageMs ?? 0, language) });
    case "connecting":
    case "negotiating":
      return facts.ageMs === undefined ? texts.connecting : texts.reconnecting;
    case "waiting":
      return waitingText(facts, texts);
    case "closed":
      return facts.errorCode === "offline" ? texts.offline : texts.closed;
    case "idle":
      return texts.idle;
  }
}

function waitingText(facts: ConnectionFacts, texts: Texts["connection"]): string {
  if (facts.errorCode === "offline") return texts.offline;
  const seconds = Math.ceil((facts.retryInMs ?? 0) / 1000);
  return seconds === 0 ? texts.waitingNow : fill(texts.waiting, { seconds });
}

/** The stalled text carries the age itself. */
function detailOf(facts: ConnectionFacts, texts: Texts["connection"], language: Language): string {
  const { ageMs, rttMs, state } = facts;
  if (state === "stalled") return "";
  if (ageMs !== undefined && (state !== "live" || ageMs >= AGE_SHOWN_FROM_MS)) {
    return fill(texts.ago, { age: formatAge(ageMs, language) });
  }
  return state === "live" && rttMs !== undefined ? fill(texts.rtt, { ms: Math.round(rttMs) }) : "";
}

function rateOf({ state, framesPerSecond, ratePerSecond }: ConnectionFacts, texts: Texts["connection"]): string {
  if (state !== "live" || ratePerSecond === undefined) return "";
  return fill(texts.rate, { now: framesPerSecond, rate: ratePerSecond });
}
