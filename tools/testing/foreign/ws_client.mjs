// A client of the npm package ws, run by Node: it shares no code with Tickwire. Usage: ws_client.mjs <url> <alive|mute> <ms>
// "alive" answers pings and leaves after <ms>, once it has seen enough; "mute" says hello and nothing more. Prints one line
// of JSON at its end.
import { WebSocket } from "ws";

const ENOUGH = { update: 5, candles: 2, ping: 2 };

const [url, manner, spanMs] = process.argv.slice(2);
const socket = new WebSocket(url, ["tickwire.v2.json", "tickwire.v1.json"]);
const enoughAtMs = performance.now() + Number(spanMs);
const report = { protocol: "", counts: {}, lastPrices: {}, code: 0, reason: "" };

socket.on("open", () => {
  report.protocol = socket.protocol;
  socket.send(JSON.stringify({ type: "hello", client: "ws" }));
  if (manner === "mute") return;
  const subscribe = { type: "subscribe", id: 1, symbols: ["600519.SH", "000001.SZ"], channels: ["quote", "candle"] };
  socket.send(JSON.stringify(subscribe));
});

socket.on("message", (data) => {
  const message = JSON.parse(data.toString());
  report.counts[message.type] = (report.counts[message.type] ?? 0) + 1;
  for (const { symbol, lastPrice } of message.quotes ?? []) {
    if (lastPrice !== undefined) report.lastPrices[symbol] = lastPrice;
  }
  if (message.type === "ping" && manner !== "mute") {
    socket.send(JSON.stringify({ type: "pong", pingTimeMs: message.timeMs }));
  }
  const hasEnough = Object.entries(ENOUGH).every(([kind, count]) => (report.counts[kind] ?? 0) >= count);
  if (manner === "alive" && hasEnough && performance.now() >= enoughAtMs) socket.close(1000, "seen enough");
});

socket.on("close", (code, reason) => {
  console.log(JSON.stringify({ ...report, code, reason: reason.toString() }));
});
