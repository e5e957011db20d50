/** npm ws: every tick as JSON, encoded once, sent to each client that wants it. */
import process from "node:process";
import { nodePackage } from "./node_package.ts";
import { makePeer, Subscribers } from "./peer.ts";

interface Client {
  on(event: "message", listener: (data: { toString(): string }) => void): void;
  on(event: "close" | "error", listener: () => void): void;
  send(text: string): void;
}
interface Server {
  on(event: "connection", listener: (client: Client) => void): void;
  on(event: "listening", listener: () => void): void;
  address(): { readonly port: number };
}
const { WebSocketServer } = nodePackage<{
  WebSocketServer: new (options: { host: string; port: number; backlog: number }) => Server;
}>("ws");

const peer = makePeer(process.argv.slice(2));
const subscribers = new Subscribers<Client>(peer.symbols);
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, backlog: 4096 });
server.on("connection", (client) => {
  client.on("message", (data) => subscribers.subscribe(client, data.toString()));
  client.on("close", () => subscribers.remove(client));
  client.on("error", () => subscribers.remove(client));
});
server.on("listening", () => {
  peer.start(server.address().port, (tick) => {
    const text = JSON.stringify(tick);
    for (const client of subscribers.of(tick.symbol)) client.send(text);
  });
});
