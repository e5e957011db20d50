import { assertEquals } from "@std/assert";
import { httpBase } from "./http_base";

Deno.test("the HTTP API is beside the socket, under the same scheme, port and path", () => {
  const bases = {
    "ws://127.0.0.1:8000/ws": "http://127.0.0.1:8000",
    "wss://quotes.example.com/ws": "https://quotes.example.com",
    "wss://example.com/quotes/ws": "https://example.com/quotes",
    "ws://[::1]:8000/ws?room=1/2": "http://[::1]:8000",
    "ws://192.168.1.20:8000": "http://192.168.1.20:8000",
  };
  for (const [socket, base] of Object.entries(bases)) assertEquals(httpBase(socket), base);
});
