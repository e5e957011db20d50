/** The pinyin of the listing's names, made when they were written down: the server carries no dictionary. */
import pinyin from "./data/pinyin.json" with { type: "json" };
import { type Reading, readingOf } from "./pinyin_match.ts";

const READINGS: ReadonlyMap<string, string> = new Map(Object.entries(pinyin));

/** 测试, the beginning of every generated name. */
const GENERATED = /^测试(\d+)$/;

/** The readings of an instrument's name; none for one that the data does not know, which is then found by code and name. */
export function readingsOf(symbol: string, name: string): Reading[] {
  const generated = GENERATED.exec(name)?.[1];
  const text = generated ? `ce shi ${[...generated].join(" ")}` : READINGS.get(symbol);
  return text === undefined ? [] : text.split("|").map(readingOf);
}
