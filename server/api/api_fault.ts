import { STATUS_CODE } from "@std/http/status";
import type { Problem } from "../http/problem.ts";
import { nearestOf } from "./nearest.ts";

/** Ends the answering of a request with a problem that its sender caused, or can wait for. */
export class ApiFault extends Error {
  override readonly name = "ApiFault";

  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** A parameter with a value that will not do. @param message What is wrong, and what would do. */
export function badQuery(field: string, message: string, code = "bad_query"): ApiFault {
  return new ApiFault({ status: STATUS_CODE.BadRequest, code, message, field });
}

/** Something named in the request that does not exist. @param known The names that do; the nearest is offered. */
export function unknown(field: string, what: string, name: string, known: Iterable<string>): ApiFault {
  const nearest = nearestOf(name, known);
  const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  const advice = field === "sector"
    ? "The sectors are listed at /api/v1/sectors."
    : "Look it up at /api/v1/search?q=….";
  const message = `There is no ${what} ${shown(name)}.${hint} ${advice}`;
  return new ApiFault({ status: STATUS_CODE.NotFound, code: `unknown_${field}`, message, field });
}

/** The market's past is still being made. */
export function notReady(): ApiFault {
  const message = "The market's history is still being prepared: try again in a few seconds.";
  const headers = { "retry-after": "2" };
  return new ApiFault({ status: STATUS_CODE.ServiceUnavailable, code: "not_ready", message, headers });
}

/** A value as it was sent, cut short: an answer must not echo a flood. */
export function shown(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
}
