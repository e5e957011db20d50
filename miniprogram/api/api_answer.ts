import type { HttpAnswer } from "./requester";

/**
 * Why there is no answer:
 * - `unreachable`: none came, or one that says to try again; trying again may help;
 * - `edition`: the past looks otherwise by now: begin again without a link;
 * - `refused`: the server has no such thing, and will not have it the next time.
 */
export type ApiFault = "unreachable" | "edition" | "refused";

export type ApiAnswer = { readonly ok: true } | { readonly ok: false; readonly fault: ApiFault };

/** What an answer other than 200 says. */
export function faultOf({ status, body }: HttpAnswer): ApiFault {
  if (status === 400 && codeOf(body) === "edition") return "edition";
  return status === 0 || status === 429 || status >= 500 ? "unreachable" : "refused";
}

/** The code of an `ApiProblem`; `undefined` where the body is none. */
function codeOf(body: unknown): unknown {
  return (body as { error?: { code?: unknown } } | undefined)?.error?.code;
}
