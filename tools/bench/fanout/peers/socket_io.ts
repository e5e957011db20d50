/** Socket.IO over WebSocket alone, with a room for each symbol, as its guide has it. */
import process from "node:process";
import { createServer, nodePackage } from "./node_package.ts";
import { makePeer } from "./peer.ts";

interface Client {
  on(event: "subscribe", listener: (symbols: string[]) => void): void;
  join(rooms: string[]): void;
}
interface Server {
  on(event: "connection", listener: (client: Client) => void): void;
  to(room: string): { emit(event: string, data: unknown): void };
}
const { Server } = nodePackage<{
  Server: new (
    server: ReturnType<typeof createServer>,
    options: { transports: string[]; serveClient: boolean },
  ) => Server;
}>("socket.io");

const peer = makePeer(process.argv.slice(2));
const server = createServer();
const io = new Server(server, { transports: ["websocket"], serveClient: false });
io.on("connection", (client) => client.on("subscribe", (symbols) => client.join(symbols)));
server.listen({ host: "127.0.0.1", port: 0, backlog: 4096 }, () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  peer.start(address.port, (tick) => io.to(tick.symbol).emit("tick", tick));
});
