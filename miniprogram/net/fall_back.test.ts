import { assertEquals } from "@std/assert";
import { isStripped } from "./fall_back";

Deno.test("a platform's words tell a handshake that was answered like an ordinary request", () => {
  const words: [string, boolean][] = [
    ["No connection to ws://h/ws: Error during WebSocket handshake: Unexpected response code: 426.", true],
    ["No connection to ws://h/ws: Unexpected response code: 200.", true],
    ["No connection to ws://h/ws: NetworkError: failed to connect to WebSocket: Invalid status code: 400.", true],
    ["No connection to ws://h/ws: Unexpected response code: 503.", false],
    ["No connection to ws://h/ws: Unexpected response code: 429.", false],
    ["No connection to ws://10.0.0.200:8426/ws: connection refused.", false],
    ["The server at ws://h:426/ws did not answer within 8000 ms.", false],
    ["", false],
  ];
  for (const [text, expected] of words) assertEquals(isStripped(text), expected, text);
});
