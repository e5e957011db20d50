import { assert, assertEquals } from "@std/assert";
import { parsePrometheusText } from "../../tools/testing/prometheus_text.ts";
import { DeliveryStats } from "../delivery/delivery_stats.ts";
import { LagHistogram } from "../delivery/lag_histogram.ts";
import { Tally } from "../delivery/tally.ts";
import { OPTIONS } from "../options.ts";
import { makeMetrics } from "./make_metrics.ts";

const PAGES = ["docs/operations.md", "docs/operations.zh-CN.md"];
const [ENGLISH = "", CHINESE = ""] = await Promise.all(PAGES.map((path) => Deno.readTextFile(path)));

async function familyNames(): Promise<Set<string>> {
  const lag = new LagHistogram();
  const metrics = makeMetrics(new DeliveryStats(), {
    connections: () => new Map(),
    places: () => ({ held: 0, max: 1 }),
    sessionsOpened: () => 0,
    refusedHandshakes: new Tally(),
    waitingHandshakes: () => 0,
    overloads: new Tally(),
    handshakeWaits: lag,
    loopLag: lag,
    isDraining: () => false,
    isFeedSilent: () => false,
    feed: () => ({ symbols: 0, ticks: 0, lastTickMs: 0 }),
    startedMs: 0,
  });
  return new Set(parsePrometheusText(await metrics.text()).map(({ name }) => name));
}

const found = (text: string, pattern: RegExp) => [...new Set(text.match(pattern) ?? [])].sort();

Deno.test("every metric that the operator's handbook names is one that the server has", async () => {
  const known = await familyNames();
  const named = found(ENGLISH, /\b(tickwire|process)_[a-z_]+[a-z]/g).map((name) => name.replace(/_bucket$/, ""));
  assert(named.length > 10);
  assertEquals(named.filter((name) => !known.has(name)), []);
});

Deno.test("every flag that it names is one that the server takes", () => {
  const flags = new Set(Object.values(OPTIONS).map(({ flag }) => `--${flag}`));
  const named = found(ENGLISH, /--[a-z]+(-[a-z]+)+/g);
  assert(named.length > 8);
  assertEquals(named.filter((flag) => !flags.has(flag)), []);
});

Deno.test("both languages name the same metrics, flags and variables, and show the same nginx configuration", () => {
  const names = /\b(tickwire|process)_[a-z_]+|--[a-z]+(-[a-z]+)+|\bOTEL_[A-Z_]+/g;
  assertEquals(found(CHINESE, names), found(ENGLISH, names));
  const blocks = (text: string) =>
    [...text.matchAll(/```(?:nginx|ini|sh)\n([\s\S]*?)```/g)].map(([, code = ""]) => {
      return code.replace(/#.*$/gm, "");
    });
  assertEquals(blocks(CHINESE), blocks(ENGLISH));
});
