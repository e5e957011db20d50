import { assert } from "@std/assert";
import { fuzzDecoders } from "../../tools/testing/binary_fuzz.ts";
import { CLIENT_EXAMPLES, SERVER_EXAMPLES } from "../../tools/testing/protocol_examples.ts";

Deno.test("100,000 damaged and random inputs: no throw, no read past the end, and no message that its schema refuses", () => {
  const seeds = { client: CLIENT_EXAMPLES, server: SERVER_EXAMPLES };
  const { messages, faults } = fuzzDecoders(seeds, 100_000, 20261120);
  // Both ways must be well trodden, or the inputs say little.
  assert(messages > 10_000 && faults > 10_000, `${messages} messages, ${faults} faults`);
});
