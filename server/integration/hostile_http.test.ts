import { assert, assertEquals } from "@std/assert";
import { residentMiB } from "../../tools/bench/process_cpu.ts";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { exchange, inTime } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";

const HOST = "Host: localhost\r\n";
const get = (target: string, headers = "") => `GET ${target} HTTP/1.1\r\n${HOST}${headers}\r\n`;
const poll = (body: string) => `POST /poll HTTP/1.1\r\n${HOST}Content-Length: ${body.length}\r\n\r\n${body}`;
const post = (headers: string, body: string) => `POST /healthz HTTP/1.1\r\n${HOST}${headers}\r\n${body}`;

/**
 * Requests of which two readers could think differently where they end, or that are far too large, and the status of their
 * answer. After a 400 the connection is closed, so that nothing of the rest is read as a request of its own.
 */
const CASES: [string, string, number][] = [
  [
    "a length and chunks",
    post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", `0\r\n\r\n${get("/healthz")}`),
    400,
  ],
  ["two lengths", post("Content-Length: 6\r\nContent-Length: 5\r\n", "abcdef"), 400],
  ["a list of lengths", post("Content-Length: 6, 5\r\n", "abcdef"), 400],
  ["a length with a sign", post("Content-Length: +6\r\n", "abcdef"), 400],
  ["a length beyond 64 bits", post("Content-Length: 99999999999999999999\r\n", "abcdef"), 400],
  ["an unknown coding", post("Transfer-Encoding: xchunked\r\n", "abcdef"), 400],
  ["chunks in chunks", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 400],
  ["a folded header", get("/healthz", "A: b\r\n c\r\n"), 400],
  ["a space before the colon", get("/healthz", "A : b\r\n"), 400],
  ["a lone CR in a header", get("/healthz", "A: b\rC: d\r\n"), 400],
  ["a NUL in a header", get("/healthz", "A: b\0c\r\n"), 400],
  ["two hosts", get("/healthz", "Host: evil.example\r\n"), 400],
  ["a handshake with a body", get("/ws", "Upgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 5\r\n"), 400],
  ["a thousand headers", get("/healthz", "A: b\r\n".repeat(1_000)), 400],
  ["HTTP/0.9", "GET /\r\n\r\n", 400],
  ["HTTP/3 in words", `GET / HTTP/3.0\r\n${HOST}\r\n`, 400],
  ["a target of 2 MB", get(`/${"x".repeat(2_000_000)}`), 400],
  ["a query of 200 KB", get(`/api/v1/search?q=${"x".repeat(200_000)}`), 400],
  ["five thousand parameters", get(`/api/v1/search?${"q=a&".repeat(5_000)}`), 400],
  ["a parameter of 30 KB", get(`/api/v1/search?q=${"%e8%8c%85".repeat(3_333)}`), 400],
  ["TRACE", `TRACE / HTTP/1.1\r\n${HOST}\r\n`, 405],
  ["CONNECT", `CONNECT evil.example:443 HTTP/1.1\r\n${HOST}\r\n`, 405],
  ["a way out of the folder", get("/../../etc/passwd"), 404],
  ["a body of 1 GB announced", post("Content-Length: 1073741824\r\n", "abc"), 405],
  ["a poll of 17 KiB", poll("x".repeat(17 * 1024)), 413],
  ["a poll that is no JSON", poll("{"), 400],
  ["a poll without anything", poll(""), 400],
];

/** Sends `chunk` again and again, `count` times, and nothing reads the answers; ends when the server takes no more. */
async function pour(port: number, head: string, chunk: Uint8Array, count: number): Promise<Deno.Conn> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const write = async () => {
    await connection.write(new TextEncoder().encode(head));
    for (let i = 0; i < count; i++) {
      for (let sent = 0; sent < chunk.length;) sent += await connection.write(chunk.subarray(sent));
    }
  };
  await inTime(write(), "a server that reads on", 1_500).catch(() => {});
  return connection;
}

Deno.test("requests that are odd, ambiguous or huge get their answer, and a client beside them is served", async (t) => {
  await using server = await ServerProcess.start();
  using witness = await LiveClient.join(server.port);
  // It takes 5 s, so it begins first and ends last.
  const neverComes = exchange(server.port, `POST /poll HTTP/1.1\r\n${HOST}Content-Length: 100\r\n\r\n{`);
  for (const [what, text, status] of CASES) {
    await t.step(`${what}: ${status}`, async () => {
      assertEquals((await exchange(server.port, text)).status, status);
      witness.say({ type: "ping", timeMs: 1 });
      await witness.next("pong");
    });
  }
  await t.step("a thousand requests in one go get a thousand answers", async () => {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
    connection.write(new TextEncoder().encode(get("/nothing").repeat(999) + get("/nothing", "Connection: close\r\n")));
    const text = await inTime(new Response(connection.readable).text(), "a thousand answers");
    assertEquals(text.match(/HTTP\/1.1 404 /g)?.length, 1_000);
  });
  await t.step("two hundred polls at once: 429 for some of them", async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => exchange(server.port, poll("{"))));
    assertEquals(new Set(answers.map(({ status }) => status)), new Set([400, 429]));
  });
  await t.step("a poll whose body never comes: 408 after 5 s, and the line ends", async () => {
    assertEquals((await neverComes).status, 408);
  });
  await t.step("nothing of it was a fault of the server", () => assertEquals(server.log, ""));
});

Deno.test({
  name: "bodies that nobody wants, and answers that nobody reads, do not fill the memory",
  // Memory of another process is read from /proc.
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using server = await ServerProcess.start();
  using witness = await LiveClient.join(server.port);
  const before = await residentMiB(server.pid);
  const mib = new Uint8Array(1_048_576);
  const chunk = new TextEncoder().encode(`100000\r\n${"x".repeat(1_048_576)}\r\n`);
  const requests = new TextEncoder().encode(get("/api/v1/rankings?by=turnover&limit=100").repeat(1_000));
  const poured = await Promise.all([
    pour(server.port, post("Content-Length: 1073741824\r\n", ""), mib, 200),
    pour(server.port, post("Transfer-Encoding: chunked\r\n", ""), chunk, 200),
    pour(server.port, "", requests, 100),
  ]);
  witness.say({ type: "ping", timeMs: 1 });
  await witness.next("pong");
  const grown = await residentMiB(server.pid) - before;
  assert(grown < 150, `${grown} MiB more after 500 MiB were poured in`);
  for (const connection of poured) connection.close();
});
