import { assert, assertEquals } from "@std/assert";
import { ClientMessage, CLOSE, decodeClient, decodeServer, DEFAULT_LIMITS, ServerMessage } from "./mod.ts";

const TEXT = await Deno.readTextFile(new URL("./PROTOCOL.md", import.meta.url));

function examples(direction: "client" | "server"): string[] {
  return [...TEXT.matchAll(/^```json (\w+)\n([\s\S]*?)^```$/gm)].filter((match) => match[1] === direction)
    .map((match) => match[2] ?? "");
}

/** The rows of the table whose head starts with `head`, as cells without the code quotes. */
function table(head: string): string[][] {
  const lines = TEXT.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${head} `));
  assert(start >= 0, `PROTOCOL.md has no table that starts with ${head}`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return lines.slice(start + 2, end).map((line) =>
    line.split("|").slice(1, -1).map((cell) => cell.trim().replaceAll("`", ""))
  );
}

const typesIn = (texts: string[]) => new Set(texts.map((text) => JSON.parse(text).type as string));

Deno.test("every client example of PROTOCOL.md is a message that the server takes, whole", () => {
  for (const text of examples("client")) {
    const decoded = decodeClient(text);
    assert(decoded.ok, `${text}: ${decoded.ok ? "" : decoded.fault.message}`);
    assertEquals(decoded.message, JSON.parse(text), "an example may not have a field that the schema does not know");
  }
});

Deno.test("every server example of PROTOCOL.md is a message that the client takes, whole", () => {
  for (const text of examples("server")) {
    const decoded = decodeServer(text);
    assert(decoded.ok, `${text}: ${decoded.ok ? "" : decoded.fault.message}`);
    assertEquals(decoded.message, JSON.parse(text), "an example may not have a field that the schema does not know");
  }
});

Deno.test("every message type has an example in PROTOCOL.md", () => {
  const types = (union: typeof ClientMessage | typeof ServerMessage) =>
    new Set(union.def.options.flatMap((option) => option.shape.type.def.values.map(String)));
  assertEquals(typesIn(examples("client")), types(ClientMessage));
  assertEquals(typesIn(examples("server")), types(ServerMessage));
});

Deno.test("the close codes of PROTOCOL.md are those of the code, with their reasons and retry rules", () => {
  const inCode = Object.values(CLOSE).map(({ code, reason, retry }) => [String(code), reason, retry]);
  assertEquals(table("code"), inCode);
});

Deno.test("the limits of PROTOCOL.md are the defaults of the code", () => {
  const inCode = Object.entries(DEFAULT_LIMITS).map(([name, value]) => [name, String(value)]);
  assertEquals(table("limit").map((row) => row.slice(0, 2)), inCode);
});
