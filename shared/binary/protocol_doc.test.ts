import { assert, assertEquals } from "@std/assert";
import { BinaryLine } from "../../tools/testing/binary_line.ts";
import type { ClientMessage, ServerMessage } from "../messages.ts";
import { ByteReader } from "./byte_reader.ts";
import { ByteWriter } from "./byte_writer.ts";
import { decodeClientBytes, encodeClient, ServerDecoder } from "./mod.ts";
import {
  CHANNEL_ORDER,
  CLIENT_TYPE,
  FRAME_NUMBER_BIT,
  KIND_ORDER,
  PHASE_ORDER,
  SERVER_TYPE,
  SIDE_ORDER,
  TIER_ORDER,
  UPDATE_BIT,
} from "./wire.ts";

const TEXT = await Deno.readTextFile(new URL("../PROTOCOL_BINARY.md", import.meta.url));

interface Example {
  readonly bytes: Uint8Array;
  readonly message: unknown;
}

/** The examples of one direction, in order: bytes with a remark behind a bar on each line, then the message in JSON. */
function examples(direction: "client" | "server"): Example[] {
  const pattern = new RegExp(
    `^\`\`\`bytes ${direction}\\n([^]*?)^\`\`\`\\n\\n\`\`\`json ${direction}\\n([^]*?)^\`\`\``,
    "gm",
  );
  return [...TEXT.matchAll(pattern)].map((match) => ({
    bytes: bytesOf((match[1] ?? "").split("\n").map((line) => line.split("|")[0]).join(" ")),
    message: JSON.parse(match[2] ?? ""),
  }));
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.trim().split(/\s+/), (byte) => {
    assert(/^[0-9a-f]{2}$/.test(byte), `${byte} is not a byte`);
    return parseInt(byte, 16);
  });
}

const hexOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");

Deno.test("the client's examples of PROTOCOL_BINARY.md read and write to the byte", () => {
  for (const { bytes, message } of examples("client")) {
    assertEquals(decodeClientBytes(bytes), { ok: true, message: message as ClientMessage });
    assertEquals(hexOf(encodeClient(message as ClientMessage)), hexOf(bytes));
  }
});

Deno.test("the server's examples of PROTOCOL_BINARY.md, as one conversation, read and write to the byte", () => {
  const decoder = new ServerDecoder();
  const line = new BinaryLine();
  for (const { bytes, message } of examples("server")) {
    assertEquals(decoder.decode(bytes), { ok: true, message: message as ServerMessage });
    assertEquals(hexOf(line.encode(message as ServerMessage)), hexOf(bytes));
  }
});

Deno.test("every type of message has an example in PROTOCOL_BINARY.md, and every block of bytes has its message", () => {
  const typesIn = (direction: "client" | "server") =>
    new Set(
      examples(direction).map(({ bytes: [first = 0] }) =>
        first & UPDATE_BIT ? SERVER_TYPE.update : first & ~FRAME_NUMBER_BIT
      ),
    );
  assertEquals(typesIn("client"), new Set(Object.values(CLIENT_TYPE)));
  // Heartbeats are the same both ways.
  const types = Object.values(SERVER_TYPE).filter((type) => type !== SERVER_TYPE.ping && type !== SERVER_TYPE.pong);
  assertEquals(typesIn("server"), new Set(types));
  assertEquals(examples("client").length + examples("server").length, TEXT.match(/^```bytes/gm)?.length);
});

Deno.test("the numbers of PROTOCOL_BINARY.md read and write to the byte", () => {
  const rows = [...TEXT.matchAll(/^\| `(count|signed|scaled|number)` +\| (\S+) +\| `([0-9a-f ]+)` +\|$/gm)];
  assertEquals(rows.length, 15);
  for (const [, form, text = "", hex = ""] of rows) {
    const kind = form as "count" | "signed" | "scaled" | "number";
    const value = text === "2^53−1" ? Number.MAX_SAFE_INTEGER : Number(text.replace("−", "-"));
    const writer = new ByteWriter();
    writer[kind](value);
    assertEquals(hexOf(writer.finish()), hex, `${kind} ${text}`);
    assertEquals(new ByteReader(bytesOf(hex))[kind]("value"), value);
  }
});

Deno.test("the numbers of names in PROTOCOL_BINARY.md are those of the code", () => {
  const prose = TEXT.replace(/\s+/g, " ");
  const orders = { CHANNEL_ORDER, TIER_ORDER, PHASE_ORDER, SIDE_ORDER };
  for (const [order, names] of Object.entries(orders)) {
    const text = names.map((name, i) => `${i} \`${name}\``).join(", ");
    assert(prose.includes(text), `${order} must be written as ${text}`);
  }
  assertEquals(KIND_ORDER, ["stock", "index"]);
});
