import { assert, assertEquals } from "@std/assert";
import { API_ROOT } from "../../shared/mod.ts";
import { ApiBench, INDEX, MOUTAI } from "../../tools/testing/api_bench.ts";
import { fromJSONSchema } from "../../tools/testing/json_schema.ts";
import { DESCRIPTIONS } from "./descriptions.ts";
import { openApiDocument, openApiText } from "./openapi_document.ts";
import { OPENAPI_PATH, ROUTES } from "./routes.ts";

type Json = Record<string, unknown>;
interface Document {
  readonly paths: Record<string, { get: { responses: Record<string, { content: Record<string, { schema: Json }> }> } }>;
  readonly components: { readonly schemas: { readonly Problem: Json } };
}

/** Real requests to every path, in every shape of its answer. */
const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  "/candles": [
    `/candles?symbol=${MOUTAI}&period=1m`,
    `/candles?symbol=${MOUTAI}&period=week&adjust=forward&limit=3`,
    `/candles?symbol=${INDEX}&period=day`,
  ],
  "/sparklines": [`/sparklines?symbols=${MOUTAI},${INDEX}`, "/sparklines?symbols=999999.SH"],
  "/auctions/{symbol}": [`/auctions/${MOUTAI}`, `/auctions/${INDEX}`],
  "/search": ["/search?q=mt", "/search?q=nothing"],
  "/instruments/{symbol}": [`/instruments/${MOUTAI}`, `/instruments/${INDEX}`],
  "/rankings": ["/rankings?by=gain", "/rankings?by=volumeRatio&board=bse"],
  "/sectors": ["/sectors"],
  "/sectors/{sector}": ["/sectors/bank", "/sectors/liquor"],
};

/** Fields that only hold others; what they hold has a word. */
const CONTAINERS = ["error", "results", "stocks", "sectors", "id"];

const BENCH = new ApiBench({ days: 30, minuteDays: 2 });

async function served(): Promise<Document> {
  return await (await BENCH.get(OPENAPI_PATH)).json();
}

Deno.test("docs/openapi.json is what the schemas say now", async () => {
  const written = await Deno.readTextFile(new URL("../../docs/openapi.json", import.meta.url));
  const advice = "Write it anew: deno task docs:openapi";
  assertEquals(written, openApiText(), advice);
  assertEquals(JSON.stringify(await served()), JSON.stringify(openApiDocument()));
});

for (const { path, answer } of ROUTES) {
  Deno.test(`what ${path} really answers is what its description says, and nothing more`, async () => {
    const { paths } = await served();
    const schema = paths[`${API_ROOT}${path}`]?.get.responses["200"]?.content["application/json"]?.schema;
    assert(schema && REQUESTS[path]);
    const described = fromJSONSchema(schema);
    for (const target of REQUESTS[path]) {
      const response = await BENCH.get(`${API_ROOT}${target}`);
      const body: unknown = await response.json();
      assertEquals(response.status, 200, target);
      assertEquals(described.safeParse(body).error?.issues, undefined, target);
      // The schema drops what it does not know, so equality says that the answer has nothing else.
      assertEquals(answer.parse(body), body);
      assert(!described.safeParse({}).success, "The description accepts anything");
    }
  });
}

Deno.test("a refusal is what the description says", async () => {
  const problem = fromJSONSchema((await served()).components.schemas.Problem);
  for (const target of ["/candles", "/sectors/nothing"]) {
    assert(problem.safeParse(await (await BENCH.get(`${API_ROOT}${target}`)).json()).success);
  }
  assert(!problem.safeParse({ error: {} }).success);
});

/** The names of all fields and parameters within a part of the document, each with its description. */
function* fieldsOf(part: unknown): Generator<[string, unknown]> {
  if (typeof part !== "object" || part === null) return;
  if ("in" in part && "name" in part) yield [String(part.name), "description" in part ? part.description : undefined];
  for (const [key, value] of Object.entries(part)) {
    if (key === "properties") {
      for (const [name, property] of Object.entries(value)) yield [name, (property as Json).description];
    }
    yield* fieldsOf(value);
  }
}

Deno.test("every parameter and every field has its word, and every word a field", () => {
  const found = new Set<string>();
  for (const [name, description] of fieldsOf(openApiDocument())) {
    found.add(name);
    if (!CONTAINERS.includes(name)) assertEquals(description, DESCRIPTIONS[name] ?? "a word in descriptions.ts", name);
  }
  assertEquals(Object.keys(DESCRIPTIONS).filter((name) => !found.has(name)), []);
});
