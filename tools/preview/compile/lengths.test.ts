import { assertEquals } from "@std/assert";
import { rewriteLengths } from "./lengths.ts";

const CASES: [written: string, rewritten: string][] = [
  ["24rpx", "calc(var(--rpx) * 24)"],
  ["-8rpx 0rpx", "calc(var(--rpx) * -8) 0px"],
  [".5rpx", "calc(var(--rpx) * 0.5)"],
  ["28rpx/1.4 sans-serif", "calc(var(--rpx) * 28)/1.4 sans-serif"],
  ["calc(100vh - 88rpx)", "calc(calc(var(--vh) * 100) - calc(var(--rpx) * 88))"],
  ["50vw", "calc(var(--vw) * 50)"],
  ["env(safe-area-inset-bottom)", "var(--safe-area-inset-bottom, 0px)"],
  ["env(safe-area-inset-bottom, 12px)", "var(--safe-area-inset-bottom, 0px)"],
  ["var(--width-2rpx)", "var(--width-2rpx)"],
  ["#a2rpx", "#a2rpx"],
  ["12px", "12px"],
  ['"24rpx"', '"24rpx"'],
  ["url(a-24rpx.png)", "url(a-24rpx.png)"],
  ["24rpxx", "24rpxx"],
];

for (const [written, rewritten] of CASES) {
  Deno.test(`the length ${written} becomes ${rewritten}`, () => assertEquals(rewriteLengths(written), rewritten));
}
