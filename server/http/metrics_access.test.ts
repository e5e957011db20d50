import { assertEquals } from "@std/assert";
import { type MetricsAccess, metricsRefusal } from "./metrics_access.ts";

/** Who asks, by what host, with what headers, and the status of the refusal. */
const ASKERS: [address: string, host: string, headers: Record<string, string>, status: number | undefined][] = [
  ["127.0.0.1", "localhost:8000", {}, undefined],
  ["127.0.0.1", "127.0.0.1:8000", {}, undefined],
  ["127.8.9.10", "localhost", {}, undefined],
  ["::1", "[::1]:8000", {}, undefined],
  ["::ffff:127.0.0.1", "localhost:8000", {}, undefined],
  ["192.168.1.7", "192.168.1.20:8000", {}, 403],
  ["192.168.1.7", "localhost:8000", {}, 403],
  ["127.0.0.1.evil.example", "localhost:8000", {}, 403],
  ["::ffff:10.0.0.1", "localhost:8000", {}, 403],
  ["", "localhost:8000", {}, 403],
  // A proxy on this machine, with what the usual ones add.
  ["127.0.0.1", "localhost:8000", { "x-forwarded-for": "203.0.113.9" }, 403],
  ["127.0.0.1", "localhost:8000", { forwarded: "for=203.0.113.9" }, 403],
  ["127.0.0.1", "localhost:8000", { "x-real-ip": "203.0.113.9" }, 403],
  ["127.0.0.1", "localhost:8000", { via: "1.1 caddy" }, 403],
  // A name of somebody else's that was made to point at this machine, in a browser that runs here.
  ["127.0.0.1", "evil.example:8000", {}, 403],
  ["127.0.0.1", "localhost.evil.example", {}, 403],
];

function statusOf(access: MetricsAccess, address: string, host: string, headers: Record<string, string>) {
  return metricsRefusal(access, address, new Request(`http://${host}/metrics`, { headers }))?.status;
}

for (const [address, host, headers, status] of ASKERS) {
  const who = [address || "nobody", host, ...Object.keys(headers)].join(", ");
  Deno.test(`by default ${who} ${status ? "is refused" : "may read the metrics"}`, () => {
    assertEquals(statusOf("loopback", address, host, headers), status);
  });
}

Deno.test("what is open to any is open to all of them, and what is switched off to none", () => {
  for (const [address, host, headers] of ASKERS) {
    assertEquals(statusOf("any", address, host, headers), undefined);
    assertEquals(statusOf("none", address, host, headers), 404);
  }
});

Deno.test("a refusal names the page and the way in", () => {
  const request = new Request("http://10.0.0.2:8000/ops");
  const { message = "" } = metricsRefusal("loopback", "10.0.0.1", request) ?? {};
  assertEquals(["/ops", "--metrics-access any", "localhost"].every((word) => message.includes(word)), true);
});
