import { assert, assertEquals } from "@std/assert";
import { encode, SUBPROTOCOL_JSON } from "../../shared/mod.ts";
import { MOUTAI, quote, resumed, snapshot, welcome } from "../testing/server_messages.ts";

/** A server with one quote. */
function serve() {
  return Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol: SUBPROTOCOL_JSON });
    socket.onmessage = ({ data }) => {
      const { type, resume } = JSON.parse(data);
      if (type !== "hello") return;
      const answers = [welcome(), resumed(resume.id, { snapshot: [MOUTAI] }), snapshot(1, quote(MOUTAI, 4))];
      answers.forEach((answer) => socket.send(encode(answer)));
    };
    return response;
  });
}

function watch(...args: string[]): Deno.ChildProcess {
  const main = new URL("main.ts", import.meta.url).pathname;
  const config = new URL("../deno.json", import.meta.url).pathname;
  const command = ["run", "--config", config, "--no-prompt", "--allow-net=127.0.0.1", "--allow-env=NO_COLOR", main];
  return new Deno.Command(Deno.execPath(), { args: [...command, ...args], stdout: "piped", stderr: "piped" }).spawn();
}

/** Reads until `text` has come. */
async function readUntil(stream: ReadableStream<Uint8Array>, text: string): Promise<string> {
  let read = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    read += chunk;
    if (read.includes(text)) break;
  }
  return read;
}

Deno.test("an interrupt ends it cleanly, with code 0 and without a trace", async () => {
  if (Deno.build.os === "windows") return;
  const server = serve();
  const process = watch("600519", "--english", "--server", `ws://127.0.0.1:${server.addr.port}`);
  const stderr = new Response(process.stderr).text();
  const line = await readUntil(process.stdout, "\n");
  assert(line.includes("600519.SH\tName\t10.04"), line);
  process.kill("SIGINT");
  const { code, signal } = await process.status;
  assertEquals([code, signal], [0, null]);
  assertEquals((await stderr).trimEnd().split("\n").at(-1)?.split(" ")[0], "live");
  await server.shutdown();
});

Deno.test("wrong arguments end with code 2 and a word for each of them", async () => {
  const { code, stdout, stderr } = await watch("moutai", "--for", "soon").output();
  assertEquals([code, stdout.length], [2, 0]);
  assertEquals(new TextDecoder().decode(stderr).trimEnd().split("\n").length, 3);
});

Deno.test("help is an answer, not an error", async () => {
  const { code, stdout, stderr } = await watch("--help").output();
  assertEquals([code, stderr.length], [0, 0]);
  assert(new TextDecoder().decode(stdout).includes("Usage: deno task watch"));
});
