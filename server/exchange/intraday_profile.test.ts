import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { SLOT_INTENSITY, SLOT_TRADE_RATE } from "./intraday_profile.ts";

const share = (from: number, to: number) => SLOT_INTENSITY.slice(from, to).reduce((sum, value) => sum + value, 0) / 240;

Deno.test("the profile has a value for each slot, positive and 1 on average", () => {
  for (const profile of [SLOT_INTENSITY, SLOT_TRADE_RATE]) {
    assertEquals(profile.length, 240);
    assert(profile.every((value) => value > 0));
    assertAlmostEquals(profile.reduce((sum, value) => sum + value, 0) / 240, 1, 1e-9);
  }
});

Deno.test("the first and the last half hour carry the volume they carry in the market", () => {
  assert(share(0, 30) >= 0.2 && share(0, 30) <= 0.3, `first half hour ${share(0, 30)}`);
  assert(share(210, 240) >= 0.11 && share(210, 240) <= 0.16, `last half hour ${share(210, 240)}`);
});

Deno.test("the open is busiest, then the close and the minutes after lunch; before lunch it is quiet", () => {
  assert(share(0, 5) > share(120, 125) && share(0, 5) > share(235, 240));
  assert(share(120, 125) > 1.5 * share(110, 115));
  assert(share(235, 240) > 1.5 * share(180, 185));
});
