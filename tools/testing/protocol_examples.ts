import type { ClientMessage, ServerMessage } from "../../shared/messages.ts";

const read = (name: string) => Deno.readTextFile(new URL(`../../shared/${name}`, import.meta.url));
const TEXT = await read("PROTOCOL.md") + await read("PROTOCOL_BINARY.md");

function examples(direction: string): unknown[] {
  return [...TEXT.matchAll(/^```json (\w+)\n([\s\S]*?)^```$/gm)].filter((match) => match[1] === direction)
    .map((match) => JSON.parse(match[2] ?? ""));
}

/** The messages that PROTOCOL.md and PROTOCOL_BINARY.md show, in their order; tests of their own hold them against their schemas. */
export const CLIENT_EXAMPLES = examples("client") as ClientMessage[];
export const SERVER_EXAMPLES = examples("server") as ServerMessage[];
