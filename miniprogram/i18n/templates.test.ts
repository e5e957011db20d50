import { assert, assertEquals } from "@std/assert";
import { type Texts, textsOf } from "./texts";

/** Which section of the texts a template's `t` is; `app` is the same one everywhere. */
const SECTION_OF_TEMPLATE: Readonly<Record<string, keyof Texts>> = {
  "pages/watchlist/index.wxml": "watchlist",
  "pages/search/index.wxml": "search",
  "stock/pages/stock/index.wxml": "stock",
  "pages/settings/index.wxml": "settings",
  "stock/pages/chart/index.wxml": "chartTools",
  "pages/debug/index.wxml": "debug",
  "stock/components/order-book/index.wxml": "book",
  "stock/components/stock-chart/index.wxml": "chartTools",
  "stock/components/trade-list/index.wxml": "book",
};

const ROOT = new URL("..", import.meta.url);

function filesBelow(folder: URL, extension: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap((entry) => {
    if (entry.isDirectory) return filesBelow(new URL(`${entry.name}/`, folder), extension);
    return entry.name.endsWith(extension) ? [new URL(entry.name, folder).pathname.slice(ROOT.pathname.length)] : [];
  });
}

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

const TEMPLATES = [
  ...filesBelow(new URL("pages/", ROOT), ".wxml"),
  ...filesBelow(new URL("components/", ROOT), ".wxml"),
  ...filesBelow(new URL("stock/", ROOT), ".wxml"),
];

Deno.test("no template holds a text of its own: every word comes from the texts", () => {
  assert(TEMPLATES.length >= 6);
  for (const path of TEMPLATES) {
    const outsideBindings = read(path).replace(/\{\{[\s\S]*?\}\}/g, "");
    const betweenTags = outsideBindings.replace(/<[^>]*>/g, " ");
    const spoken = [...outsideBindings.matchAll(/(?:aria-label|placeholder)="([^"]*)"/g)].map(([, text]) => text);
    assertEquals([betweenTags, ...spoken].join(" ").match(/[\p{L}\p{N}]+/gu), null, path);
  }
});

Deno.test("every text that a template names exists", () => {
  for (const path of TEMPLATES) {
    const section = SECTION_OF_TEMPLATE[path];
    for (const [, of, key] of read(path).matchAll(/\b(t|app)\.(\w+)/g)) {
      const name = of === "app" ? "app" : section;
      assert(name, `${path} has no section of its own`);
      assert(key as string in textsOf("zh")[name], `${path} names ${name}.${key}`);
    }
  }
});

Deno.test("every text is used somewhere", () => {
  const scripts = filesBelow(ROOT, ".ts").filter((path) => !/\.test\.ts$|^i18n\/|^lib\/|^net\//.test(path));
  const code = [...TEMPLATES, ...scripts].map(read).join("\n");
  /** Sections whose keys are looked up by a fault, a phase or a period. */
  const lookedUp = new Set(["phase", "periods", "serverAddress"]);
  for (const [section, texts] of Object.entries(textsOf("zh"))) {
    if (lookedUp.has(section)) continue;
    for (const key of Object.keys(texts)) {
      assert(new RegExp(`\\b${key}\\b`).test(code), `${section}.${key} is used nowhere`);
    }
  }
});
