/** Time of one query over 5,000 names: `deno bench --config tools/deno.json server/search`. */
import { withGeneratedStocks } from "../exchange/listing/generated_stocks.ts";
import { loadListing, marketValue } from "../exchange/listing/load_listing.ts";
import { SearchIndex } from "./search_index.ts";

const { stocks } = withGeneratedStocks(loadListing(), 5_000, 1);
const index = new SearchIndex(stocks.map((stock) => ({ ...stock, kind: "stock" as const, size: marketValue(stock) })));

for (const query of ["z", "gzmt", "guizhoumaotai", "银行", "600519", "cs0", "moutai", "zzzz"]) {
  Deno.bench(`find "${query}"`, () => {
    index.find(query);
  });
}
