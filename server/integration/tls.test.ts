import { assertEquals, assertStringIncludes } from "@std/assert";
import { RawSocket } from "../../tools/testing/raw_socket.ts";
import { runServer, ServerProcess } from "../../tools/testing/server_process.ts";

/** Makes a certificate for localhost, signed by itself, in `folder`. */
async function makeCertificate(folder: string): Promise<string[]> {
  const [cert, key] = [`${folder}/cert.pem`, `${folder}/key.pem`];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const args = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
  const { success, stderr } = await new Deno.Command("openssl", {
    args: [...args, "-keyout", key, "-out", cert, ...subject, "-addext", "basicConstraints=critical,CA:FALSE"],
  }).output();
  if (!success) throw new Error(`openssl made no certificate: ${new TextDecoder().decode(stderr)}`);
  return ["--tls-cert", cert, "--tls-key", key];
}

Deno.test("with a certificate the server speaks https and wss", async (t) => {
  const folder = await Deno.makeTempDir();
  try {
    const flags = await makeCertificate(folder);
    await using server = await ServerProcess.start(flags, { readFolder: folder });
    const caCerts = [await Deno.readTextFile(`${folder}/cert.pem`)];
    await t.step("quotes arrive over wss", async () => {
      const connection = await Deno.connectTls({ hostname: "localhost", port: server.port, caCerts });
      using socket = await RawSocket.over(connection);
      await socket.sendText('{"type":"hello"}');
      assertEquals((await socket.nextMessage())?.type, "welcome");
      await socket.sendText('{"type":"subscribe","id":1,"symbols":["600519.SH"],"channels":["quote"]}');
      assertEquals((await socket.nextMessage())?.type, "subscribed");
      assertEquals((await socket.nextMessage())?.type, "snapshot");
    });
    await t.step("health is there over https", async () => {
      using client = Deno.createHttpClient({ caCerts });
      const response = await fetch(`https://localhost:${server.port}/healthz`, { client });
      assertEquals((await response.json()).status, "ok");
    });
    await t.step("plain http on that port disturbs nobody", async () => {
      await fetch(`http://127.0.0.1:${server.port}/healthz`).then((answer) => answer.body?.cancel(), () => {});
      using client = Deno.createHttpClient({ caCerts });
      const response = await fetch(`https://localhost:${server.port}/healthz`, { client });
      assertEquals((await response.json()).status, "ok");
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a certificate that is not there, not allowed or not one is told in words", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const missing = ["--tls-cert", `${folder}/a.pem`, "--tls-key", `${folder}/a.key`];
    const absent = await runServer(missing, { readFolder: folder });
    assertEquals(absent.code, 2);
    assertStringIncludes(absent.stderr, `--tls-cert: ${folder}/a.pem cannot be read: there is no such file.`);
    assertStringIncludes(absent.stderr, `--tls-key: ${folder}/a.key cannot be read`);
    const forbidden = await runServer(missing);
    assertEquals(forbidden.code, 2);
    assertStringIncludes(forbidden.stderr, "may read the folder certs/ only");
    await Deno.writeTextFile(`${folder}/a.pem`, "not a certificate");
    await Deno.writeTextFile(`${folder}/a.key`, "not a key");
    const nonsense = await runServer(["--host", "127.0.0.1", "--port", "0", ...missing], { readFolder: folder });
    assertEquals(nonsense.code, 1);
    assertStringIncludes(nonsense.stderr, "tickwire: --tls-cert and --tls-key cannot be used: No certificates found");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
