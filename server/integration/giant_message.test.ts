import { assert, assertEquals } from "@std/assert";
import { PatientClients } from "../../tools/testing/patient_clients.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";
import { loadListing } from "../exchange/listing/load_listing.ts";

const SYMBOLS = loadListing().stocks.slice(0, 20).map(({ symbol }) => symbol);
const ATTACKER = new URL("../../tools/testing/giant_message.ts", import.meta.url).pathname;

interface Giant {
  readonly mib: number;
  readonly kind: "text" | "binary";
  /** What is sent between two pauses of 10 ms. */
  readonly mibPerPause: number;
}

/** Sends one message in fragments. @returns How many MiB of it went out before the line ended. */
async function sendGiant(port: number, { mib, kind, mibPerPause }: Giant): Promise<number> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--config", "tools/deno.json", "--no-check", "--allow-net=127.0.0.1", ATTACKER],
      ...[String(port), String(mib), kind, String(mibPerPause)],
    ],
    cwd: new URL("../..", import.meta.url),
  }).output();
  return Number(new TextDecoder().decode(stdout));
}

Deno.test("a message of 1 GB is cut off, and everybody else is back by themselves, at the same process", async () => {
  await using server = await ServerProcess.start(["--speed", "10", "--memory-mib-max", "512"]);
  using clients = await PatientClients.join(server.port, 8, SYMBOLS);
  const { epoch } = await server.health();
  const sentMib = await sendGiant(server.port, { mib: 1_024, kind: "binary", mibPerPause: 4 });
  assert(sentMib > 100 && sentMib < 1_024, `${sentMib} MiB went out`);
  await server.logged(/more than the 512 of --memory-mib-max/);
  await server.logged(/Listening again/);
  await clients.untilAllHavePrices();
  assertEquals((await server.health()).epoch, epoch);
  assertEquals(server.log.match(/Overload/g)?.length, 1);
});

Deno.test("a text that is longer than any string may be costs its sender the line, and nobody else anything", async () => {
  await using server = await ServerProcess.start([
    ...["--speed", "10", "--memory-mib-max", "8192", "--silent-timeout-ms", "8000"],
  ]);
  using clients = await PatientClients.join(server.port, 2, SYMBOLS);
  const { epoch } = await server.health();
  assertEquals(await sendGiant(server.port, { mib: 520, kind: "text", mibPerPause: 1_000 }), 520);
  await server.logged(/A text message of 512 MiB or more was dropped/);
  await clients.untilAllHavePrices();
  const { connections, epoch: epochAfter } = await server.health();
  assertEquals([connections, epochAfter], [2, epoch]);
});

Deno.test("where cutting all connections does not help, the server ends with 75, for its supervisor", async () => {
  // It needs more than that for itself.
  await using server = await ServerProcess.start(["--memory-mib-max", "64"]);
  const { code, stderr } = await server.finished;
  assertEquals(code, 75);
  assert(stderr.includes("so that its supervisor starts it again"), stderr);
});
