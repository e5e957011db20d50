import { assert, assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import { LANGUAGES } from "./language";
import { fill, textsOf } from "./texts";

function flatten(language: (typeof LANGUAGES)[number]): [string, string][] {
  return Object.entries(textsOf(language)).flatMap(([section, texts]) =>
    Object.entries(texts).map(([key, text]): [string, string] => [`${section}.${key}`, text])
  );
}

/** Names of the languages and colours' own names stay in their own language on purpose. */
const IN_OTHER_LANGUAGE = new Set(["settings.chinese", "settings.english", "settings.language"]);

Deno.test("both languages have the same texts, none of them empty", () => {
  assertEquals(flatten("en").map(([key]) => key), flatten("zh").map(([key]) => key));
  for (const language of LANGUAGES) {
    for (const [key, text] of flatten(language)) assert(text.trim() === text && text !== "", `${language} ${key}`);
  }
});

Deno.test("both languages fill the same places", () => {
  const english = new Map(flatten("en"));
  for (const [key, text] of flatten("zh")) {
    const places = (of: string) => (of.match(/\{\w+\}/g) ?? []).sort();
    assertEquals(places(english.get(key) ?? ""), places(text), key);
  }
});

Deno.test("Chinese texts are Chinese and English texts are not", () => {
  for (const [key, text] of flatten("en")) {
    if (!IN_OTHER_LANGUAGE.has(key)) assertNotMatch(text, /\p{Script=Han}/u, key);
  }
  for (const [key, text] of flatten("zh")) {
    if (key !== "settings.english") assertMatch(text, /\p{Script=Han}/u, key);
  }
});

Deno.test("fill replaces every place it has a value for and leaves the others", () => {
  assertEquals(fill("{a} and {b}, {a}", { a: 1, b: "two" }), "1 and two, 1");
  assertEquals(fill("{seconds} s", {}), "{seconds} s");
});
