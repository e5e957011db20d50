import { assertEquals } from "@std/assert";
import { type AddressFault, checkServerAddress, DEFAULT_SERVER_ADDRESS, serverFromQuery } from "./server_address";

Deno.test("good addresses are accepted and completed", () => {
  const table: [string, string][] = [
    ["ws://127.0.0.1:8000/ws", "ws://127.0.0.1:8000/ws"],
    ["  ws://192.168.1.20:8000/ws \n", "ws://192.168.1.20:8000/ws"],
    ["ws://192.168.1.20:8000", "ws://192.168.1.20:8000/ws"],
    ["ws://192.168.1.20:8000/", "ws://192.168.1.20:8000/ws"],
    ["WSS://quotes.example.com", "wss://quotes.example.com/ws"],
    ["wss://quotes.example.com/v1/stream?key=a", "wss://quotes.example.com/v1/stream?key=a"],
    ["wss://quotes.example.com?key=a", "wss://quotes.example.com/ws?key=a"],
    ["ws://[::1]:8000/ws", "ws://[::1]:8000/ws"],
    ["ws://行情.example/ws", "ws://行情.example/ws"],
    [DEFAULT_SERVER_ADDRESS, DEFAULT_SERVER_ADDRESS],
  ];
  for (const [input, url] of table) assertEquals(checkServerAddress(input), { ok: true, url }, input);
});

Deno.test("each bad address is told what is wrong with it", () => {
  const table: [string, AddressFault][] = [
    ["", "empty"],
    ["   ", "empty"],
    ["127.0.0.1:8000/ws", "scheme"],
    ["http://127.0.0.1:8000/ws", "scheme"],
    ["ws:/127.0.0.1", "scheme"],
    ["ws://127.0.0.1:8000/a b", "space"],
    ["ws://", "host"],
    ["ws://:8000/ws", "host"],
    ["ws:///ws", "host"],
    ["ws://user@host/ws", "host"],
    ["ws://[::1/ws", "host"],
    ["ws://[::1]8000/ws", "host"],
    ["ws://::1/ws", "host"],
    ["ws://host:/ws", "port"],
    ["ws://host:0/ws", "port"],
    ["ws://host:65536/ws", "port"],
    ["ws://host:abc/ws", "port"],
    ["ws://host/ws#top", "fragment"],
    [`ws://${"a".repeat(300)}`, "tooLong"],
  ];
  for (const [input, fault] of table) assertEquals(checkServerAddress(input), { ok: false, fault }, input);
});

Deno.test("a launch query gives its server, encoded or not, and nothing when it is not an address", () => {
  assertEquals(serverFromQuery({ server: "ws%3A%2F%2F10.0.0.2%3A8000%2Fws" }), "ws://10.0.0.2:8000/ws");
  assertEquals(serverFromQuery({ server: "ws://10.0.0.2:8000/ws" }), "ws://10.0.0.2:8000/ws");
  assertEquals(serverFromQuery({ server: "%" }), undefined);
  assertEquals(serverFromQuery({ server: "javascript:alert(1)" }), undefined);
  assertEquals(serverFromQuery({ server: 8000 }), undefined);
  assertEquals(serverFromQuery({}), undefined);
});
