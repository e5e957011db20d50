import { assert, assertEquals } from "@std/assert";
import { loadListing } from "../../server/exchange/listing/load_listing.ts";
import { PINYIN_FILE } from "./build_search.ts";
import { OVERRIDES, pinyinText, readingsOf } from "./pinyin_readings.ts";

Deno.test("the search's data is what its generator writes", async () => {
  assertEquals(await Deno.readTextFile(PINYIN_FILE), pinyinText());
});

Deno.test("characters with several readings are read as they are in the name", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["平安银行", "ping an yin hang"],
    ["渝农商行", "yu nong shang hang"],
    ["并行科技", "bing xing ke ji"],
    ["长安汽车", "chang an qi che"],
    ["长城汽车", "chang cheng qi che"],
    ["重庆啤酒", "chong qing pi jiu"],
    ["中国重汽", "zhong guo zhong qi"],
    ["三一重工", "san yi zhong gong"],
    ["厦门钨业", "xia men wu ye"],
    ["厦钨新能", "xia wu xin neng"],
    ["藏格矿业", "zang ge kuang ye"],
    ["乐普医疗", "le pu yi liao"],
    ["传音控股", "chuan yin kong gu"],
    ["华夏银行", "hua xia yin hang"],
    ["大族激光", "da zu ji guang"],
    ["成都银行", "cheng du yin hang"],
    ["西藏矿业", "xi zang kuang ye"],
    ["石头科技", "shi tou ke ji"],
    ["兖矿能源", "yan kuang neng yuan"],
    ["绿地控股", "lv di kong gu"],
    ["片仔癀", "pian zai huang"],
    ["*ST中基", "s t zhong ji"],
    ["TCL科技", "t c l ke ji"],
    ["京东方A", "jing dong fang a"],
    ["沪深300", "hu shen 3 0 0"],
  ];
  for (const [name, reading] of cases) assertEquals(readingsOf(name), [reading], name);
  assertEquals(readingsOf("美的集团"), ["mei di ji tuan", "mei de ji tuan"]);
});

Deno.test("a reading has a syllable for every character, and every override is of a listed name", () => {
  const names = loadListing().stocks.map(({ name }) => name);
  for (const name of names) {
    for (const reading of readingsOf(name)) {
      assertEquals(reading.split(" ").length, [...name.replaceAll("*", "")].length, `${name}: ${reading}`);
      assert(/^[a-z0-9]+( [a-z0-9]+)*$/.test(reading), `${name}: ${reading}`);
    }
  }
  for (const [part] of OVERRIDES) assert(names.some((name) => name.includes(part)), part);
});
