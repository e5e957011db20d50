import { type StatusCode } from "@std/http/status";

/** What went wrong, in a form for programs (`code`) and for people (`message`: what, where, what to do). */
export interface Problem {
  readonly status: StatusCode;
  readonly code: string;
  readonly message: string;
  /** The parameter at fault, where it is one. */
  readonly field?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The one form in which this server refuses a request. */
export function problemResponse({ status, code, message, field, headers }: Problem): Response {
  return Response.json({ error: { code, message, field } }, {
    status,
    headers: { "cache-control": "no-store", "x-content-type-options": "nosniff", ...headers },
  });
}
