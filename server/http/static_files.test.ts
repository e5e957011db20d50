import { assert, assertEquals } from "@std/assert";
import { serveFile } from "./static_files.ts";

const FILES: Record<string, string> = {
  "index.html": "<!doctype html>",
  "app.js": "1",
  "app.js.map": "{}",
  "deep/er/style.css": "a{}",
  "secret.key": "not for the world",
  ".hidden.json": "not for the world",
  "deep/.hidden/a.js": "not for the world",
  "constructor": "not for the world",
  "js": "a file without an extension",
};

/** Runs `body` with a folder of {@link FILES}, beside which lies a file that must not get out. */
async function withFolder(
  body: (get: (target: string, headers?: HeadersInit) => Promise<Response | undefined>) => Promise<void>,
) {
  const parent = await Deno.makeTempDir();
  try {
    const folder = `${parent}/served`;
    await Deno.mkdir(`${folder}/deep/er`, { recursive: true });
    await Deno.mkdir(`${folder}/deep/.hidden`);
    for (const [name, text] of Object.entries(FILES)) await Deno.writeTextFile(`${folder}/${name}`, text);
    await Deno.writeTextFile(`${parent}/outside.txt`, "not for the world");
    await body((target, headers = {}) =>
      serveFile(folder, new Request(`http://h${target}`, { headers }), { "referrer-policy": "no-referrer" })
    );
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
}

const SERVED: [string, string][] = [
  ["/", "text/html; charset=utf-8"],
  ["/index.html", "text/html; charset=utf-8"],
  ["/app.js?v=2", "text/javascript; charset=utf-8"],
  ["/app.js.map", "application/json; charset=utf-8"],
  ["/deep/er/style.css", "text/css; charset=utf-8"],
  ["/deep/../app.js", "text/javascript; charset=utf-8"],
];

const REFUSED = [
  "/nothing.js",
  "/deep",
  "/deep/",
  "/deep/er.css",
  "/index.html/app.js",
  "/app.js/",
  "//app.js",
  "/../outside.txt",
  "/%2e%2e/outside.txt",
  "/..%2foutside.txt",
  "/%2e%2e%2foutside.txt",
  "/deep/%2e%2e/%2e%2e/outside.txt",
  "/..\\outside.txt",
  "/..%5coutside.txt",
  "/%252e%252e/outside.txt",
  "/....//outside.txt",
  "/app.js%00.txt",
  "/app%2ejs",
  "/secret.key",
  "/.hidden.json",
  "/deep/.hidden/a.js",
  "/constructor",
  "/__proto__",
  "/index.HTML",
  `/${"a".repeat(300)}.js`,
  `/${"a/".repeat(3_000)}a.js`,
  "/中.js",
];

Deno.test("files are served with their types, a query or none", async () => {
  await withFolder(async (get) => {
    for (const [target, type] of SERVED) {
      const response = await get(target);
      assert(response, target);
      assertEquals([response.status, response.headers.get("content-type")], [200, type], target);
      assertEquals(response.headers.get("x-content-type-options"), "nosniff");
      assertEquals(response.headers.get("referrer-policy"), "no-referrer");
      assertEquals(response.headers.get("content-length"), String((await response.text()).length));
    }
  });
});

Deno.test("nothing above the folder, hidden, of another kind or not there is served, and nothing throws", async () => {
  await withFolder(async (get) => {
    for (const target of REFUSED) assertEquals(await get(target), undefined, target);
  });
});

Deno.test("a file that has not changed costs a 304 without a body", async () => {
  await withFolder(async (get) => {
    const etag = (await get("/app.js"))?.headers.get("etag") ?? "";
    const same = await get("/app.js", { "if-none-match": etag });
    assertEquals([same?.status, await same?.text(), same?.headers.get("etag")], [304, "", etag]);
    assertEquals((await get("/app.js", { "if-none-match": `"other", W/${etag}` }))?.status, 304);
    assertEquals((await get("/app.js", { "if-none-match": '"other"' }))?.status, 200);
  });
});

Deno.test("HEAD answers as GET does, without the body", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/index.html`, "中文");
    const response = await serveFile(folder, new Request("http://h/", { method: "HEAD" }), {});
    assertEquals([response?.headers.get("content-length"), await response?.text()], ["6", ""]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
