import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type BannerFacts, bannerText } from "./banner.ts";

const FACTS: BannerFacts = {
  port: 8000,
  secure: false,
  projectFolder: "/home/某人/tick wire",
  lanAddresses: ["192.168.1.20", "172.17.0.1"],
  loopbackOnly: false,
  seed: 42,
};

Deno.test("the banner says how a browser, devtools, a phone and a terminal get to the prices", () => {
  const text = bannerText(FACTS);
  assertStringIncludes(text, "http://localhost:8000/");
  assertStringIncludes(text, "/home/某人/tick wire");
  assertStringIncludes(text, "ws://192.168.1.20:8000/ws");
  assertStringIncludes(text, "deno task watch");
  assertStringIncludes(text, "seed 42");
  assert(!text.includes("172.17.0.1"), "one address is enough, the likeliest");
});

Deno.test("prices are called simulated in both languages", () => {
  assertStringIncludes(bannerText(FACTS), "模拟行情 simulated prices");
});

Deno.test("a secure server is named by secure addresses", () => {
  const text = bannerText({ ...FACTS, secure: true });
  assertStringIncludes(text, "https://localhost:8000/");
  assertStringIncludes(text, "wss://192.168.1.20:8000/ws");
  assert(!/\bws:|\bhttp:/.test(text));
});

Deno.test("a phone is not sent to a loopback, nor to nowhere", () => {
  const loopback = bannerText({ ...FACTS, loopbackOnly: true });
  assertStringIncludes(loopback, "--host 0.0.0.0");
  assert(!loopback.includes("192.168.1.20"));
  assertStringIncludes(bannerText({ ...FACTS, lanAddresses: [] }), "no address on a local network");
});

Deno.test("the values stand in one column, Chinese characters counted as two", () => {
  const columns = bannerText(FACTS).split("\n").filter((line) => /^ {2}\S.*(http|\/home|ws:|deno task)/.test(line)).map(
    (line) => {
      const at = line.search(/http|\/home|ws:|deno task/);
      return [...line.slice(0, at)].reduce((sum, char) => sum + (char > "\u2e80" ? 2 : 1), 0);
    },
  );
  assertEquals(columns.length, 4);
  assertEquals(new Set(columns).size, 1);
});
