import { assertEquals } from "@std/assert";
import { FakeRequester } from "../../tools/testing/fake_requester.ts";
import { searchApi } from "./search_api";

const MOUTAI = { symbol: "600519.SH", name: "贵州茅台", nameEn: "Kweichow Moutai", kind: "stock" };

Deno.test("what was typed travels as it was typed, to the server that is connected to", async () => {
  const requester = new FakeRequester();
  const api = searchApi(requester, () => "wss://quotes.test/tick/ws");
  for (const words of ["600519", "茅台", "a&b=c#?", "%"]) await api.search(words);
  assertEquals(
    requester.urls.map((url) => [new URL(url).pathname, new URL(url).searchParams.get("q")]),
    ["600519", "茅台", "a&b=c#?", "%"].map((words) => ["/tick/api/v1/search", words]),
  );
});

Deno.test("an answer is read, or it is said what is wrong with it", async () => {
  const cases: [number, unknown, string][] = [
    [200, { q: "mt", results: [{ ...MOUTAI, by: "pinyin" }] }, "1 results"],
    [200, { q: "mt", results: [] }, "0 results"],
    [200, { q: "mt", results: [{ ...MOUTAI, by: "luck" }] }, "refused"],
    [200, { q: "mt", results: [{ ...MOUTAI, symbol: "moutai", by: "code" }] }, "refused"],
    [200, "<html>a portal that wants a login</html>", "refused"],
    [400, { error: { code: "bad_query", message: "" } }, "refused"],
    [429, undefined, "unreachable"],
    [503, undefined, "unreachable"],
    [0, undefined, "unreachable"],
  ];
  for (const [status, body, expected] of cases) {
    const requester = new FakeRequester();
    requester.answer = () => ({ status, body });
    const answer = await searchApi(requester, () => "ws://a.test/ws").search("mt");
    assertEquals(answer.ok ? `${answer.page.results.length} results` : answer.fault, expected, JSON.stringify(body));
  }
});
