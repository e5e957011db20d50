import { assertEquals } from "@std/assert";
import { formatSize } from "./size";

Deno.test("sizes are hands in Chinese and shares in English, and something is never nothing", () => {
  const cases = [[0, "0", "0"], [1, "1", "1"], [99, "1", "99"], [100, "1", "100"], [250, "3", "250"]] as const;
  for (const [shares, zh, en] of cases) assertEquals([formatSize(shares, "zh"), formatSize(shares, "en")], [zh, en]);
  assertEquals([formatSize(12_345_600, "zh"), formatSize(12_345_600, "en")], ["12.35万", "12.35M"]);
});
