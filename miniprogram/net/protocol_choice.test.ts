import { assertEquals } from "@std/assert";
import { SUBPROTOCOL_BINARY, SUBPROTOCOL_JSON } from "../lib/shared";
import { ProtocolChoice } from "./protocol_choice";

const BOTH = [SUBPROTOCOL_BINARY, SUBPROTOCOL_JSON];

Deno.test("binary is offered first, until two connections in a row were unreadable", () => {
  const choice = new ProtocolChoice();
  assertEquals(choice.offered, BOTH);
  choice.ended(true);
  assertEquals(choice.offered, BOTH);
  choice.ended(false);
  choice.ended(true);
  assertEquals(choice.offered, BOTH, "not in a row");
  choice.ended(true);
  assertEquals(choice.offered, [SUBPROTOCOL_JSON]);
  choice.ended(false);
  assertEquals(choice.offered, [SUBPROTOCOL_JSON], "for good");
  choice.reset();
  assertEquals(choice.offered, BOTH, "but another server is another matter");
});

Deno.test("who reads along gets text, at every server, and binary again on their word though it failed", () => {
  const choice = new ProtocolChoice();
  choice.want("text");
  choice.reset();
  assertEquals([choice.form, choice.offered], ["text", [SUBPROTOCOL_JSON]]);
  choice.want("binary");
  choice.ended(true);
  choice.ended(true);
  assertEquals(choice.form, "text");
  choice.want("binary");
  assertEquals([choice.form, choice.offered], ["binary", BOTH]);
});

Deno.test("where the choice cannot be seen there is none", () => {
  const choice = new ProtocolChoice();
  choice.cannotBeSeen();
  assertEquals(choice.offered, [SUBPROTOCOL_JSON]);
});
