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

Deno.test("where the choice cannot be seen there is none", () => {
  const choice = new ProtocolChoice();
  choice.cannotBeSeen();
  assertEquals(choice.offered, [SUBPROTOCOL_JSON]);
});
