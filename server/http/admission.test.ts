import { assertEquals } from "@std/assert";
import { Admission } from "./admission.ts";

const LIMITS = { connectionsMax: 3, connectionsPerAddressMax: 2 };

Deno.test("an address has its own limit, and the whole has one too", () => {
  const admission = new Admission(LIMITS);
  assertEquals(admission.refusal("a"), undefined);
  admission.enter("a");
  admission.enter("a");
  assertEquals([admission.refusal("a")?.status, admission.refusal("a")?.code], [429, "address_limit"]);
  assertEquals(admission.refusal("b"), undefined);
  const leave = admission.enter("b");
  assertEquals([admission.refusal("c")?.status, admission.refusal("c")?.code], [503, "full"]);
  assertEquals(admission.refusal("a")?.code, "full");
  leave();
  assertEquals([admission.refusal("c"), admission.total], [undefined, 2]);
});

Deno.test("leaving twice gives one place back", () => {
  const admission = new Admission(LIMITS);
  const leave = admission.enter("a");
  admission.enter("a");
  leave();
  leave();
  assertEquals(admission.total, 1);
  assertEquals(admission.refusal("a"), undefined);
  admission.enter("a");
  assertEquals(admission.refusal("a")?.code, "address_limit");
});

Deno.test("draining refuses everybody, with a time to come back", () => {
  const admission = new Admission(LIMITS);
  admission.drain();
  admission.drain();
  const refusal = admission.refusal("a");
  assertEquals([refusal?.status, refusal?.code, refusal?.headers], [503, "draining", { "retry-after": "5" }]);
  assertEquals(admission.draining, true);
});

Deno.test("every refusal says when to try again", () => {
  const admission = new Admission({ connectionsMax: 2, connectionsPerAddressMax: 1 });
  admission.enter("a");
  assertEquals(admission.refusal("a")?.headers?.["retry-after"], "10");
  admission.enter("b");
  assertEquals(admission.refusal("c")?.headers?.["retry-after"], "10");
});

Deno.test("an address that came and went leaves nothing behind", () => {
  const admission = new Admission({ connectionsMax: 10, connectionsPerAddressMax: 1 });
  for (let i = 0; i < 1_000; i++) admission.enter(`address ${i}`)();
  assertEquals(admission.total, 0);
  assertEquals(admission.refusal("address 1"), undefined);
});

Deno.test("the addresses of one IPv6 network count as one, and its places come back", () => {
  const admission = new Admission(LIMITS);
  const leave = admission.enter("2001:db8::1");
  admission.enter("2001:db8::2");
  assertEquals(admission.refusal("2001:db8::3")?.code, "address_limit");
  assertEquals(admission.refusal("2001:db8:0:1::1"), undefined);
  leave();
  assertEquals(admission.refusal("2001:db8::3"), undefined);
});
