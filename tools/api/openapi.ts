/** Writes docs/openapi.json anew: `deno task docs:openapi`. */
import { openApiText } from "../../server/api/openapi_document.ts";

if (import.meta.main) {
  const file = new URL("../../docs/openapi.json", import.meta.url);
  await Deno.writeTextFile(file, openApiText());
  console.log("docs/openapi.json");
}
