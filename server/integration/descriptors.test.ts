import { assert, assertEquals } from "@std/assert";
import { PatientClients } from "../../tools/testing/patient_clients.ts";
import { handshakeText } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";

const OPEN_FILES_MAX = 100;
/** Limits of this kind are set by a shell. */
const ignore = Deno.build.os === "windows";
const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test({
  name: "handshakes that are never finished may take every file descriptor: they are cut, and the clients come back",
  ignore,
}, async () => {
  await using server = await ServerProcess.start(["--speed", "10"], { openFilesMax: OPEN_FILES_MAX });
  using clients = await PatientClients.join(server.port, 4, ["600519.SH"]);
  const hostile: Deno.Conn[] = [];
  try {
    for (let i = 0; i < OPEN_FILES_MAX; i++) {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port: server.port }).catch(() => undefined);
      if (!connection) break;
      hostile.push(connection);
      await connection.write(bytes("GET /ws HTTP/1.1\r\nHost: localhost\r\nX-")).catch(() => {});
    }
    await server.logged(/Overload: no further connection can be accepted/);
    await server.logged(/Listening again/);
    await clients.untilAllHavePrices();
    assertEquals(server.log.match(/Overload/g)?.length, 1);
  } finally {
    for (const connection of hostile) connection.close();
  }
});

Deno.test({
  name: "handshakes that are reset cost Deno a descriptor each: once the last is gone the server ends with 75",
  ignore,
}, async () => {
  const flags = ["--connections-per-address-max", "1000"];
  await using server = await ServerProcess.start(flags, { openFilesMax: OPEN_FILES_MAX });
  let ended = false;
  server.finished.then(() => ended = true);
  while (!ended) {
    try {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
      await connection.write(bytes("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      // A connection that is closed with an answer still unread is reset instead of ended.
      await new Promise((resolve) => setTimeout(resolve, 5));
      await connection.write(bytes(handshakeText()));
      connection.close();
    } catch {
      // Nothing can be accepted just now, or ever again.
    }
  }
  const { code, stderr } = await server.finished;
  assertEquals(code, 75);
  assert(stderr.includes("so that its supervisor starts it again"), stderr);
});
