import { assertEquals } from "@std/assert";
import { isAllowedPage } from "./origin.ts";

const WECHAT = "https://servicewechat.com/wx1234567890abcdef/devtools/page-frame.html";
const ALLOWED = ["https://quotes.example.com"];

/** Headers of the handshake, then whether the page may connect. */
const PAGES: [Record<string, string>, boolean][] = [
  [{}, true],
  [{ origin: "http://192.168.1.20:8000" }, true],
  [{ origin: "https://192.168.1.20:8000" }, true],
  [{ origin: "http://192.168.1.20:9000" }, false],
  [{ origin: "http://192.168.1.200:8000" }, false],
  [{ origin: "http://localhost:5173" }, true],
  [{ origin: "http://127.0.0.1" }, true],
  [{ origin: "http://[::1]:80" }, true],
  [{ origin: "http://localhost.evil.example" }, false],
  [{ origin: "http://127.0.0.1.evil.example" }, false],
  [{ origin: "https://evil.example" }, false],
  [{ origin: "https://quotes.example.com" }, true],
  [{ origin: "https://QUOTES.example.com:443" }, true],
  [{ origin: "http://quotes.example.com" }, false],
  [{ origin: "https://quotes.example.com:8443" }, false],
  [{ origin: "https://quotes.example.com.evil.example" }, false],
  [{ origin: "null" }, false],
  [{ origin: "" }, false],
  [{ origin: "file://" }, false],
  [{ origin: "nonsense" }, false],
  [{ referer: WECHAT }, true],
  [{ referer: "http://servicewechat.com/wx1/1/page-frame.html" }, false],
  [{ referer: "https://servicewechat.com.evil.example/wx1/" }, false],
  [{ referer: "https://servicewechat.com:444/wx1/" }, false],
  [{ referer: "https://user@servicewechat.com/wx1/" }, true],
  [{ referer: "https://servicewechat.com@evil.example/wx1/" }, false],
  [{ referer: "https://evil.example/?https://servicewechat.com" }, false],
  [{ referer: "nonsense" }, false],
  [{ origin: "https://evil.example", referer: WECHAT }, false],
];

for (const [headers, allowed] of PAGES) {
  Deno.test(`a page of ${JSON.stringify(headers)} is ${allowed ? "let in" : "refused"}`, () => {
    const all = new Headers({ host: "192.168.1.20:8000", ...headers });
    assertEquals(isAllowedPage(all, { allowedOrigins: ALLOWED }), allowed);
  });
}

Deno.test("a star lets every page in, one without a proper origin too", () => {
  for (const origin of ["https://evil.example", "null", "nonsense"]) {
    assertEquals(isAllowedPage(new Headers({ origin }), { allowedOrigins: ["*"] }), true);
  }
});

Deno.test("without a Host no page is the server's own", () => {
  assertEquals(isAllowedPage(new Headers({ origin: "http://192.168.1.20:8000" }), { allowedOrigins: [] }), false);
});
