import type { Language } from "../i18n/language";
import { fill, type Texts, textsOf } from "../i18n/texts";
import type { ClientError, QuoteClient } from "../net/quote_client";

/** What stands in place of the prices when there has never been one: what is wrong, and what to do. */
export interface ProblemView {
  readonly title: string;
  readonly address: string;
  readonly hint: string;
}

export const NO_PROBLEM: ProblemView = { title: "", address: "", hint: "" };

/** What keeps the client from a first price; {@link NO_PROBLEM} while nothing has failed yet. */
export function problemView(client: Pick<QuoteClient, "lastError" | "url">, language: Language): ProblemView {
  const error = client.lastError;
  if (!error) return NO_PROBLEM;
  const texts = textsOf(language).problem;
  return {
    title: titleOf(error, texts),
    address: fill(texts.address, { url: client.url }),
    hint: hintOf(error, texts),
  };
}

function titleOf(error: ClientError, texts: Texts["problem"]): string {
  switch (error.code) {
    case "offline":
      return texts.offlineTitle;
    case "refused":
    case "closed_by_server":
      return texts.refusedTitle;
    default:
      return texts.title;
  }
}

function hintOf(error: ClientError, texts: Texts["problem"]): string {
  switch (error.code) {
    case "offline":
      return texts.offlineHint;
    case "cannot_connect":
      return texts.connectHint;
    case "no_answer":
    case "wrong_protocol":
    case "nonsense":
      return texts.protocolHint;
    case "refused":
    case "closed_by_server":
      return fill(texts.refusedHint, { reason: error.text });
    case "lost":
    case "silent":
      return texts.brokenHint;
  }
}
