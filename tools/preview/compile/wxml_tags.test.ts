import { assertEquals } from "@std/assert";
import { scanTags } from "./wxml_tags.ts";

function names(text: string): string[] {
  return scanTags(text).map(({ name, line }) => `${name}:${line}`);
}

Deno.test("tags are found with their lines", () => {
  assertEquals(names("<view>\n  <text>a</text>\n\n  <price-text/>\n</view>"), ["view:1", "text:2", "price-text:4"]);
});

Deno.test("comments, expressions and attribute values hold no tags", () => {
  assertEquals(names("<view a=\"<b>\" c='<d>'><!-- <e> --> {{ f<g }} </view><i/>"), ["view:1", "i:1"]);
});

Deno.test("the body of wxs holds no tags, and a wxs without body does not hide what follows", () => {
  assertEquals(names("<wxs module='m'>if (a<b) { c }</wxs><view/>"), ["wxs:1", "view:1"]);
  assertEquals(names("<wxs src='m.wxs' module='m'/><view/>"), ["wxs:1", "view:1"]);
});

Deno.test("attributes are read with either quotes and without a value", () => {
  const [tag] = scanTags("<import src='./a.wxml' wx:if=\"{{a > b}}\" hidden>");
  assertEquals(tag?.attributes, { src: "./a.wxml", "wx:if": "{{a > b}}", hidden: "" });
});

Deno.test("text that is cut off ends the scan", () => {
  assertEquals(names("<view"), ["view:1"]);
  assertEquals(names("<!-- <view"), []);
  assertEquals(names("a < b"), []);
  assertEquals(names("{{ <view> "), []);
});
