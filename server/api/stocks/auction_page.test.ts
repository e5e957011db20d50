import { assertEquals } from "@std/assert";
import { AuctionPage } from "../../../shared/mod.ts";
import { ApiBench, INDEX, MOUTAI, sampleAuction, TODAY } from "../../../tools/testing/api_bench.ts";

const BENCH = new ApiBench({ days: 3 });

async function auctionOf(symbol: string) {
  return AuctionPage.parse(await (await BENCH.get(`/api/v1/auctions/${symbol}`)).json());
}

Deno.test("the auction of the day is answered step by step, and ends at the open", async () => {
  const { open } = BENCH.states.get(MOUTAI)!.quote!;
  assertEquals(await auctionOf(MOUTAI), { symbol: MOUTAI, tradingDate: TODAY, steps: sampleAuction(open) });
});

Deno.test("an index has no auction, and before the first quote there is no day", async () => {
  assertEquals(await auctionOf(INDEX), { symbol: INDEX, tradingDate: null, steps: [] });
});

Deno.test("who asks again while nothing has changed is told so, without the steps", async () => {
  const first = await BENCH.get(`/api/v1/auctions/${MOUTAI}`);
  await first.body?.cancel();
  const etag = first.headers.get("etag") ?? "";
  const again = await BENCH.get(`/api/v1/auctions/${MOUTAI}`, { headers: { "if-none-match": etag } });
  assertEquals([again.status, await again.text()], [304, ""]);
});
