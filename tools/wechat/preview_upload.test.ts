import { assertEquals, assertStringIncludes } from "@std/assert";
import { FakeCi } from "./fake_ci.ts";
import { uploadPreview, type UploadWorld } from "./preview_upload.ts";

const SECRET = "MIIEowIBAAKCAQEAn7cYzNn1u2ljS0T3bC5Q";
const KEY = `-----BEGIN RSA PRIVATE KEY-----\n${SECRET}\n-----END RSA PRIVATE KEY-----\n`;
const REQUEST = { appid: "wx0123456789abcdef", keyFile: "my.key", server: "ws://192.168.1.5:8000/ws" };

async function upload(ci: FakeCi, changes: Partial<UploadWorld> = {}) {
  const printed: string[] = [];
  const exitCode = await uploadPreview(REQUEST, {
    ci,
    projectPath: "/project",
    picture: "/project/build/wechat/preview.jpg",
    readText: (file) => file === "my.key" ? KEY : "",
    readBytes: () => new Uint8Array([1, 2, 3]),
    drawQrCode: (picture) => Promise.resolve(`code of ${picture}`),
    print: (text) => printed.push(text),
    ...changes,
  });
  return { exitCode, text: printed.join("\n") };
}

Deno.test("the code is drawn, its query holds the server encoded, and the project gets the real appid's limits", async () => {
  const ci = new FakeCi();
  const { exitCode, text } = await upload(ci);
  assertEquals(exitCode, 0);
  assertStringIncludes(text, "code of AQID");
  assertStringIncludes(text, "ws://192.168.1.5:8000/ws");
  assertEquals(ci.asked.preview[0]?.searchQuery, "server=ws%3A%2F%2F192.168.1.5%3A8000%2Fws");
  assertEquals(ci.asked.project[0]?.appid, REQUEST.appid);
  assertEquals(ci.asked.project[0]?.privateKey, KEY);
  assertEquals(ci.BaseProject.prototype.attrSync?.(), { setting: { MaxCodeSize: 4 } });
  assertEquals(text.includes(SECRET), false);
});

const FAILURES: readonly [subject: string, reason: string, english: string][] = [
  ["the address", '{"errCode":-10008,"errMsg":"invalid ip: 203.0.113.7, reference: …"}', "203.0.113.7: add it"],
  ["the key", `signature of ${SECRET} fails`, "did not accept the upload: signature of … fails"],
  ["the network", "Error: getaddrinfo ENOTFOUND servicewechat.com", "Cannot reach WeChat"],
];

for (const [subject, reason, english] of FAILURES) {
  Deno.test(`a refusal for ${subject} says so without the key and exits with 1`, async () => {
    const ci = new FakeCi();
    ci.onPreview = () => {
      throw new Error(reason);
    };
    const { exitCode, text } = await upload(ci);
    assertEquals(exitCode, 1);
    assertStringIncludes(text, english);
    assertEquals(text.includes(SECRET), false);
  });
}

Deno.test("an appid that WeChat does not know stops the upload", async () => {
  const ci = new FakeCi();
  ci.onAttr = () => {
    throw new Error("invalid appid");
  };
  assertEquals((await upload(ci)).exitCode, 1);
  assertEquals(ci.asked.preview, []);
});

Deno.test("a code that cannot be drawn is still there as a picture", async () => {
  const { exitCode, text } = await upload(new FakeCi(), { drawQrCode: () => Promise.reject("decode error") });
  assertEquals(exitCode, 0);
  assertStringIncludes(text, "open /project/build/wechat/preview.jpg");
});
