/** Bare Deno.upgradeWebSocket: every tick as JSON, encoded once, sent to each client that wants it. */
import { makePeer, Subscribers } from "./peer.ts";

const peer = makePeer(Deno.args);
const subscribers = new Subscribers<WebSocket>(peer.symbols);
const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.onmessage = ({ data }) => subscribers.subscribe(socket, data);
  socket.onclose = () => subscribers.remove(socket);
  socket.onerror = (event) => event.preventDefault();
  return response;
});
peer.start(server.addr.port, (tick) => {
  const text = JSON.stringify(tick);
  for (const socket of subscribers.of(tick.symbol)) {
    if (socket.readyState === WebSocket.OPEN) socket.send(text);
  }
});
