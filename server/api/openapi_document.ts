/** The description of the HTTP API (OpenAPI 3.1), made of the schemas that the server itself parses with. */
import * as z from "zod/mini";
import { API_ROOT, ApiProblem, SymbolCode } from "../../shared/mod.ts";
import { type Route, ROUTES } from "./routes.ts";
import { DESCRIPTIONS } from "./descriptions.ts";

type Json = Record<string, unknown>;

export function openApiDocument(): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Tickwire",
      version: "1",
      description:
        "Candles, search, rankings, sectors and facts of a simulated A-share market. No price is a real one. " +
        "Prices are integers of 0.01 CNY; times are those of Shanghai.",
    },
    paths: Object.fromEntries(ROUTES.map((route) => [`${API_ROOT}${route.path}`, { get: operationOf(route) }])),
    components: { schemas: { Problem: schemaOf(ApiProblem) } },
  };
}

function operationOf({ operationId, summary, query, answer, faults, path }: Route): Json {
  const problems = Object.entries({ 400: "`bad_query`: a parameter that will not do.", ...faults });
  return {
    operationId,
    summary,
    parameters: [...pathParameters(path), ...queryParameters(query)],
    responses: {
      200: {
        description: "The answer.",
        headers: { etag: { schema: { type: "string" } } },
        content: json(schemaOf(answer)),
      },
      304: { description: "What `If-None-Match` names still holds." },
      ...Object.fromEntries(problems.map(([status, description]) => [status, {
        description,
        content: json({ $ref: "#/components/schemas/Problem" }),
      }])),
    },
  };
}

function pathParameters(path: string): Json[] {
  const name = /\{(.+)\}$/.exec(path)?.[1];
  if (name === undefined) return [];
  const schema = name === "symbol" ? schemaOf(SymbolCode) : { type: "string" };
  return [{ name, in: "path", required: true, ...described(name), schema }];
}

function queryParameters(query: z.ZodMiniObject): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: "input" });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    ...described(name),
    schema,
  }));
}

/** A schema as the document carries it: of the dialect that OpenAPI 3.1 takes for granted, with a word on each field. */
function schemaOf(schema: z.ZodMiniType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return withDescriptions(rest);
}

function withDescriptions(schema: z.core.JSONSchema.BaseSchema): Json {
  const { properties, items, anyOf, ...rest } = schema;
  const inside = Object.entries(properties ?? {}).map(([name, property]) =>
    [name, typeof property === "object" ? { ...described(name), ...withDescriptions(property) } : property] as const
  );
  return {
    ...rest,
    ...(properties ? { properties: Object.fromEntries(inside) } : {}),
    ...(typeof items === "object" && !Array.isArray(items) ? { items: withDescriptions(items) } : {}),
    ...(anyOf ? { anyOf: anyOf.map((one) => typeof one === "object" ? withDescriptions(one) : one) } : {}),
  };
}

function described(name: string): Json {
  const description = DESCRIPTIONS[name];
  return description === undefined ? {} : { description };
}

function json(schema: Json): Json {
  return { "application/json": { schema } };
}

/** As it is written to a file. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}
