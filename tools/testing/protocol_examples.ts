import type { ClientMessage, ServerMessage } from "../../shared/messages.ts";

const PROTOCOL = await Deno.readTextFile(new URL("../../shared/PROTOCOL.md", import.meta.url));

function examples(direction: string): unknown[] {
  return [...PROTOCOL.matchAll(/^```json (\w+)\n([\s\S]*?)^```$/gm)].filter((match) => match[1] === direction)
    .map((match) => JSON.parse(match[2] ?? ""));
}

/** The messages that PROTOCOL.md shows, in its order; its own test holds them against their schemas. */
export const CLIENT_EXAMPLES = examples("client") as ClientMessage[];
export const SERVER_EXAMPLES = examples("server") as ServerMessage[];
