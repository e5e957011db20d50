import { assertEquals } from "@std/assert";
import { type ClientState, isLegalTransition } from "./client_state";

const STATES: ClientState[] = ["idle", "connecting", "negotiating", "live", "stalled", "polling", "waiting", "closed"];

/** Rows: from. Columns: to, in the order of STATES. Written out once more, so that a slip in the table shows. */
const LEGAL = [
  "-  C  .  .  .  .  W  X",
  "I  -  N  .  .  P  W  X",
  "I  .  -  L  .  P  W  X",
  "I  .  .  -  S  .  W  X",
  "I  .  .  L  -  .  W  X",
  "I  C  N  L  .  -  W  X",
  "I  C  .  .  .  P  -  X",
  "I  C  .  .  .  .  W  -",
];

Deno.test("the states follow each other as the table says, and no state follows itself", () => {
  LEGAL.forEach((row, from) => {
    row.split(/\s+/).forEach((mark, to) => {
      const [a, b] = [STATES[from]!, STATES[to]!];
      assertEquals(isLegalTransition(a, b), mark !== "." && mark !== "-", `${a} to ${b}`);
    });
  });
});
