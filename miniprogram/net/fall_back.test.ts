import { assertEquals } from "@std/assert";
import { handshakeStatus } from "./fall_back";

Deno.test("a platform's words tell by which status a handshake was answered", () => {
  const words: [string, string][] = [
    ["No connection to ws://h/ws: Error during WebSocket handshake: Unexpected response code: 426.", "426"],
    ["No connection to ws://h/ws: Unexpected response code: 200.", "200"],
    ["No connection to ws://h/ws: NetworkError: failed to connect to WebSocket: Invalid status code: 400.", "400"],
    ["No connection to ws://h/ws: Unexpected response code: 503.", "503"],
    ["No connection to ws://h/ws: Unexpected response code: 429.", "429"],
    ["No connection to ws://10.0.0.200:8426/ws: connection refused.", ""],
    ["The server at ws://h:426/ws did not answer within 8000 ms.", ""],
    ["", ""],
  ];
  for (const [text, expected] of words) assertEquals(handshakeStatus(text), expected, text);
});
