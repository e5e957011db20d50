/** WebSocket-Node (npm websocket): every tick as JSON, encoded once, sent to each client that wants it. */
import process from "node:process";
import { createServer, nodePackage } from "./node_package.ts";
import { makePeer, Subscribers } from "./peer.ts";

interface Client {
  on(event: "message", listener: (message: { utf8Data: string }) => void): void;
  on(event: "close", listener: () => void): void;
  sendUTF(text: string): void;
}
interface Server {
  on(event: "connect", listener: (client: Client) => void): void;
}
type Options = { httpServer: ReturnType<typeof createServer>; autoAcceptConnections: boolean };
const { server: WebSocketServer } = nodePackage<{ server: new (options: Options) => Server }>("websocket");

const peer = makePeer(process.argv.slice(2));
const subscribers = new Subscribers<Client>(peer.symbols);
const httpServer = createServer();
const server = new WebSocketServer({ httpServer, autoAcceptConnections: true });
server.on("connect", (client) => {
  client.on("message", ({ utf8Data }) => subscribers.subscribe(client, utf8Data));
  client.on("close", () => subscribers.remove(client));
});
httpServer.listen({ host: "127.0.0.1", port: 0, backlog: 4096 }, () => {
  const address = httpServer.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  peer.start(address.port, (tick) => {
    const text = JSON.stringify(tick);
    for (const client of subscribers.of(tick.symbol)) client.sendUTF(text);
  });
});
