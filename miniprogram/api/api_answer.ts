import type { HttpAnswer } from "./requester";

/**
 * Why there is no answer:
 * - `unreachable`: none came, or one that says to try again; trying again may help;
 * - `preparing`: the server is still making it, and will have it soon;
 * - `edition`: the past looks otherwise by now: begin again without a link;
 * - `refused`: the server has no such thing, and will not have it the next time.
 */
export type ApiFault = "unreachable" | "preparing" | "edition" | "refused";

export interface ApiFailure {
  readonly ok: false;
  readonly fault: ApiFault;
  /** How long the server asks to wait before the next attempt, in milliseconds; `undefined` where it does not say. */
  readonly retryAfterMs?: number;
}

export type ApiAnswer = { readonly ok: true } | ApiFailure;

/** The answer to something that cannot be understood: the next one will not be either. */
export const REFUSED: ApiFailure = { ok: false, fault: "refused" };

/** Whether the same request may be answered later. */
export function isPassing(fault: ApiFault): boolean {
  return fault === "unreachable" || fault === "preparing";
}

/** What an answer other than 200 says. */
export function failureOf(answer: HttpAnswer): ApiFailure {
  const { retryAfterMs } = answer;
  return { ok: false, fault: faultOf(answer), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function faultOf({ status, body }: HttpAnswer): ApiFault {
  if (status === 400 && codeOf(body) === "edition") return "edition";
  if (status === 503 && codeOf(body) === "not_ready") return "preparing";
  return status === 0 || status === 429 || status >= 500 ? "unreachable" : "refused";
}

/** The code of an `ApiProblem`; `undefined` where the body is none. */
function codeOf(body: unknown): unknown {
  return (body as { error?: { code?: unknown } } | undefined)?.error?.code;
}
