/** From the text behind the question mark to a checked query, with a word on everything that will not do. */
import * as z from "zod/mini";
import { type ApiFault, badQuery, shown } from "./api_fault.ts";
import { nearestOf } from "./nearest.ts";

/** Parameters that are whole numbers; all others are text. */
const NUMBERS: ReadonlySet<string> = new Set(["limit"]);

/** What would do, for values that a pattern describes better to a machine than to a person. */
const FORMS: Readonly<Record<string, string>> = {
  symbols: "at most 200 symbols with commas between them, such as 600519.SH,000001.SZ",
  symbol: "six digits, a dot and SH, SZ or BJ, such as 600519.SH",
  before: "a date, or a date and a slot of the trading day, such as 20261120 or 20261120-119",
  after: "a date, or a date and a slot of the trading day, such as 20261120 or 20261120-119",
};

/**
 * @param schema A strict object.
 * @throws ApiFault naming the field, the value and what would do.
 */
export function parseQuery<T extends z.ZodMiniObject>(schema: T, params: URLSearchParams): z.output<T> {
  const known = Object.keys(schema.shape);
  const values: Record<string, unknown> = {};
  for (const [name, text] of params) {
    if (!known.includes(name)) throw unknownParameter(name, known);
    if (Object.hasOwn(values, name)) throw badQuery(name, `${name} is given twice: give it once.`);
    values[name] = NUMBERS.has(name) && /^\d{1,15}$/.test(text) ? Number(text) : text;
  }
  const result = z.safeParse(schema, values);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = String(issue?.path[0]);
  const given = params.get(field);
  const form = issue ? formOf(field, issue) : "another value";
  if (given === null) throw badQuery(field, `${field} is missing: it must be ${form}.`);
  throw badQuery(field, `${field} is ${shown(given)}: it must be ${form}.`);
}

function unknownParameter(name: string, known: readonly string[]): ApiFault {
  const nearest = nearestOf(name, known);
  const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  const all = known.length === 0 ? "It takes none here." : `Known are ${known.join(", ")}.`;
  return badQuery(name.slice(0, 60), `There is no parameter ${shown(name)}.${hint} ${all}`);
}

function formOf(field: string, issue: z.core.$ZodIssue): string {
  const form = FORMS[field];
  if (form) return form;
  switch (issue.code) {
    case "invalid_value":
      return `one of ${issue.values.join(", ")}`;
    case "too_small":
      return `at least ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `at most ${issue.maximum}${unitOf(issue.origin)}`;
    case "invalid_type":
      return issue.expected === "string" ? "some text" : "a whole number";
    default:
      return "of another form";
  }
}

function unitOf(origin: string): string {
  return origin === "string" ? " characters long" : "";
}
