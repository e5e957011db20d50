import { assert } from "@std/assert";
import { lanAddresses } from "./addresses.ts";

Deno.test("addresses for the local network are IPv4 and neither loopback nor self-assigned", () => {
  for (const address of lanAddresses()) {
    assert(/^\d+\.\d+\.\d+\.\d+$/.test(address), address);
    assert(!address.startsWith("127.") && !address.startsWith("169.254."), address);
  }
});
