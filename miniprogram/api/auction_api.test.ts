import { assertEquals } from "@std/assert";
import { FakeRequester } from "../../tools/testing/fake_requester.ts";
import { auctionApi } from "./auction_api";

const STEP = { second: 3, price: 1_000, matched: 100, unmatched: -300 };
const PAGE = { symbol: "600519.SH", tradingDate: 20261120, steps: [STEP] };

Deno.test("an auction is asked for at the server of the socket, and an answer is a page or a fault", async () => {
  const cases: [number, unknown, string][] = [
    [200, PAGE, "1 steps"],
    [200, { ...PAGE, tradingDate: null, steps: [] }, "0 steps"],
    [200, { ...PAGE, steps: [{ ...STEP, second: 601 }] }, "refused"],
    [200, { ...PAGE, steps: [{ ...STEP, price: 10.5 }] }, "refused"],
    [200, { ...PAGE, steps: Array(202).fill(STEP) }, "refused"],
    [200, "<html>a portal that wants a login</html>", "refused"],
    [404, { error: { code: "unknown_symbol", message: "" } }, "refused"],
    [429, undefined, "unreachable"],
    [503, undefined, "unreachable"],
    [0, undefined, "unreachable"],
  ];
  for (const [status, body, expected] of cases) {
    const requester = new FakeRequester();
    requester.answer = () => ({ status, body });
    const answer = await auctionApi(requester, () => "ws://server.test:8000/quotes/ws").auction("600519.SH");
    assertEquals(answer.ok ? `${answer.page.steps.length} steps` : answer.fault, expected, JSON.stringify(body));
    assertEquals(requester.urls, ["http://server.test:8000/quotes/api/v1/auctions/600519.SH"]);
  }
});
