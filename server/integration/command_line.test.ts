import { assertEquals, assertStringIncludes } from "@std/assert";
import { runServer, ServerProcess } from "../../tools/testing/server_process.ts";

Deno.test("--help prints the options to standard output and ends with 0", async () => {
  const { code, stdout, stderr } = await runServer(["--help"]);
  assertEquals([code, stderr], [0, ""]);
  assertStringIncludes(stdout, "--silent-timeout-ms");
  assertStringIncludes(stdout, "TICKWIRE_PORT");
});

Deno.test("every fault of the flags and variables is told, and the server ends with 2", async () => {
  const { code, stdout, stderr } = await runServer(["--prot", "1", "--port", "http", "--tls-cert", "a.pem"], {
    env: { TICKWIRE_SPEED: "fast" },
  });
  const lines = stderr.trimEnd().split("\n");
  assertEquals([code, stdout, lines.length], [2, "", 4], stderr);
  for (const line of lines) assertStringIncludes(line, "tickwire: ");
  assertStringIncludes(stderr, '--port (TICKWIRE_PORT) is "http": it must be a whole number from 0 to 65535.');
  assertStringIncludes(stderr, "--prot");
  assertStringIncludes(stderr, "TICKWIRE_SPEED");
});

Deno.test("a port that is taken is told in words, and the server ends with 1", async () => {
  await using first = await ServerProcess.start();
  const { code, stderr } = await runServer(["--host", "127.0.0.1", "--port", String(first.port)]);
  assertEquals([code, stderr.trimEnd()], [
    1,
    `tickwire: Cannot listen on 127.0.0.1:${first.port}: the port is taken; stop the other program or choose --port.`,
  ]);
});

Deno.test("a host that this machine does not have, or may not use, is told in words", async () => {
  const { code, stderr } = await runServer(["--host", "192.0.2.1", "--port", "0"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "tickwire: Cannot listen on 192.0.2.1:0");
  assertStringIncludes(stderr, "`deno task start` may listen on");
});

Deno.test("the banner goes to standard output, the log to standard error, as JSON where asked for", async () => {
  await using server = await ServerProcess.start(["--log-format", "json", "--log-level", "debug"]);
  const answer = await fetch(`http://127.0.0.1:${server.port}/ws`);
  await answer.body?.cancel();
  await server.logged(/Refused a handshake/);
  const [line = ""] = server.log.split("\n");
  const { level, message } = JSON.parse(line);
  assertEquals(String(level).toLowerCase(), "debug");
  assertStringIncludes(String(message), "upgrade_required");
});
