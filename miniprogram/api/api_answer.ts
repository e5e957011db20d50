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

/** What was asked for, or why it did not come. */
export type PageAnswer<Page> = { readonly ok: true; readonly page: Page } | ApiFailure;

/** What tells whether a body is a page. */
interface PageSchema<Page> {
  safeParse(body: unknown): { readonly success: true; readonly data: Page } | { readonly success: false };
}

/** Whether the same request may be answered later. */
export function isPassing(fault: ApiFault): boolean {
  return fault === "unreachable" || fault === "preparing";
}

/** Reads an answer. A body that is no page comes from another server than ours: the next one will not be either. */
export function answerOf<Page>(answer: HttpAnswer, schema: PageSchema<Page>): PageAnswer<Page> {
  const { status, body, retryAfterMs } = answer;
  if (status !== 200) {
    return { ok: false, fault: faultOf(answer), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  const page = schema.safeParse(body);
  return page.success ? { ok: true, page: page.data } : { ok: false, fault: "refused" };
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
