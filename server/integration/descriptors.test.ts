import { assertEquals } from "@std/assert";
import { PatientClients } from "../../tools/testing/patient_clients.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";

const OPEN_FILES_MAX = 100;

Deno.test({
  name: "handshakes that are never finished may take every file descriptor: they are cut, and the clients come back",
  ignore: Deno.build.os === "windows",
}, async () => {
  await using server = await ServerProcess.start(["--speed", "10"], { openFilesMax: OPEN_FILES_MAX });
  using clients = await PatientClients.join(server.port, 4, ["600519.SH"]);
  const half = new TextEncoder().encode("GET /ws HTTP/1.1\r\nHost: localhost\r\nX-");
  const hostile: Deno.Conn[] = [];
  try {
    for (let i = 0; i < OPEN_FILES_MAX; i++) {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port: server.port }).catch(() => undefined);
      if (!connection) break;
      hostile.push(connection);
      await connection.write(half).catch(() => {});
    }
    await server.logged(/Overload: no further connection can be accepted/);
    await server.logged(/Listening again/);
    await clients.untilAllHavePrices();
    assertEquals(server.log.match(/Overload/g)?.length, 1);
  } finally {
    for (const connection of hostile) connection.close();
  }
});
